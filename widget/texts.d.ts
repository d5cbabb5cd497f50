/** What is said up to the first tap, and what after it: cut from the languages' files by scripts/build.ts. */
declare module "#texts/*" {
  export const texts: import("../shared/strings/keys.ts").BuiltInTexts & import("./strings/keys.ts").WidgetTexts;
}
