/** D1 with a meter: the rows that its own `meta` says were read and written, which is what Cloudflare bills. */

export type Rows = {
  read: number;
  written: number;
  queries: number;
  /** Each statement run since the last reset, with its parameters. */
  statements: { sql: string; params: unknown[] }[];
  reset(): void;
};

export function meter(database: D1Database): { database: D1Database; rows: Rows } {
  const rows: Rows = {
    read: 0,
    written: 0,
    queries: 0,
    statements: [],
    reset() {
      Object.assign(rows, { read: 0, written: 0, queries: 0, statements: [] });
    },
  };
  const count = <Result extends D1Result>(result: Result): Result => {
    rows.read += result.meta.rows_read;
    rows.written += result.meta.rows_written;
    rows.queries++;
    return result;
  };
  const inner = new WeakMap<object, { statement: D1PreparedStatement; note(): void }>();
  const metered = (sql: string, statement: D1PreparedStatement, params: unknown[] = []): D1PreparedStatement => {
    const note = () => rows.statements.push({ sql, params });
    const outer = {
      bind: (...values: unknown[]) => metered(sql, statement.bind(...values), values),
      all: async () => {
        note();
        return count(await statement.all());
      },
      run: async () => {
        note();
        return count(await statement.run());
      },
    } as unknown as D1PreparedStatement;
    inner.set(outer, { statement, note });
    return outer;
  };
  return {
    rows,
    database: {
      prepare: (sql: string) => metered(sql, database.prepare(sql)),
      batch: async (statements: D1PreparedStatement[]) => {
        const run = statements.map((each) => {
          inner.get(each)?.note();
          return inner.get(each)?.statement ?? each;
        });
        return (await database.batch(run)).map(count);
      },
    } as unknown as D1Database,
  };
}
