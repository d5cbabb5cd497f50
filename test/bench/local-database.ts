/** The database file of a local collector, past the collector. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { statePlaces } from "../../scripts/paths.ts";
import { seedResponses } from "./seed-responses.ts";

/** Opens the database that a collector keeps in `state` for as long as `act` takes. */
export async function withDatabase<Result>(
  state: string,
  act: (database: DatabaseSync) => Promise<Result>,
): Promise<Result> {
  const folder = join(statePlaces(state).persist, "v3/d1/miniflare-D1DatabaseObject");
  const [name] = readdirSync(folder).filter((each) => each.endsWith(".sqlite") && each !== "metadata.sqlite");
  const database = new DatabaseSync(join(folder, name!), { timeout: 10_000 });
  try {
    return await act(database);
  } finally {
    database.close();
  }
}

/** Adds `count` responses of three years to the survey; see seed-responses.ts. */
export async function seed(database: DatabaseSync, survey: string, count: number): Promise<void> {
  const adapter = {
    prepare: (sql: string) => ({
      bind: (...params: unknown[]) => ({ run: async () => database.prepare(sql).run(...(params as string[])) }),
    }),
  };
  await seedResponses(adapter, survey, { segments: [], topics: [] }, count, Date.now());
}
