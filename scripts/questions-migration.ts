/**
 * `npm run migration:questions -- 0071_effort`: writes the migration that the table of shared/questions.ts needs, and lists
 * it in worker/db/migrations.ts. Writes nothing where the migrations that are there fit the table.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scoredQuestions } from "../shared/questions.ts";
import { migratedSchema } from "./migrated-schema.ts";
import { root } from "./paths.ts";
import { questionSchema, questionsMigration } from "./question-schema.ts";

const folder = join(root, "worker/migrations");
const list = join(root, "worker/db/migrations.ts");

/** The text of worker/db/migrations.ts with the file in it, in order of the numbers. */
export function listed(source: string, file: string): string {
  const names = [...source.matchAll(/^ {2}"(.+)",$/gm)].map(([, name]) => name);
  const sorted = [...names, file].sort().map((name) => `  "${name}",\n`);
  return source.replace(/( {2}".+",\n)+/, sorted.join(""));
}

function writeMigration(name: string | undefined): string {
  const text = questionsMigration(migratedSchema(folder), questionSchema(scoredQuestions));
  if (text === null) return "The migrations fit the table of questions: nothing to write.";
  if (name === undefined || !/^\d{4}_[a-z0-9_]+$/.test(name))
    throw new Error("name the migration by a free number and a word, such as 0071_effort");
  const file = `${name}.sql`;
  if (existsSync(join(folder, file))) throw new Error(`there is a worker/migrations/${file}`);
  writeFileSync(join(folder, file), text);
  writeFileSync(list, listed(readFileSync(list, "utf8"), file));
  return `Wrote worker/migrations/${file} and listed it in worker/db/migrations.ts.`;
}

if (import.meta.main) console.log(writeMigration(process.argv[2]));
