const segmenter = /* @__PURE__ */ new Intl.Segmenter();

/** `text`, cut with an ellipsis to `most` characters as a reader counts them: a flag or a letter with its accents is one. */
export function shortLabel(text: string, most: number): string {
  // A text is never shorter in UTF-16 units than in characters.
  if (text.length <= most) return text;
  const characters = [...segmenter.segment(text)];
  if (characters.length <= most) return text;
  const kept = characters.slice(0, most - 1).map(({ segment }) => segment);
  return `${kept.join("")}…`;
}
