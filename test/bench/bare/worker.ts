/** The least that a Worker can do with a POST and still have stored it: no validation, no trigger, no survey. */
type Sent = { survey: string; id: string; nps: number };
type Statement = { bind(...values: unknown[]): Statement; run(): Promise<unknown> };
type Env = { DB: { prepare(sql: string): Statement } };

const table = `CREATE TABLE IF NOT EXISTS responses (
  survey_id TEXT NOT NULL, id TEXT NOT NULL, created_at INTEGER NOT NULL, nps INTEGER, PRIMARY KEY (survey_id, id)
) STRICT, WITHOUT ROWID`;
const insert = "INSERT INTO responses (survey_id, id, created_at, nps) VALUES (?1, ?2, ?3, ?4)";

export default {
  async fetch(request: Request, { DB }: Env): Promise<Response> {
    if (request.method === "GET") {
      await DB.prepare(table).run();
      return new Response("ok");
    }
    const { survey, id, nps } = (await request.json()) as Sent;
    await DB.prepare(insert).bind(survey, id, Date.now(), nps).run();
    return Response.json({ id }, { status: 201 });
  },
};
