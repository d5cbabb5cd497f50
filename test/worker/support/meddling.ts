import { env } from "cloudflare:workers";

/** D1 in which the owner's settings change just before each of the next `times` responses is written. */
export function meddling(times: number): { database: D1Database; rest(): void } {
  const meddle = () => env.DB.prepare("UPDATE surveys SET version = version + 1").run();
  const wrapped = (statement: D1PreparedStatement): D1PreparedStatement =>
    ({
      bind: (...values: unknown[]) => wrapped(statement.bind(...values)),
      all: async () => {
        if (times-- > 0) await meddle();
        return statement.all();
      },
    }) as unknown as D1PreparedStatement;
  return {
    database: {
      prepare: (sql: string) => (sql.startsWith("INSERT INTO responses") ? wrapped : same)(env.DB.prepare(sql)),
      batch: (statements: D1PreparedStatement[]) => env.DB.batch(statements),
    } as unknown as D1Database,
    rest() {
      times = 0;
    },
  };
}

const same = <Value>(value: Value) => value;
