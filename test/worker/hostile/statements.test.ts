/**
 * D1 fails at each statement of each route that writes, before the statement and after its commit: the sender is told to come
 * back, nothing is half written, and the same request sent again brings the state that it would have brought at once.
 */
import { env } from "cloudflare:workers";
import { beforeEach, expect, it, vi } from "vitest";
import { createApp } from "../../../worker/app.ts";
import { loggedReads } from "../../../worker/http/audit.ts";
import { rules } from "../access/rules.ts";
import type { Place, Sent } from "../support/acts.ts";
import { aPlace, cases, OUR_PAGE } from "../support/acts.ts";
import { ADMIN, aCollector, NOON } from "../support/collector.ts";
import { contents, differences, expectSame, restore, snapshot } from "../support/contents.ts";
import { d1Failures, failing } from "../support/failing.ts";
import { aHook } from "../support/inbound.ts";
import { anInvitation, hiddenFields, PERSON } from "../support/links.ts";
import { promptly } from "../support/promptly.ts";
import { aWorld } from "../support/receivers.ts";
import { expectRecountAgrees } from "../support/recount.ts";

const world = aWorld();
const empty = await snapshot();
const collector = aCollector({ fetch: world.fetch });
const app = createApp({ clock: () => collector.clock.now, fetch: world.fetch, after: promptly });

beforeEach(() => {
  for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => {});
});

type Making = (place: Place) => Sent | Promise<Sent>;

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

/** A page with a form, opened, read and filled in. */
async function filledPage(path: string, fields: Record<string, string>): Promise<Sent> {
  const page = await collector.get(path, {});
  collector.clock.now += 5000;
  return { path, body: form({ ...hiddenFields(page.text), ...PERSON, ...fields }), headers: FORM };
}

/** The requests of routes without a key; those with a key are in the table of acts. */
const publicRequests: Record<string, Making> = {
  "POST /v1/events": async ({ survey }) => {
    await collector.request("PATCH", `/v1/surveys/${survey}`, { count_views: true }, ADMIN);
    return { path: "/v1/events", body: { survey, type: "shown" } };
  },
  "POST /s/:survey{[\\s\\S]+}": ({ survey }) => filledPage(`/s/${survey}`, { nps: "9", comment: "quick" }),
  "POST /r/:token{[\\s\\S]+}": async ({ survey }) =>
    filledPage((await anInvitation(collector, survey, "bob")).url, { nps: "9", comment: "quick" }),
  "POST /u/:token{[\\s\\S]+}": async ({ survey }) => ({
    path: (await anInvitation(collector, survey, "bob")).unsubscribe_url,
    body: form({ "List-Unsubscribe": "One-Click" }),
    headers: FORM,
  }),
  "POST /v1/hooks/:hook": async ({ survey }) => {
    const { hook, path } = await aHook(collector, survey);
    return { path: `${path}?key=${hook.key}`, body: { id: 1, contact: { id: "bob" } } };
  },
  "POST /v1/surveys/:survey/hooks/:hook/try": ({ survey, hook }) => ({
    path: `/v1/surveys/${survey}/hooks/${hook}/try`,
    body: { payload: { id: 1 } },
  }),
  // Without a time a response of Delighted's is another one each time that it is sent.
  "POST /delighted/:survey/v1/survey_responses": ({ survey }) => ({
    path: `/delighted/${survey}/v1/survey_responses`,
    body: { person: "ann", score: 9, tags: ["urgent"], created_at: NOON / 1000 - 60 },
  }),
  "DELETE /v1/session": async () => {
    const { headers } = await collector.request("POST", "/v1/session", { key: "test-admin-token" }, OUR_PAGE);
    const cookie = headers.get("Set-Cookie")?.split(";")[0] ?? "";
    return { path: "/v1/session", headers: { ...OUR_PAGE, Cookie: cookie } };
  },
};

/** A route of which nothing is known here is asked as the table of access asks it. */
function makingOf(route: string): Making {
  const known = publicRequests[route] ?? cases[route]?.sent;
  if (known) return known;
  const rule = rules[route]!;
  return (place) => ({
    path:
      rule.path?.(place) ??
      route
        .split(" ")[1]!
        .replace(":survey", place.survey)
        .replace(/:[a-z]+/g, "nothing"),
    body: rule.body?.(place),
    ...(rule.headers && { headers: rule.headers }),
  });
}

type Scene = { place: Place; sent: Sent };

/** A survey that writes a row for all that can happen to a response, and the request. */
async function aScene(route: string): Promise<Scene> {
  await restore(empty);
  collector.clock.now = NOON;
  const place = await aPlace(collector);
  const path = `/v1/surveys/${place.survey}`;
  await collector.request("PATCH", path, { segments: ["plan", "language"] }, ADMIN);
  const events = ["response.created", "response.amended", "comment.created", "respondent.unsubscribed"];
  await collector.request("PATCH", `${path}/webhooks/${place.webhook}`, { events }, ADMIN);
  const sent = await makingOf(route)(place);
  await env.DB.exec("DELETE FROM audit");
  return { place, sent };
}

/**
 * The scene again, as often as it is asked for. The survey gets another id each time, for what the Worker remembers of a survey
 * is then not true; only a page's form, which is signed for its survey, is made anew.
 */
async function scenesOf(route: string): Promise<() => Promise<Scene>> {
  if (/ \/[sru]\//.test(route)) return () => aScene(route);
  const first = await aScene(route);
  const { now } = collector.clock;
  const kept = JSON.stringify({ ...first, rows: await snapshot() });
  let count = 0;
  return async () => {
    const id = first.place.survey.slice(0, -4) + String(++count).padStart(4, "0");
    const { place, sent, rows } = JSON.parse(kept.replaceAll(first.place.survey, id));
    collector.clock.now = now;
    await restore(rows);
    return { place, sent };
  };
}

/** Sends the request to the collector on this database, and waits for what goes on after the reply. */
async function send(route: string, { path, body, headers }: Sent, DB: D1Database = env.DB) {
  const behind: Promise<unknown>[] = [];
  const context = { waitUntil: (work: Promise<unknown>) => void behind.push(work), passThroughOnException() {} };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const reply = await app.request(
    path,
    {
      method: route.split(" ")[0]!,
      headers: { "Content-Type": "application/json", ...ADMIN, ...headers },
      ...(body !== undefined && { body: text }),
    },
    { ...env, DB, RATE_LIMIT: "off" },
    context as unknown as ExecutionContext,
  );
  // A download that has begun can only break off.
  const said = await reply.text().catch((error) => `cut off: ${error}`);
  await Promise.all(behind);
  return { status: reply.status, retryAfter: Number(reply.headers.get("Retry-After")), said };
}

const writing = Object.keys(rules).filter((route) => !route.startsWith("GET ") || route in loggedReads);

/** These routes do several things, one after the other; sent again they do what was left, which is another line of the log. */
const inParts = [
  "POST /v1/hooks/:hook",
  "POST /delighted/:survey/v1/survey_responses",
  "DELETE /v1/respondents",
  "DELETE /v1/respondents/:respondent",
  "DELETE /delighted/:survey/v1/people/:person",
];
/** A view has nothing to be known by, so it is counted once or twice when its sender is told to come back. */
const countedOnce = ["POST /v1/events"];

/** One message of each class for each call, so that together the calls meet them all. */
function messagesFor(at: number): [string, ...string[]] {
  const [first, ...others] = Object.values(d1Failures).map((all) => all[at % all.length]!);
  return [first!, ...others];
}

function expectRefusal({
  status,
  retryAfter,
  said,
  when,
}: {
  status: number;
  retryAfter: number;
  said: string;
  when: string;
}) {
  expect([status, retryAfter > 0], `${when}: ${said}`).toEqual([503, true]);
}

it.each(writing)(
  "%s",
  async (route) => {
    const sceneAgain = await scenesOf(route);
    const state = ({ place }: Scene) => contents(place);
    const clean = await sceneAgain();
    const before = await state(clean);
    const first = await send(route, clean.sent);
    expect(first.status, first.said).toBeLessThan(route.includes("/autopilot/") ? 500 : 400);
    const once = await state(clean);
    await send(route, clean.sent);
    // The ids of some things are made here: sent twice they are there twice.
    const twice = await state(clean);
    const isInParts = inParts.includes(route);
    const unlogged = (lines: string[]) => (isInParts ? lines.filter((line) => !line.startsWith("audit ")) : lines);
    const same = (a: string[], b: string[]) => differences(a, b).length === 0;

    let scene = await sceneAgain();
    for (let at = 1; ; at++) {
      let writes = null as boolean | null;
      let found = before;
      const sendRefused = async (message: string) => {
        const { database, failed } = failing({ at, moment: "before", message, lasting: true });
        const reply = await send(route, scene.sent, database);
        writes = failed()?.writes ?? null;
        return { ...reply, when: `call ${at} refused: ${message}` };
      };
      const [one, ...others] = messagesFor(at);
      const reply = await sendRefused(one);
      if (writes === null) break;
      found = await state(scene);
      // What goes on after the reply may fail without it.
      if (reply.status >= 500 || !same(found, once)) expectRefusal(reply);
      if (same(found, before)) {
        let isDone = false;
        for (const message of others) {
          const again = await sendRefused(message);
          // The survey is remembered from the try before, so this call came after the act.
          isDone = again.status < 500;
          if (isDone) break;
          expectRefusal(again);
        }
        expectSame(await state(scene), isDone ? once : before, reply.when);
        if (isDone) scene = await sceneAgain();
      } else {
        // The act was done, and a later call failed; or one of its parts was done.
        if (!isInParts) expectSame(found, once, reply.when);
        await send(route, scene.sent);
        found = await state(scene);
        if (!same(found, twice)) expectSame(unlogged(found), unlogged(once), `${reply.when}, sent again`);
        scene = await sceneAgain();
      }
      if (!writes) continue;

      const lost = await sceneAgain();
      const lose = { at, moment: "after", message: d1Failures.transient[at % d1Failures.transient.length]! } as const;
      const retried = await send(route, lost.sent, failing(lose).database);
      // Sent again at once it may meet its own first time, and says that it cannot tell.
      if (retried.status !== 503) expect(retried.status, retried.said).toBeLessThan(400);
      else if (!countedOnce.includes(route)) expect(retried.said).toContain("look whether it is done");
      expectSame(await state(lost), once, `call ${at}, its answer lost`);

      const cut = await sceneAgain();
      await send(route, cut.sent, failing({ ...lose, message: d1Failures.overloaded[0] }).database);
      await send(route, cut.sent);
      found = await state(cut);
      if (!same(found, twice))
        expectSame(unlogged(found), unlogged(once), `call ${at}, stored without an answer, sent again`);
      await expectRecountAgrees(cut.place.survey);
      scene = await sceneAgain();
    }
    // The last request met no failure.
    expectSame(await state(scene), once, "refused each time, then sent again");
  },
  120_000,
);
