/** The trigger that counts, for each day, how many of its unhappy people were answered and within how many hours. */
import { answerCounters, answerHours } from "../shared/cases.ts";
import type { Questions } from "./unhappy.ts";
import { isUnhappy } from "./unhappy.ts";
import { wrapped } from "./wrapped.ts";

type Row = "NEW" | "OLD";

/** When the team answered the person of the row, in ms; NULL where it did not. */
function answeredAt(row: Row): string {
  const each = `SELECT ${row}.replied_at AS at UNION ALL SELECT ${row}.resolved_at WHERE ${row}.status = 'resolved'`;
  return `(SELECT min(at) FROM (${each}))`;
}

/** What the response brings now, less what it brought. Where both are the same, no row is written. */
export function casesTrigger(questions: Questions): string {
  const columns = ["survey_id", "day", ...answerCounters];
  const counted = (row: Row, sign: 1 | -1) => `SELECT ${sign} AS sign, ${row}.created_at AS created_at,
        ${answeredAt(row)} AS answered_at
      WHERE ${row}.excluded = 0 AND (${isUnhappy(questions, row)})`;
  return `CREATE TRIGGER responses_count_cases
AFTER UPDATE OF ${Object.keys(questions).join(", ")}, excluded, status, replied_at, resolved_at ON responses
WHEN NEW.test = 0 AND coalesce(OLD.replied_at, OLD.resolved_at, NEW.replied_at, NEW.resolved_at) IS NOT NULL
BEGIN
  INSERT INTO cases_daily (
${wrapped(columns)}
  )
  SELECT
${wrapped(["NEW.survey_id", "NEW.day", ...spans().map((span) => `sum(sign * (${span}))`)])}
  FROM (
    SELECT sign, (max(0, answered_at - created_at) + 3599999) / 3600000 AS hours
    FROM (
      ${counted("OLD", -1)}
      UNION ALL ${counted("NEW", 1)}
    )
    WHERE answered_at IS NOT NULL
  )
  HAVING count(*) = 1 OR min(hours) <> max(hours)
  ON CONFLICT (survey_id, day) DO UPDATE SET
${wrapped(answerCounters.map((name) => `${name} = ${name} + excluded.${name}`))};
  INSERT INTO rollups (survey_id, segment, day, value, changes)
  SELECT NEW.survey_id, '', NEW.updated_day, '', 1
  WHERE NEW.excluded = 0 AND (${isUnhappy(questions, "NEW")})
    AND ${answeredAt("OLD")} IS NOT ${answeredAt("NEW")}
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET changes = changes + 1;
END`;
}

/** A condition on `hours`, which are rounded up, for each column. */
function spans(): string[] {
  const each = answerHours.map((hours, index) =>
    index === 0 ? `hours <= ${hours}` : `hours > ${answerHours[index - 1]} AND hours <= ${hours}`,
  );
  return [...each, `hours > ${answerHours.at(-1)}`];
}
