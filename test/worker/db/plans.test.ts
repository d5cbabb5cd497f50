/** The whole query plan of each frequent statement, so that a dropped index or a new scan fails a test. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { storeOf } from "../../../worker/db/store.ts";
import { listDueWebhooks } from "../../../worker/db/webhook-deliveries.ts";
import { MOST_MARKS } from "../../../worker/live/event-id.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse, NOON } from "../support/collector.ts";
import { aHook, tell } from "../support/inbound.ts";
import { aWorld } from "../support/receivers.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

/** The plans of all statements that the act ran. */
async function plansOf(act: () => Promise<unknown>, of: Collector = collector): Promise<string[][]> {
  of.rows.reset();
  await act();
  return Promise.all(
    of.rows.statements.map(async ({ sql, params }) => {
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .bind(...params)
        .all<{ detail: string }>();
      return results.map((row) => row.detail);
    }),
  );
}

/** The plan that checks for each new value of a send whether there is room for it. Most sends bring no new value. */
const newcomers = (list: number, first: number) => [
  `SCALAR SUBQUERY ${list}`,
  "SCAN newcomer VIRTUAL TABLE INDEX 1:",
  `CORRELATED SCALAR SUBQUERY ${first}`,
  "SEARCH there USING PRIMARY KEY (survey_id=? AND segment=? AND value=?)",
  `CORRELATED SCALAR SUBQUERY ${first + 1}`,
  "SEARCH segment_values USING PRIMARY KEY (survey_id=? AND segment=?)",
  `CORRELATED SCALAR SUBQUERY ${first + 2}`,
  "SEARCH folding USING PRIMARY KEY (survey_id=? AND segment=? AND value=?)",
];

it("a tap is one statement that finds its rows by key", async () => {
  expect(await plansOf(() => collector.post(aResponse(survey)))).toEqual([
    [
      "SEARCH surveys EXISTS USING PRIMARY KEY (id=?)",
      // No other sender may take the id of an invitation.
      "SCALAR SUBQUERY 6",
      "SEARCH invitations USING PRIMARY KEY (survey_id=? AND id=?)",
      // The day has room for a response more (`daily_limit`).
      "SCALAR SUBQUERY 7",
      "SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=? AND day=? AND value=?)",
      // The response is not stored under another id.
      "SCALAR SUBQUERY 8",
      "SEARCH responses USING PRIMARY KEY (survey_id=? AND id=?)",
      // The response is there already, so that it may be changed.
      "SCALAR SUBQUERY 9",
      "SEARCH responses USING PRIMARY KEY (survey_id=? AND id=?)",
      // The segments of a new response.
      ...newcomers(4, 1),
      // The segments of a changed response, and those of the stored one that it keeps.
      ...newcomers(14, 11),
      "CORRELATED SCALAR SUBQUERY 15",
      "SCAN json_each VIRTUAL TABLE INDEX 1:",
      // The total of the day, which the statement returns after an insert or an update.
      "SCALAR SUBQUERY 16",
      "SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=? AND day=? AND value=?)",
      "SCALAR SUBQUERY 16",
      "SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=? AND day=? AND value=?)",
    ],
  ]);
});

it("metrics walk the days asked for", async () => {
  expect(await plansOf(() => collector.get(`/v1/surveys/${survey}/metrics`))).toEqual([
    ["SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=?)"],
    ["SEARCH surveys USING PRIMARY KEY (id=?)"],
    [
      "SCAN asked VIRTUAL TABLE INDEX 1:",
      "SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=? AND day>? AND day<?)",
    ],
    ["SCAN asked VIRTUAL TABLE INDEX 1:", "SEARCH cases_daily USING PRIMARY KEY (survey_id=? AND day>? AND day<?)"],
  ]);
});

it("the names of those who take care of a response are walked from one to the next", async () => {
  expect((await plansOf(() => collector.get(`/v1/surveys/${survey}/assignees`))).at(-1)).toEqual([
    "CO-ROUTINE named",
    "SETUP",
    "SCAN CONSTANT ROW",
    "SCALAR SUBQUERY 1",
    "SEARCH responses USING COVERING INDEX responses_by_assignee (survey_id=? AND assignee>?)",
    "RECURSIVE STEP",
    "SCAN named",
    "CORRELATED SCALAR SUBQUERY 3",
    "SEARCH responses USING COVERING INDEX responses_by_assignee (survey_id=? AND assignee>?)",
    "SCAN named",
  ]);
});

it("metrics of one value find it day by day, and of all values walk the days", async () => {
  const [, ofValue] = await plansOf(() => collector.get(`/v1/surveys/${survey}/metrics?where=flagged:true`));
  expect(ofValue).toEqual([
    "SCAN asked VIRTUAL TABLE INDEX 1:",
    "SEARCH total USING PRIMARY KEY (survey_id=? AND segment=? AND day>? AND day<?)",
    "SEARCH counted USING PRIMARY KEY (survey_id=? AND segment=? AND day=? AND value=?)",
  ]);
  const plans = await plansOf(() => collector.get(`/v1/surveys/${survey}/metrics?group_by=flagged`));
  expect(plans.at(-2)).toEqual([
    "SCAN asked VIRTUAL TABLE INDEX 1:",
    "SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=? AND day>? AND day<?)",
    "USE TEMP B-TREE FOR GROUP BY",
  ]);
});

/** Conditions on the segments of a row. */
function segments(first: number): string[] {
  return [
    `CORRELATED SCALAR SUBQUERY ${first + 2}`,
    "SCAN asked VIRTUAL TABLE INDEX 1:",
    `CORRELATED SCALAR SUBQUERY ${first + 1}`,
    "SCAN own VIRTUAL TABLE INDEX 1:",
    `CORRELATED LIST SUBQUERY ${first}`,
    "SCAN json_each VIRTUAL TABLE INDEX 3:",
  ];
}

const outer = [
  "SCAN (subquery-1)",
  ...segments(2),
  // The parts of a page's pattern.
  "CORRELATED SCALAR SUBQUERY 8",
  "CO-ROUTINE found",
  "SETUP",
  "CO-ROUTINE (subquery-5)",
  "SCAN CONSTANT ROW",
  "SCAN (subquery-5)",
  "RECURSIVE STEP",
  "SCAN found",
  "SCAN found",
  "CORRELATED SCALAR SUBQUERY 9",
  "SCAN json_each VIRTUAL TABLE INDEX 1:",
  "CORRELATED SCALAR SUBQUERY 10",
  "SCAN json_each VIRTUAL TABLE INDEX 1:",
];

it("comments walk the index of comments from the cursor on, row by row and without sorting", async () => {
  const walk = "responses USING INDEX responses_by_comment (survey_id=? AND comment_at>? AND (comment_at,id)<(?,?))";
  expect(await plansOf(() => collector.get(`/v1/surveys/${survey}/comments?q=nothing`))).toEqual([
    ["SEARCH surveys USING PRIMARY KEY (id=?)"],
    ["CO-ROUTINE (subquery-1)", `SEARCH ${walk}`, ...outer],
    ["CO-ROUTINE (subquery-1)", `SEARCH ${walk}`, "SCAN (subquery-1)"],
  ]);
});

it("responses walk the table from the cursor on, and one person's are found by the person", async () => {
  const walk = "SEARCH responses USING PRIMARY KEY (survey_id=? AND id>? AND id<?)";
  expect(await plansOf(() => collector.get(`/v1/surveys/${survey}/responses`))).toEqual([
    ["SEARCH surveys USING PRIMARY KEY (id=?)"],
    ["CO-ROUTINE (subquery-1)", walk, ...outer],
    ["CO-ROUTINE (subquery-1)", walk, "SCAN (subquery-1)"],
  ]);
  const [, ofOne] = await plansOf(() => collector.get(`/v1/surveys/${survey}/responses?respondent=ann`));
  expect(ofOne?.[1]).toBe(
    "SEARCH responses USING INDEX responses_by_respondent (respondent_id=? AND survey_id=? AND id>? AND id<?)",
  );
});

it("whoever asks what has changed walks the index of late changes, then the ids from an hour before", async () => {
  const walks = [
    "SEARCH responses USING INDEX responses_changed_late (survey_id=? AND (updated_at,id)>(?,?))",
    "SEARCH responses USING PRIMARY KEY (survey_id=? AND id>?)",
  ].flatMap((walk) => [
    ["CO-ROUTINE (subquery-1)", walk, ...outer],
    ["CO-ROUTINE (subquery-1)", walk, "SCAN (subquery-1)"],
  ]);
  const since = new Date(NOON).toISOString();
  expect(await plansOf(() => collector.get(`/v1/surveys/${survey}/responses?updated_since=${since}`))).toEqual([
    ["SEARCH surveys USING PRIMARY KEY (id=?)"],
    ...walks,
  ]);
});

it("topics walk the days of each topic, and a live viewer the newest comments", async () => {
  const named = await collector.makeSurvey({ topics: [{ name: "Delivery", stems: ["deliver"] }] });
  const topics = await plansOf(() => collector.get(`/v1/surveys/${named}/topics?suggest=0`));
  expect(topics.at(-1)).toEqual([
    "SCAN asked VIRTUAL TABLE INDEX 1:",
    "SCAN named VIRTUAL TABLE INDEX 1:",
    "SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=? AND day>? AND day<?)",
  ]);
  const live = await plansOf(() => collector.get(`/v1/surveys/${named}/live?for=0`));
  expect(live).toContainEqual(["SEARCH responses USING INDEX responses_by_comment (survey_id=? AND comment_at>?)"]);
  // One comment more than is told one by one, for a viewer who has seen none.
  await env.DB.prepare(
    `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, comment, comment_at, channel)
      SELECT ?1, printf('%08d', value), value, '2026-11-22', value, value, '2026-11-22', 'many', value, 'page'
      FROM json_each(?2)`,
  )
    .bind(named, JSON.stringify(Array.from({ length: MOST_MARKS + 1 }, (_, index) => NOON + index)))
    .run();
  const missed = await plansOf(async () => {
    const reply = await collector.open(`/v1/surveys/${named}/live?for=0`, { ...ADMIN, "Last-Event-ID": "1//" });
    await reply.text();
  });
  expect(missed).toContainEqual([
    "CO-ROUTINE (subquery-1)",
    "SEARCH responses USING INDEX responses_by_comment (survey_id=? AND comment_at>? AND comment_at<?)",
    "SCAN (subquery-1)",
  ]);
});

it("topics within a segment walk the newest comments, and two counters a day", async () => {
  const topics = [{ name: "Delivery", stems: ["deliver"] }];
  const named = await collector.makeSurvey({ topics, segments: ["plan"] });
  const plans = await plansOf(() => collector.get(`/v1/surveys/${named}/topics?suggest=0&where=plan:pro`));
  expect(plans.slice(2)).toEqual([
    [
      "CO-ROUTINE newest",
      "SEARCH responses USING INDEX responses_by_comment (survey_id=? AND comment_at>?)",
      "SCAN newest",
      ...segments(2),
      "SCAN topic VIRTUAL TABLE INDEX 1:",
      "LIST SUBQUERY 5",
      "SCAN json_each VIRTUAL TABLE INDEX 1:",
      "CREATE BLOOM FILTER",
      "USE TEMP B-TREE FOR GROUP BY",
    ],
    [
      "SCAN asked VIRTUAL TABLE INDEX 1:",
      "SEARCH total USING PRIMARY KEY (survey_id=? AND segment=? AND day>? AND day<?)",
      "SEARCH counted USING PRIMARY KEY (survey_id=? AND segment=? AND day=? AND value=?)",
    ],
  ]);
});

it("filling in the past walks the responses by id and finds each again by key", async () => {
  const filled = await collector.makeSurvey();
  await collector.post(aResponse(filled, { properties: { plan: "pro" } }));
  const plans = await plansOf(() => collector.request("PATCH", `/v1/surveys/${filled}`, { segments: ["plan"] }, ADMIN));
  expect(plans).toContainEqual(["SEARCH responses USING PRIMARY KEY (survey_id=? AND id>?)"]);
  expect(plans).toContainEqual([
    "SEARCH responses USING PRIMARY KEY (survey_id=? AND id=?)",
    "LIST SUBQUERY 1",
    "SCAN json_each VIRTUAL TABLE INDEX 1:",
    "SCALAR SUBQUERY 2",
    "SEARCH surveys USING PRIMARY KEY (id=?)",
  ]);
});

it("a save on an older version walks the survey's own lines of the log, from that version on", async () => {
  const id = await collector.makeSurvey();
  const path = `/v1/surveys/${id}`;
  const tag = (await collector.get(path)).headers.get("ETag") ?? "";
  await collector.request("PATCH", path, { brand: "Hers" }, ADMIN);
  const plans = await plansOf(() => collector.request("PATCH", path, { paused: true }, { ...ADMIN, "If-Match": tag }));
  expect(plans.filter((plan) => plan.some((step) => step.includes("audit_of_survey")))).toEqual([
    ["SEARCH audit USING INDEX audit_of_survey (survey_id=? AND at>?)"],
  ]);
});

it("an event of a hook finds the hook, the event and the person by keys, and hooks are listed by their survey", async () => {
  const made = await aHook(collector, survey);
  const event = { id: 1, contact: { id: "of-the-plan" } };
  const plans = await plansOf(() => tell(collector, made, event));
  const list = await plansOf(() => collector.get(`/v1/surveys/${survey}/hooks`));
  expect([...plans, ...list].filter((plan) => plan.some((line) => /\bhook|\bh\b/.test(line)))).toEqual([
    ["SEARCH hooks USING INDEX sqlite_autoindex_hooks_1 (id=?)"],
    [
      "SEARCH hook_events USING PRIMARY KEY (hook_id=? AND event=?)",
      "LIST SUBQUERY 1",
      "SCAN json_each VIRTUAL TABLE INDEX 1:",
    ],
    [
      "SCAN json_each VIRTUAL TABLE INDEX 1:",
      "CORRELATED SCALAR SUBQUERY 1",
      "SEARCH hook_events USING PRIMARY KEY (hook_id=? AND event=?)",
      "CORRELATED SCALAR SUBQUERY 2",
      "SEARCH earlier USING INDEX invitations_by_respondent (respondent_id=?)",
    ],
    [
      "SEARCH h USING INDEX hooks_of_survey (survey_id=? AND id>?)",
      "SEARCH p USING INDEX sqlite_autoindex_hook_payloads_1 (hook_id=?) LEFT-JOIN",
    ],
  ]);
});

it("a message to a webhook is queued, taken, made and settled by keys and by when it is due", async () => {
  const telling = aCollector({ fetch: aWorld().fetch });
  const id = await telling.makeSurvey();
  const hook = { url: "https://hooks.example/", events: ["response.created"] };
  await telling.request("POST", `/v1/surveys/${id}/webhooks`, hook, ADMIN);
  await telling.post(aResponse(id));
  const send = () => telling.post(aResponse(id, { comment: "last" }));
  const [, ...plans] = await plansOf(send, telling);
  expect(plans).toEqual([
    // Queued in the transaction of the response, unless a message about it waits.
    [
      "SEARCH w USING PRIMARY KEY (survey_id=?)",
      "SEARCH r USING PRIMARY KEY (survey_id=? AND id=?)",
      "CORRELATED SCALAR SUBQUERY 1",
      "SEARCH webhook_deliveries USING COVERING INDEX webhook_deliveries_open (webhook_id=? AND response_id=?)",
    ],
    // Which of the survey's webhooks have something due.
    [
      "SEARCH webhooks USING PRIMARY KEY (survey_id=?)",
      "SEARCH webhook_deliveries EXISTS USING COVERING INDEX webhook_deliveries_due (webhook_id=? AND due_at<?)",
      "USE TEMP B-TREE FOR ORDER BY",
    ],
    // The lease.
    [
      "SEARCH webhook_deliveries USING PRIMARY KEY (webhook_id=? AND id=?)",
      "LIST SUBQUERY 1",
      "SEARCH webhook_deliveries USING COVERING INDEX webhook_deliveries_due (webhook_id=? AND due_at<?)",
    ],
    ["SEARCH surveys USING PRIMARY KEY (id=?)"],
    ["SEARCH webhooks USING PRIMARY KEY (survey_id=? AND id=?)"],
    [
      "SEARCH responses USING PRIMARY KEY (survey_id=? AND id=?)",
      "LIST SUBQUERY 1",
      "SCAN json_each VIRTUAL TABLE INDEX 1:",
    ],
    [
      "SEARCH webhook_deliveries USING COVERING INDEX webhook_deliveries_due (webhook_id=? AND due_at=?)",
      "SCAN told VIRTUAL TABLE INDEX 1:",
    ],
  ]);
});

it("the cron of every minute steps from one webhook with a message to the next, whatever waits for each", async () => {
  const plans = await plansOf(() => listDueWebhooks(storeOf(collector.database), NOON, 3));
  expect(plans).toEqual([
    [
      "CO-ROUTINE waiting",
      "SETUP",
      "SCAN CONSTANT ROW",
      "SCALAR SUBQUERY 1",
      // Its first row.
      "SCAN webhook_deliveries USING COVERING INDEX webhook_deliveries_due",
      "RECURSIVE STEP",
      "SCAN waiting",
      "CORRELATED SCALAR SUBQUERY 3",
      "SEARCH webhook_deliveries USING COVERING INDEX webhook_deliveries_due (webhook_id>?)",
      "SCAN waiting",
      "SEARCH webhook_deliveries EXISTS USING COVERING INDEX webhook_deliveries_due (webhook_id=? AND due_at<?)",
      "USE TEMP B-TREE FOR ORDER BY",
    ],
  ]);
});

describe("the lists of Delighted's API", () => {
  const read = async (path: string) => (await plansOf(() => collector.get(`/delighted/${survey}/v1/${path}`))).slice(1);
  const walk = [
    "CO-ROUTINE (subquery-1)",
    "SEARCH responses USING PRIMARY KEY (survey_id=? AND id>? AND id<?)",
    "SCAN (subquery-1)",
  ];

  it("walk responses by key, and find those of a time and of a person by index", async () => {
    // The second says whether the list has ended.
    expect(await read("survey_responses?order=desc")).toEqual([walk, walk]);
    expect((await read("survey_responses?since=1795000000")).slice(0, 2)).toEqual([
      ["SEARCH responses USING INDEX responses_changed_late (survey_id=? AND updated_at>?)"],
      ["SEARCH responses USING PRIMARY KEY (survey_id=? AND id>?)"],
    ]);
    expect((await read("survey_responses?person_id=ann"))[0]).toEqual([
      "SEARCH responses USING INDEX responses_by_respondent (respondent_id=? AND survey_id=?)",
    ]);
  });

  it("find people by what each of them was met with, and what is known of a person by that person's rows alone", async () => {
    const met = [
      "SEARCH met USING PRIMARY KEY (survey_id=? AND id>? AND id<?)",
      "CORRELATED SCALAR SUBQUERY 1",
      "SEARCH earlier USING COVERING INDEX invitations_by_respondent (respondent_id=? AND survey_id=?)",
      "CORRELATED SCALAR SUBQUERY 2",
      "SEARCH earlier USING INDEX responses_by_respondent (respondent_id=? AND survey_id=? AND id<?)",
    ];
    expect((await read("people")).slice(0, 2)).toEqual([met, met]);
    const [known = []] = await read("people?email=ann");
    expect(known.filter((line) => line.startsWith("SEARCH")).map((line) => line.replace(/ \(.*/, ""))).toEqual([
      "SEARCH responses USING INDEX responses_by_respondent",
      "SEARCH invitations USING COVERING INDEX invitations_by_respondent",
      "SEARCH responses USING INDEX responses_by_respondent",
      "SEARCH invitations USING INDEX invitations_by_respondent",
      "SEARCH responses USING INDEX responses_by_respondent",
      "SEARCH invitations USING INDEX invitations_by_respondent",
    ]);
    const pending = `/delighted/${survey}/v1/people/ann/survey_requests/pending`;
    const [, revoked] = await plansOf(() => collector.request("DELETE", pending, undefined, ADMIN));
    expect(revoked?.[0]).toBe(
      "SEARCH invitations USING INDEX invitations_by_respondent (respondent_id=? AND survey_id=?)",
    );
  });

  it("find the newest day from the end of the counters", async () => {
    expect((await read("metrics"))[0]).toEqual(["SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=?)"]);
  });
});
