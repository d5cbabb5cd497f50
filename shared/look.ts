/** How a survey looks in the widget, on linked pages, in mails and in previews. */

/** A brand of at most so many characters stays on one line. A longer one has to break to fit a card of 320 px. */
export const UNBROKEN_BRAND_CHARACTERS = 20;

/** The colours of each scheme; an owner may set another accent. The widget's style sheet has the same colours. */
export const palette = {
  light: {
    accent: "#3450c4",
    onAccent: "#fff",
    background: "#fff",
    text: "#1b1f27",
    muted: "#5a6372",
    cell: "#f1f3f7",
    line: "#dfe3ea",
    /** The colour around the card on a linked page. */
    page: "#f6f7fa",
  },
  dark: {
    accent: "#a9bcff",
    onAccent: "#10131a",
    background: "#1b1e25",
    text: "#f2f4f8",
    muted: "#aab2c0",
    cell: "#2a2f39",
    line: "#3a404d",
    page: "#111318",
  },
} as const;

/** The border of controls. Its contrast is at least 3:1 on the backgrounds of both schemes. */
export const CONTROL_BORDER = "#868e9c";

/** Whether black text is easier to read than white on the colour `#rrggbb`, by its brightness in YIQ. */
export function isLight(colour: string): boolean {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return (rgb >> 16) * 299 + ((rgb >> 8) & 255) * 587 + (rgb & 255) * 114 > 145e3;
}

/** SVG paths in a box of 24 by 24. */
export const glyphs = { star: "M12 3l2.8 5.7 6.2.9-4.5 4.4 1.1 6.2-5.6-2.9-5.6 2.9 1.1-6.2L3 9.6l6.2-.9z" } as const;

/**
 * The SVG path of a face's eyes and mouth in a box of 24 by 24, from a frown at 1 to a smile at 5. Its circle has the radius
 * 9.5.
 */
export function facePath(score: number): string {
  return `M8.5 9.5v.5M15.5 9.5v.5M8 ${17.5 - score / 2}q4 ${(score - 3) * 2.2} 8 0`;
}
