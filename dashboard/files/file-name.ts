/** Long enough for a survey, a chart and two days; every file system takes it. */
const MOST_CHARACTERS = 100;

/** A file's name made of `parts`, without its ending: letters and figures in any script, with single hyphens between them. */
export function fileName(...parts: string[]): string {
  const words =
    parts
      .join(" ")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...words.join("-")].slice(0, MOST_CHARACTERS).join("").replace(/-$/, "");
}
