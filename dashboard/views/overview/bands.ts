/** The bands of a question as the overview shows them: with their names, their shares and the tone they are drawn in. */
import type { ScoreName, ShareOf } from "../../../shared/questions.ts";
import { scoredQuestions } from "../../../shared/questions.ts";
import type { CsatMetrics, NpsMetrics, Share } from "../../../shared/score.ts";
import { t } from "../../i18n/translate.ts";

type Tone = "high" | "middle" | "low";

export type BandShare = Share & { name: string; tone: Tone };

/** From the highest scores to the lowest. */
export function bandShares(question: ScoreName, figures: NpsMetrics | CsatMetrics): BandShare[] {
  const shares: Partial<Record<ShareOf<ScoreName>, Share>> = figures;
  return scoredQuestions[question].bands.flatMap(({ share, scores: [lowest] }) => {
    const found = shares[share];
    return found ? [{ ...found, name: t(share), tone: toneOfScore(question, lowest) }] : [];
  });
}

/** The first band of a question is drawn as the good one, the last as the bad one. */
export function toneOfScore(question: ScoreName, score: number): Tone {
  const { bands } = scoredQuestions[question];
  const index = bands.findIndex(({ scores: [lowest] }) => score >= lowest);
  return index === 0 ? "high" : index === bands.length - 1 ? "low" : "middle";
}
