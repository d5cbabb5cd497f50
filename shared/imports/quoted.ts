/** The beginning of a text that a stranger wrote, for a refusal. */
export function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
