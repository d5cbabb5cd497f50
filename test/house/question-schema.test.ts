import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { migratedSchema } from "../../scripts/migrated-schema.ts";
import { root } from "../../scripts/paths.ts";
import type { QuestionSchema } from "../../scripts/question-schema.ts";
import { normalised, questionSchema, questionsMigration } from "../../scripts/question-schema.ts";
import { listed } from "../../scripts/questions-migration.ts";
import type { Questions } from "../../scripts/unhappy.ts";
import { scoredQuestions } from "../../shared/questions.ts";
import { lintMigration } from "./migration-lint.ts";

const folder = join(root, "worker/migrations");

/** The part of a database's schema that the questions need, with white space made equal so that it can be compared. */
function comparable({ columns, triggers }: QuestionSchema, wanted: QuestionSchema) {
  return {
    responses: columns.responses.filter((name) => wanted.columns.responses.includes(name)),
    rollups: columns.rollups.filter((name) => wanted.columns.rollups.includes(name)),
    triggers: Object.fromEntries(Object.keys(wanted.triggers).map((name) => [name, normalised(triggers[name] ?? "")])),
  };
}

const low = (scores: [number, number]) => [{ group: "low", share: "low", scores, respondent: "detractor" }] as const;
const effort: Questions[string] = { scale: [1, 7], bands: low([1, 3]) };

describe("the schema of the scored questions", () => {
  it("is what the migrations make: `npm run migration:questions` writes what is missing", () => {
    const wanted = questionSchema(scoredQuestions);
    expect(comparable(migratedSchema(folder), wanted)).toEqual(comparable(wanted, wanted));
    expect(questionsMigration(migratedSchema(folder), wanted)).toBeNull();
  });

  it.each<[string, Questions]>([
    ["a question more", { ...scoredQuestions, effort }],
    ["two questions more", { ...scoredQuestions, effort, resolved: { scale: [0, 1], bands: low([0, 0]) } }],
    ["a longer scale", { ...scoredQuestions, csat: { scale: [1, 7], bands: low([1, 3]) } }],
    ["a question less", { nps: scoredQuestions.nps }],
  ])("of %s is made by one migration, that Cloudflare's splitter takes", (_, questions) => {
    const wanted = questionSchema(questions);
    const migration = questionsMigration(migratedSchema(folder), wanted);
    expect(lintMigration(migration ?? "")).toEqual([]);
    const made = migratedSchema(folder, [migration ?? ""]);
    const order = (schema: QuestionSchema) => {
      const { responses, rollups, triggers } = comparable(schema, wanted);
      return { responses: responses.sort(), rollups: rollups.sort(), triggers };
    };
    expect(order(made)).toEqual(order(wanted));
    expect(questionsMigration(made, wanted)).toBeNull();
  });

  it("names the triggers alone where no column is missing", () => {
    const there = migratedSchema(folder);
    const { responses_count_insert: _, ...triggers } = there.triggers;
    const migration = questionsMigration({ ...there, triggers }, questionSchema(scoredQuestions));
    expect(migration).not.toContain("ALTER TABLE");
    expect(migration?.match(/CREATE TRIGGER \w+/g)).toEqual(["CREATE TRIGGER responses_count_insert"]);
  });
});

it("a new migration is listed among the others, by its number", () => {
  const source = 'export const migrations = [\n  "0001_a.sql",\n  "0010_b.sql",\n];\n';
  expect(listed(source, "0002_c.sql")).toBe(
    'export const migrations = [\n  "0001_a.sql",\n  "0002_c.sql",\n  "0010_b.sql",\n];\n',
  );
});
