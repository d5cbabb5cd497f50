/** Streams that were cut, taken up behind the last whole row: together they are what one stream gives. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";

let collector: Collector;
let survey: string;

const hostile = [
  'two\r\n"lines",\r\nand "a third',
  "\r\n",
  '"',
  "é😀\n",
  'id,"created_at"\r\n',
  "=1+1",
  '""\r\n""',
  "plain",
];
const SINCE = new Date(NOON - 3 * DAY).toISOString();

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey({ segments: ["plan"] });
  collector.clock.now = NOON - 2 * DAY;
  const old = hostile.map((comment, index) =>
    aResponse(survey, {
      id: anId(NOON - 5 * DAY - index * HOUR),
      nps: index,
      comment,
      respondent: { id: index % 2 ? "ann" : "bob" },
      properties: { plan: '"\r\n', index },
    }),
  );
  for (const each of old) await collector.post(each);
  collector.clock.now = NOON;
  for (const [index, comment] of hostile.entries())
    await collector.post(aResponse(survey, { id: anId(NOON - index * 1000), nps: index, comment }));
});

const ask = (accept: string, query: Record<string, string>, own = survey) =>
  collector.open(`/v1/surveys/${own}/responses?${new URLSearchParams(query)}`, { ...ADMIN, Accept: accept });

const read = async (reply: Response) => {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await reply.arrayBuffer());
  expect(reply.status, text).toBe(200);
  return text;
};

/** The rows of a CSV, or the lines of NDJSON, that have their end; the last one without it is left out. */
function wholeRows(accept: string, text: string): string[] {
  return accept === "text/csv"
    ? [...text.matchAll(/(?:[^"\r]|"(?:[^"]|"")*")*\r\n/gy)].map(([row]) => row)
    : [...text.matchAll(/.*\n/gy)].map(([line]) => line);
}

/** The id and the `updated_at` of a row, as the row has them. */
function placeOf(row: string): { after: string; after_updated_at: string } {
  const [, after = "", after_updated_at = ""] =
    /^(?:\ufeff)?([0-9a-f-]{36})[,;]([^,;]+)[,;]/.exec(row) === null
      ? (/"id":"([^"]+)".*"updated_at":"([^"]+)"/.exec(row) ?? [])
      : /^([^,;]+)[,;][^,;]+[,;]([^,;]+)/.exec(row)!;
  return { after, after_updated_at };
}

const orders: Record<string, string>[] = [
  {},
  { separator: "semicolon" },
  { from: "2026-11-17", to: "2026-11-21", exclude: "excluded" },
  { respondent: "ann" },
  { nps_group: "detractor", where: 'plan:"\r\n' },
  { updated_since: SINCE },
  { updated_since: SINCE, respondent: "bob" },
  { updated_since: SINCE, max_score: "4" },
];

describe.each(["text/csv", "application/x-ndjson"])("%s", (accept) => {
  it.each(orders)("goes on behind the last whole row, cut at any character: %o", async (query) => {
    const whole = await read(await ask(accept, query));
    const rest = new Map<string, string>();
    let kinds = 0;
    for (let at = 0; at < whole.length; at++) {
      const rows = wholeRows(accept, whole.slice(0, at));
      const kept = rows.join("");
      const last = rows.at(-1);
      if (last === undefined || (accept === "text/csv" && rows.length === 1)) continue;
      const place = placeOf(last);
      if (!rest.has(place.after)) {
        kinds++;
        const sent = query.updated_since ? place : { after: place.after };
        rest.set(place.after, await read(await ask(accept, { ...query, ...sent })));
      }
      if (kept + rest.get(place.after) !== whole) expect(kept + rest.get(place.after), `cut at ${at}`).toBe(whole);
    }
    expect(kinds).toBeGreaterThan(1);
  });

  it.each(orders)("comes in parts of any size, each naming the next: %o", async (query) => {
    const whole = await read(await ask(accept, query));
    for (const limit of ["1", "3", "8", "100", "1000"]) {
      const sizes: number[] = [];
      let text = "";
      let path: string | null = `/v1/surveys/${survey}/responses?${new URLSearchParams({ ...query, limit })}`;
      while (path !== null) {
        const reply: Response = await collector.open(path, { ...ADMIN, Accept: accept });
        const part = await read(reply);
        sizes.push(wholeRows(accept, part).length);
        text += part;
        path = /^<([^>,;]+)>; rel="next"$/.exec(reply.headers.get("Link") ?? "")?.[1] ?? null;
      }
      expect(text, limit).toBe(whole);
      expect(Math.max(...sizes.slice(1), 0)).toBeLessThanOrEqual(Number(limit));
    }
  });
});

describe("a stream of changes", () => {
  it("leaves nothing out where the last row that came is changed before the stream goes on", async () => {
    const query = { updated_since: SINCE };
    const before = wholeRows("", await read(await ask("application/x-ndjson", query))).map((line) => JSON.parse(line));
    for (const [at, last] of before.entries()) {
      collector.clock.now += 1000;
      const path = `/v1/surveys/${survey}/responses/${last.id}`;
      await collector.request("PATCH", path, { tags: [`seen ${at}`] }, ADMIN);
      const goingOn = { ...query, after: last.id, after_updated_at: last.updated_at };
      const rest = wholeRows("", await read(await ask("application/x-ndjson", goingOn)));
      const seen = new Set([...before.slice(0, at + 1), ...rest.map((line) => JSON.parse(line))].map(({ id }) => id));
      // What was changed in an earlier turn of this loop has moved, and was seen in that turn.
      for (const { id } of before.slice(at + 1)) expect(seen.has(id), `${id} behind ${at}`).toBe(true);
    }
  });
});

describe("a stream longer than one query", () => {
  it("goes on after the database failed in the middle, and after the row that came last is gone", async () => {
    const own = await collector.makeSurvey();
    const ids = Array.from({ length: 2100 }, (_, index) => ({ id: anId(NOON - index * 1000) }));
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel)
        SELECT ?1, value ->> 'id', ?2, '2026-11-22', ?2, ?2, '2026-11-22', 9, 'page' FROM json_each(?3)`,
    )
      .bind(own, NOON, JSON.stringify(ids))
      .run();
    for (const at of [998, 999, 1000, 1001, 2098]) {
      const text = await read(await ask("application/x-ndjson", { after: ids[at]!.id }, own));
      const rest = wholeRows("", text).map((line) => (JSON.parse(line) as ResponseItem).id);
      expect(rest, String(at)).toEqual(ids.slice(at + 1).map(({ id }) => id));
    }
    const behindLast = await ask("text/csv", { after: ids.at(-1)!.id }, own);
    expect(await read(behindLast)).toBe("");
    await env.DB.prepare("DELETE FROM responses WHERE survey_id = ?1 AND id = ?2").bind(own, ids[5]!.id).run();
    const text = await read(await ask("application/x-ndjson", { after: ids[5]!.id, limit: "2" }, own));
    expect(wholeRows("", text).map((line) => JSON.parse(line).id)).toEqual([ids[6]!.id, ids[7]!.id]);
  });

  it("names the next part where a filter found nothing in what one request looks at", async () => {
    const own = await collector.makeSurvey();
    const ids = Array.from({ length: 5100 }, (_, index) => ({ id: anId(NOON - index * 1000) }));
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel)
        SELECT ?1, value ->> 'id', ?2, '2026-11-22', ?2, ?2, '2026-11-22', iif(key = 5050, 0, 9), 'page' FROM json_each(?3)`,
    )
      .bind(own, NOON, JSON.stringify(ids))
      .run();
    const first = await ask("text/csv", { nps_group: "detractor", limit: "1000" }, own);
    expect(wholeRows("text/csv", await read(first))).toHaveLength(1);
    const next = /^<([^>]+)>/.exec(first.headers.get("Link") ?? "")?.[1];
    const second = await collector.open(next!, { ...ADMIN, Accept: "text/csv" });
    expect(placeOf(wholeRows("text/csv", await read(second))[0]!).after).toBe(ids[5050]!.id);
    expect(second.headers.get("Link")).toBeNull();
  });
});

describe("the columns of a CSV", () => {
  it("have the same name in every part, and another once the survey's columns have changed", async () => {
    const own = await collector.makeSurvey({ segments: ["plan"] });
    await collector.post(aResponse(own, { nps: 9 }));
    const columns = async (query: Record<string, string>) =>
      (await ask("text/csv", query, own)).headers.get("Vidhuk-Columns");
    const first = await columns({});
    expect(first).toMatch(/^[\w-]{16}$/);
    expect(await columns({ after: anId(NOON) })).toBe(first);
    await collector.request("PATCH", `/v1/surveys/${own}`, { segments: ["plan", "department"] }, ADMIN);
    expect(await columns({ after: anId(NOON) })).not.toBe(first);
  });
});

describe("a place to go on from that cannot be", () => {
  const id = anId(NOON);
  it.each([
    [{ after: "yesterday" }, "/after", "must be a UUIDv7"],
    [{ after: id, cursor: "YWJj" }, "/after", "cannot stand beside cursor"],
    [{ after_updated_at: SINCE }, "/after_updated_at", "belongs to after"],
    [{ updated_since: SINCE, after: id }, "/after_updated_at", "must be given with updated_since"],
    [{ updated_since: SINCE, after: id, after_updated_at: "2020-01-01T00:00:00Z" }, "/after_updated_at", "is before"],
    [{ limit: "1001" }, "/limit", "from 1 to 1000"],
    [{ limit: "0" }, "/limit", "from 1 to 1000"],
  ])("is refused by name: %o", async (query, pointer, detail) => {
    const reply = await ask("text/csv", query as unknown as Record<string, string>);
    expect(reply.status).toBe(422);
    expect((await reply.json<{ errors: unknown }>()).errors).toEqual([
      { pointer, detail: expect.stringContaining(detail) },
    ]);
  });

  it("pages of JSON keep their own limit", async () => {
    const reply = await ask("application/json", { limit: "101" });
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining("from 1 to 100 for pages")]);
  });
});
