/**
 * What the database holds of the scored questions, made from the table of shared/questions.ts: a column for each question
 * in `responses`, a counter for each of its scores in `rollups`, and the triggers that keep the counters.
 */

import { casesTrigger } from "./case-schema.ts";
import type { Questions } from "./unhappy.ts";
import { isUnhappy } from "./unhappy.ts";
import { wrapped } from "./wrapped.ts";

/** The columns of a table and the text of each trigger, as a database has them. */
export type QuestionSchema = {
  columns: Record<"responses" | "rollups", readonly string[]>;
  triggers: Readonly<Record<string, string>>;
};

/** The columns and triggers that the questions need. */
export function questionSchema(questions: Questions): QuestionSchema {
  const scores = scoresOf(questions);
  return {
    columns: { responses: Object.keys(questions), rollups: [...scores.map(({ counter }) => counter), "unhappy"] },
    triggers: {
      responses_count_insert: insertTrigger(questions, scores),
      responses_count_update: updateTrigger(questions, scores),
      responses_count_cases: casesTrigger(questions),
    },
  };
}

/** A trigger's text without what white space makes of it. */
export function normalised(sql: string): string {
  return sql
    .replace(/\s+/g, " ")
    .replace(/ ?([()]) ?/g, "$1")
    .replace(/;$/, "")
    .trim();
}

/** The migration that makes of the schema that is there the one that is wanted; null where nothing is missing. */
export function questionsMigration(there: QuestionSchema, wanted: QuestionSchema): string | null {
  const added = (["responses", "rollups"] as const).flatMap((table) =>
    wanted.columns[table].filter((name) => !there.columns[table].includes(name)).map((name) => addColumn(table, name)),
  );
  const changed = Object.entries(wanted.triggers).filter(
    ([name, text]) => normalised(there.triggers[name] ?? "") !== normalised(text),
  );
  if (added.length === 0 && changed.length === 0) return null;
  const triggers = changed.flatMap(([name, text]) => [`DROP TRIGGER IF EXISTS ${name};`, `${text};`]);
  return `-- Made from the table of shared/questions.ts by \`npm run migration:questions\`.\n${[...added, ...triggers].join("\n\n")}\n`;
}

/** Of the counters a default, so that the days that are there hold a zero; no row is written for either. */
function addColumn(table: "responses" | "rollups", name: string): string {
  return `ALTER TABLE ${table} ADD COLUMN ${name} INTEGER${table === "rollups" ? " NOT NULL DEFAULT 0" : ""};`;
}

type Score = { question: string; score: number; counter: string };

function scoresOf(questions: Questions): Score[] {
  return Object.entries(questions).flatMap(([question, { scale }]) => {
    const [lowest, highest] = scale;
    return Array.from({ length: highest - lowest + 1 }, (_, index) => {
      const score = lowest + index;
      return { question, score, counter: `${question}_${score}` };
    });
  });
}

/** A response on time costs two rows: itself and its day's total, where the day's changes are counted in the same row. */
function insertTrigger(questions: Questions, scores: readonly Score[]): string {
  const given = scores.map(({ question, score }) => `NEW.${question} IS ${score}`);
  const values = [
    ...["NEW.survey_id", "counted.segment", "NEW.day", "counted.value"],
    ...given,
    ...["1", "NEW.channel = 'page'", "NEW.comment IS NOT NULL"],
    `counted.segment = '' AND (${isUnhappy(questions, "NEW")})`,
    "counted.segment = '' AND NEW.updated_day = NEW.day",
  ];
  return `CREATE TRIGGER responses_count_insert AFTER INSERT ON responses
WHEN NEW.test = 0 AND NEW.excluded = 0
BEGIN
  INSERT INTO rollups (
${wrapped(["survey_id", "segment", "day", "value", ...countersOf(scores)])}
  )
  SELECT
${wrapped(values)}
  FROM (SELECT '' AS segment, '' AS value UNION ALL SELECT key, value FROM json_each(NEW.segments)) AS counted
  WHERE true
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET
${wrapped(sumsOf(scores))};
${countLateChange}
END`;
}

/** Every segment that had the response before or has it after: what it brings now, less what it brought. */
function updateTrigger(questions: Questions, scores: readonly Score[]): string {
  const names = Object.keys(questions);
  const moved = (fact: (row: "NEW" | "OLD") => string) =>
    `counted.has * (${fact("NEW")}) - counted.had * (${fact("OLD")})`;
  const differs = names.map((name) => `OLD.${name} IS NOT NEW.${name}`);
  const values = [
    ...["NEW.survey_id", "counted.segment", "NEW.day", "counted.value"],
    ...scores.map(({ question, score }) => moved((row) => `${row}.${question} IS ${score}`)),
    "counted.has - counted.had",
    moved((row) => `${row}.channel = 'page'`),
    moved((row) => `${row}.comment IS NOT NULL`),
    `(counted.segment = '') * (
      ${moved((row) => isUnhappy(questions, row))}
    )`,
    "counted.segment = '' AND NEW.updated_day = NEW.day",
  ];
  return `CREATE TRIGGER responses_count_update AFTER UPDATE OF segments, ${names.join(", ")}, comment, excluded ON responses
WHEN NEW.test = 0 AND (OLD.excluded = 0 OR NEW.excluded = 0) AND (
  ${differs.join(" OR ")} OR OLD.comment IS NOT NEW.comment
  OR OLD.segments IS NOT NEW.segments OR OLD.excluded IS NOT NEW.excluded
)
BEGIN
  INSERT INTO rollups (
${wrapped(["survey_id", "segment", "day", "value", ...countersOf(scores)])}
  )
  SELECT
${wrapped(values)}
  FROM (
    SELECT segment, value, max(had) * (OLD.excluded = 0) AS had, max(has) * (NEW.excluded = 0) AS has
    FROM (
      SELECT '' AS segment, '' AS value, 1 AS had, 1 AS has
      UNION ALL SELECT key, value, 1, 0 FROM json_each(OLD.segments)
      UNION ALL SELECT key, value, 0, 1 FROM json_each(NEW.segments)
    )
    GROUP BY segment, value
  ) AS counted
  WHERE (counted.segment = '' AND NEW.updated_day = NEW.day) OR counted.had <> counted.has
    OR ${differs.join(" OR ")} OR (OLD.comment IS NULL) <> (NEW.comment IS NULL)
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET
${wrapped(sumsOf(scores))};
${countLateChange}
END`;
}

/** A change on another day than the response's own is counted there. */
const countLateChange = `  INSERT INTO rollups (survey_id, segment, day, value, changes)
  SELECT NEW.survey_id, '', NEW.updated_day, '', 1 WHERE NEW.updated_day <> NEW.day
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET changes = changes + 1;`;

function countersOf(scores: readonly Score[]): string[] {
  return [...scores.map(({ counter }) => counter), "responses", "in_page", "comments", "unhappy", "changes"];
}

function sumsOf(scores: readonly Score[]): string[] {
  return countersOf(scores).map((name) => `${name} = ${name} + excluded.${name}`);
}
