declare module "*.css?inline" {
  const css: string;
  // biome-ignore lint/style/noDefaultExport: Vite hands out a style sheet's text as the default export
  export default css;
}
