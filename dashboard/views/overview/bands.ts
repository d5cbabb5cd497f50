/** The bands of a question as the overview shows them: with their names, their shares and the tone they are drawn in. */
import type { ScoreName, ShareOf } from "../../../shared/questions.ts";
import { scoredQuestions } from "../../../shared/questions.ts";
import type { AnyScoreMetrics, Share } from "../../../shared/score.ts";
import { t } from "../../i18n/translate.ts";
import type { Tone } from "../../ui/score-tone.ts";
import { toneOfScore } from "../../ui/score-tone.ts";

export type BandShare = Share & { name: string; tone: Tone };

/** From the highest scores to the lowest. */
export function bandShares(question: ScoreName, figures: AnyScoreMetrics): BandShare[] {
  const shares: Partial<Record<ShareOf<ScoreName>, Share>> = figures;
  return scoredQuestions[question].bands.flatMap(({ share, scores: [lowest] }) => {
    const found = shares[share];
    return found ? [{ ...found, name: t(share), tone: toneOfScore(question, lowest) }] : [];
  });
}

/**
 * The decimals with which the shares are shown: none where the whole numbers add up to 100 and tell the score that stands
 * beside them (the share of the good band, or that less the share of the bad one), else one. No share is bent to fit.
 */
export function shareDecimals(shares: readonly BandShare[], score: number): 0 | 1 {
  const of = (tone: Tone) => shares.find((each) => each.tone === tone)?.percent ?? 0;
  const isWhole = shares.reduce((sum, { percent }) => sum + percent, 0) === 100;
  return isWhole && (of("high") - of("low") === score || of("high") === score) ? 0 : 1;
}
