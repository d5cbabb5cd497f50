/** What each artefact has to say: cut from the languages' files by scripts/build.ts. */
declare module "#texts/*" {
  export const texts: import("../shared/strings/keys.ts").BuiltInTexts & import("./strings/keys.ts").WidgetTexts;
}
