import type { ScoreName } from "../../../shared/questions.ts";
import type { Metrics, MetricsPoint } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { fileName } from "../../files/file-name.ts";
import { saveFile } from "../../files/save-file.ts";
import type { Table } from "../../files/write-csv.ts";
import { writeCsv } from "../../files/write-csv.ts";
import { scoreName } from "../../i18n/score-names.ts";
import { separatorHere } from "../../i18n/separator.ts";
import { t } from "../../i18n/translate.ts";
import { askedScores } from "./chosen-score.ts";
import { inUnit, scoreHeadings } from "./score-unit.ts";

/** Saves every score on the screen as one CSV: a row for the whole time, then a row for each of its parts. */
export function SaveFigures({ survey, metrics }: { survey: Survey; metrics: Metrics }) {
  const name = fileName(survey.name, metrics.from, metrics.to);
  const save = () => saveFile(`${name}.csv`, "text/csv", writeCsv(tableOf(survey, metrics), separatorHere()));
  return (
    <button type="button" onClick={save}>
      {t("save_figures")}
    </button>
  );
}

function tableOf(survey: Survey, metrics: Metrics): Table {
  const names = askedScores(survey);
  const { from, to, series } = metrics;
  const cells = (of: Pick<MetricsPoint, ScoreName>) =>
    names.flatMap((name) => {
      const { exact = null, interval = null, responses = 0 } = of[name] ?? {};
      return [exact, interval?.low ?? null, interval?.high ?? null, responses];
    });
  return {
    columns: [
      t("from"),
      t("to"),
      ...names.flatMap((name) => [
        ...scoreHeadings(name).map((each, index) => (index === 0 ? each : `${scoreName(name)}: ${each}`)),
        inUnit(scoreName(name), t("answers")),
      ]),
    ],
    rows: [[from, to, ...cells(metrics)], ...(series ?? []).map((point) => [point.start, point.end, ...cells(point)])],
  };
}
