/** A long import goes to the collector in parts; this is their replies as one. */
import type { ScoreName } from "../questions.ts";
import { scoreNames } from "../questions.ts";
import type { ImportReply } from "../schema/import.ts";
import { scoreMetrics } from "../score.ts";

type Figures = ImportReply["before"];

/**
 * The reply of the parts so far (null before the first one) and of the next part. The refused lines keep the numbers that they
 * have in their own part. In a dry run nothing is stored between two parts, so `after` becomes the figures before with what
 * each part would add; otherwise it is that of the last part.
 */
export function addReply(all: ImportReply | null, part: ImportReply, isDryRun: boolean): ImportReply {
  if (all === null) return part;
  return {
    lines: all.lines + part.lines,
    created: all.created + part.created,
    repeated: all.repeated + part.repeated,
    refused: [...all.refused, ...part.refused],
    refused_total: all.refused_total + part.refused_total,
    before: all.before,
    after: isDryRun ? added(all.after, part) : part.after,
  };
}

/** The figures with what the part would add to those that it found. */
function added(figures: Figures, { before, after }: ImportReply): Figures {
  const asked = scoreNames.filter((name) => after[name] !== undefined);
  return {
    responses: figures.responses + after.responses - before.responses,
    ...(Object.fromEntries(
      asked.map((name) => [name, scoreMetrics(name, distributionOf(name, figures, before, after))]),
    ) as Pick<Figures, ScoreName>),
  };
}

function distributionOf(name: ScoreName, figures: Figures, before: Figures, after: Figures): number[] {
  const count = (of: Figures, index: number) => of[name]?.distribution[index] ?? 0;
  const length = Math.max(...[figures, before, after].map((of) => of[name]?.distribution.length ?? 0));
  return Array.from({ length }, (_, index) => count(figures, index) + count(after, index) - count(before, index));
}
