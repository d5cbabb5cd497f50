/** Stars and faces: drawn in the page, for a data: image would need the page's CSP. */
import { h } from "preact";

const Star = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M12 3l2.8 5.7 6.2.9-4.5 4.4 1.1 6.2-5.6-2.9-5.6 2.9 1.1-6.2L3 9.6l6.2-.9z" />
  </svg>
);

/** The mouth bends from a frown at 1 to a smile at 5. */
const Face = ({ score }: { score: number }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9.5" />
    <path d={`M8.5 9.5v.5M15.5 9.5v.5M8 ${17.5 - score / 2}q4 ${(score - 3) * 2.2} 8 0`} />
  </svg>
);

export const glyphs = {
  stars: () => <Star />,
  faces: (score: number) => <Face score={score} />,
};
