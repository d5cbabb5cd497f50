import { createContext } from "preact";
import type { Span } from "../address/period.ts";
import { formatDay } from "../i18n/format.ts";

/** What all figures of a view are about. A saved picture says it, for it leaves the page that does. */
export type FigureContext = { survey: string; days: Pick<Span, "from" | "to">; where?: string };

export const figureContext = createContext<FigureContext | null>(null);

/** The survey, the days and whose answers, each a line. */
export function linesOf({ survey, days, where }: FigureContext): string[] {
  return [survey, `${formatDay(days.from, "long")} – ${formatDay(days.to, "long")}`, ...(where ? [where] : [])];
}
