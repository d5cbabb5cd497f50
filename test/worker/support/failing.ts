import { env } from "cloudflare:workers";

/** A database whose call number `at` fails, before its statements are run or after they are committed. */
export function failingAt(at: number, moment: "before" | "after"): D1Database {
  let calls = 0;
  const guarded = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    const fails = ++calls === at;
    if (fails && moment === "before") throw new Error("D1_ERROR: D1 DB is overloaded. Too many requests queued.");
    const result = await run();
    if (fails) throw new Error("D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.");
    return result;
  };
  const bindings = (statement: D1PreparedStatement): D1PreparedStatement =>
    ({
      bind: (...values: unknown[]) => bindings(statement.bind(...values)),
      all: () => guarded(() => statement.all()),
      inner: statement,
    }) as unknown as D1PreparedStatement;
  return {
    prepare: (text: string) => bindings(env.DB.prepare(text)),
    batch: (all: { inner: D1PreparedStatement }[]) => guarded(() => env.DB.batch(all.map(({ inner }) => inner))),
  } as unknown as D1Database;
}
