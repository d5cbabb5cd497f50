/** A face whose mouth bends from a frown at 1 to a smile at 5. */
import { h } from "preact";

export const Face = ({ score }: { score: number }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9.5" />
    <path d={`M8.5 9.5v.5M15.5 9.5v.5M8 ${17.5 - score / 2}q4 ${(score - 3) * 2.2} 8 0`} />
  </svg>
);
