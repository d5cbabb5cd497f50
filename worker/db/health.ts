/** What the database says of itself. */
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const sql = {
  findSchema: statement(`SELECT name FROM d1_migrations ORDER BY id DESC LIMIT 1`),
};

/** The newest applied migration, and the size of the database in bytes. Throws `not_ready` before the first migration. */
export async function checkHealth(store: Store, database: D1Database): Promise<{ schema: string; bytes: number }> {
  const schema = await store.first<{ name: string }>(sql.findSchema());
  const { meta } = await database.prepare("SELECT 1").run();
  return { schema: schema?.name ?? "none", bytes: Number(meta.size_after ?? 0) };
}
