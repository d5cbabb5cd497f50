import type { ScoreName } from "../../../shared/questions.ts";
import { scoresOf } from "../../../shared/questions.ts";
import type { Distribution } from "../../../shared/score.ts";
import { Columns } from "../../charts/columns.tsx";
import { scoreText } from "../../i18n/score-names.ts";
import { t } from "../../i18n/translate.ts";
import { Figure } from "../../ui/figure.tsx";
import { toneOfScore } from "../../ui/score-tone.ts";

/** How often each score of a question was given. */
export function ScoreDistribution({ question, distribution }: { question: ScoreName; distribution: Distribution }) {
  const columns = scoresOf[question].map((score, index) => ({
    label: scoreText(question, score),
    count: distribution[index] ?? 0,
    tone: toneOfScore(question, score),
  }));
  const table = () => ({
    columns: [t("score"), t("answers")],
    rows: columns.map(({ label, count }) => [label, count]),
  });
  return (
    <Figure title={t(`${question}_distribution`)} table={table}>
      <Columns columns={columns} />
    </Figure>
  );
}
