/**
 * D1 fails at each statement of each cron, before the statement and after its commit. A job that failed is run again by the next
 * cron; in the end the database is what it would have been without a failure.
 */
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { storeOf } from "../../../worker/db/store.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { sendingOf } from "../../../worker/webhooks/sending.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "../support/collector.ts";
import type { Snapshot } from "../support/contents.ts";
import { contents, expectSame, restore, snapshot } from "../support/contents.ts";
import { d1Failures, failing } from "../support/failing.ts";
import { promptly } from "../support/promptly.ts";
import { aWorld } from "../support/receivers.ts";
import { expectRecountAgrees } from "../support/recount.ts";

const world = aWorld();
const collector = aCollector({ fetch: world.fetch });
const LATER = NOON + 3 * DAY;
const messages = Object.values(d1Failures).flat();

async function run(cron: string, DB: D1Database, now = LATER): Promise<void> {
  const sending = sendingOf({}, { fetch: world.fetch, clock: () => now, isLocal: false });
  await runScheduled(storeOf(DB, { clock: () => now, after: promptly }), cron, now, {
    auditDays: 1,
    erasureRowsADay: 50_000,
    sending,
    mailing: null,
  });
}

/** Something for every job: to delete, to erase, to fold, to fill in, to watch and to send. */
async function aBacklog(): Promise<{ survey: string; kept: Snapshot }> {
  const survey = await collector.makeSurvey({ segments: ["plan"] });
  const path = `/v1/surveys/${survey}`;
  const webhook = { url: "https://hooks.example/in", events: ["response.created", "score.dropped"] };
  await collector.request("POST", `${path}/webhooks`, webhook, ADMIN);
  for (let at = 0; at < 3; at++) await collector.post(aResponse(survey, { nps: at, properties: { plan: "pro" } }));
  await collector.post(aResponse(survey, { nps: 9, test: true }));
  await collector.request("POST", `${path}/invitations`, { respondents: [{ id: "ann" }] }, ADMIN);
  await collector.request("POST", "/v1/session", { key: "test-admin-token" }, { Origin: "http://localhost" });
  const old = { created_at: "2026-09-01", nps: 3, comment: "old" };
  await collector.request("POST", `${path}/import`, JSON.stringify(old), {
    ...ADMIN,
    "Content-Type": "application/x-ndjson",
  });
  await collector.request("PATCH", path, { retention_days: 30 }, ADMIN);
  const gone = await collector.makeSurvey();
  await collector.post(aResponse(gone, { nps: 1, comment: "gone", respondent: { id: "bob" } }));
  await collector.request("POST", "/v1/unsubscribes", { respondent: "bob", survey: gone }, ADMIN);
  await collector.request("DELETE", `/v1/surveys/${gone}`, undefined, ADMIN);
  // What a large survey leaves to the cron.
  const filling = JSON.stringify({ segments: ["plan", "language"], after: "", done: 0, of: null });
  await env.DB.batch([
    env.DB.prepare(
      "UPDATE surveys SET filling = ?2, settings = json_set(settings, '$.segments', json(?3)) WHERE id = ?1",
    ).bind(survey, filling, JSON.stringify(["plan", "language"])),
    env.DB.prepare("INSERT INTO folding_values (survey_id, segment, value) VALUES (?1, 'plan', 'pro')").bind(survey),
    env.DB.prepare("INSERT INTO salts (day, salt) VALUES ('2026-11-01', 'x')"),
  ]);
  return { survey, kept: await snapshot() };
}

it.each(Object.entries(crons))(
  "the cron of %s",
  async (_, cron) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const empty = await snapshot();
    const { survey, kept } = await aBacklog();
    const finish = async () => {
      for (let time = 0; time < 2; time++) await run(cron, env.DB);
      // A run of every minute is noted only where it found something.
      return (await contents()).filter((line) => !line.startsWith("jobs "));
    };
    const clean = await finish();
    let sites = 0;
    for (const moment of ["before", "after"] as const)
      for (let at = 1; ; at++) {
        await restore(kept);
        const { database, failed } = failing({
          at,
          moment,
          message: messages[(at * 5) % messages.length]!,
          lasting: moment === "before",
        });
        // A run that cannot even be noted is an exception for Cloudflare's own log.
        await run(cron, database).catch(() => {});
        if (failed() === null) break;
        sites++;
        // A read that lost its answer has changed as little as one that was refused.
        if (moment === "after" && !failed()!.writes) continue;
        expectSame(await finish(), clean, `call ${at}, ${moment}`);
        // Retention deletes responses and leaves their counters.
        if (cron !== crons.deleting) await expectRecountAgrees(survey);
      }
    expect(sites).toBeGreaterThan(5);
    await restore(empty);
  },
  120_000,
);
