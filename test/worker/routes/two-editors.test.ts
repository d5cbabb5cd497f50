/** Two people change a survey's settings at the same time: nothing that one has saved is lost to the other unseen. */
import { beforeAll, describe, expect, it } from "vitest";
import type { ProblemBody } from "../../../shared/problem.ts";
import type { NewApiKey } from "../../../shared/schema/key.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "../support/collector.ts";

let collector: Collector;

beforeAll(() => {
  collector = aCollector();
});

async function opened(settings = {}) {
  const id = await collector.makeSurvey(settings);
  const path = `/v1/surveys/${id}`;
  const reply = await collector.get<Survey>(path);
  const tag = reply.headers.get("ETag") ?? "";
  /** A save made on the version `on`; without one, of whatever there is. */
  const save = (changes: object, on: string | null = tag, key: Record<string, string> = ADMIN) =>
    collector.request<Survey & ProblemBody>("PATCH", path, changes, { ...key, ...(on !== null && { "If-Match": on }) });
  const stored = async () => (await collector.get<Survey>(path)).body;
  return { id, path, tag, survey: reply.body, save, stored };
}

async function anotherAdmin() {
  const made = await collector.request<NewApiKey>("POST", "/v1/keys", { name: "Olena", scope: "admin" }, ADMIN);
  return { id: made.body.id, header: { Authorization: `Bearer ${made.body.key}` } };
}

describe("a survey's version", () => {
  it("is the same with each way to get the survey, and another after each save", async () => {
    const { id, path, tag, survey, save } = await opened();
    expect(tag).toBe(`"${survey.updated_at}"`);
    const listed = (await collector.get<{ items: Survey[] }>("/v1/surveys?limit=100")).body.items;
    expect(`"${listed.find((each) => each.id === id)?.updated_at}"`).toBe(tag);
    // The clock stands still: two saves in a millisecond are still two versions.
    const [one, two] = [await save({ brand: "A" }, null), await save({ brand: "B" }, null)];
    const tags = [tag, one.headers.get("ETag"), two.headers.get("ETag")];
    expect(new Set(tags).size).toBe(3);
    expect((await collector.get(path)).headers.get("ETag")).toBe(tags[2]);
  });

  it("is left alone by answers and by the erasure of a person", async () => {
    const { id, path, tag, save } = await opened();
    await collector.post(aResponse(id, { respondent: { id: `ann-${id}` } }));
    await collector.request("DELETE", `/v1/respondents?respondent=ann-${id}`, undefined, ADMIN);
    expect((await collector.get(path)).headers.get("ETag")).toBe(tag);
    expect((await save({ brand: "A" })).status).toBe(200);
  });
});

describe("a save on an older version", () => {
  it.each([
    ["another setting", { brand: "Hers" }, { paused: true }],
    ["another text", { texts: { uk: { nps_question: "Наскільки?" } } }, { texts: { en: { nps_question: "How?" } } }],
    ["another text of a language", { texts: { en: { skip: "No" } } }, { texts: { en: { send: "Go" } } }],
    ["another of a group", { theme: { accent: "#112233" } }, { theme: { scheme: "dark" } }],
    ["another list", { segments: ["plan"] }, { origins: ["https://shop.example"] }],
    ["another list of a group", { targeting: { include: ["/a"] } }, { targeting: { exclude: ["/b"] } }],
    ["another target", { targets: { nps: 40 } }, { targets: { csat: 80 } }],
    ["another link of thanks", { thanks: { passive: { url: "tel:1" } } }, { thanks: { promoter: { url: "tel:2" } } }],
    ["the same to the same", { brand: "Ours" }, { brand: "Ours" }],
  ])("keeps what somebody else saved of %s", async (_, theirs, mine) => {
    const { save, stored } = await opened();
    expect((await save(theirs)).status).toBe(200);
    expect((await save(mine)).status).toBe(200);
    expect(await stored()).toMatchObject({ ...theirs, ...mine, ...bothOf(theirs, mine) });
  });

  it.each([
    ["a setting", { brand: "Hers" }, { brand: "Mine", paused: true }, "/brand"],
    ["a text", { texts: { en: { send: "Hers" } } }, { texts: { en: { send: "Mine", skip: "No" } } }, "/texts/en/send"],
    ["a text taken back", { texts: { en: { send: "Hers" } } }, { texts: { en: { send: null } } }, "/texts/en/send"],
    ["a list", { segments: ["plan"] }, { segments: ["shop"] }, "/segments"],
    ["topics", { topics: [{ name: "A", stems: ["a"] }] }, { topics: [{ name: "B", stems: ["b"] }] }, "/topics"],
    ["origins", { origins: ["https://a.example"] }, { origins: ["https://b.example"] }, "/origins"],
    ["one of a group", { theme: { accent: "#112233" } }, { theme: { accent: "#223344" } }, "/theme/accent"],
    ["a trigger", { trigger: { type: "exit" } }, { trigger: { type: "idle", seconds: 9 } }, "/trigger"],
  ])(
    "is refused where both changed %s, with who, when and which, and changes nothing",
    async (_, theirs, mine, field) => {
      const { tag, save, stored } = await opened({ texts: { en: { send: "First" } } });
      const olena = await anotherAdmin();
      collector.clock.now = NOON + 5000;
      expect((await save(theirs, tag, olena.header)).status).toBe(200);
      collector.clock.now = NOON;
      const before = await stored();
      const refused = await save(mine);
      expect(refused.status).toBe(409);
      expect(refused.body.code).toBe("conflict");
      expect(refused.body.conflicts).toEqual([{ pointer: field, key: olena.id, at: "2026-11-22T12:00:05.000Z" }]);
      expect(refused.body.errors?.map(({ pointer }) => pointer)).toEqual([field]);
      expect(await stored()).toEqual(before);
      // The same person may save again, having seen the conflict.
      expect((await save(mine, `"${before.updated_at}"`)).status).toBe(200);
    },
  );

  it("names the last of several who changed the field", async () => {
    const { save } = await opened();
    const olena = await anotherAdmin();
    await save({ brand: "A" }, null);
    await save({ brand: "B" }, null, olena.header);
    await save({ paused: true }, null);
    expect((await save({ brand: "C" })).body.conflicts).toMatchObject([{ pointer: "/brand", key: olena.id }]);
  });

  it("is refused for every field that differs where the log does not reach back, and only for those", async () => {
    const { save } = await opened({ brand: "Now" });
    const weeksAgo = `"${new Date(NOON - 30 * DAY).toISOString()}"`;
    const refused = await save({ brand: "Then", paused: false, sample: 0.5 }, weeksAgo);
    expect(refused.status).toBe(409);
    expect(refused.body.conflicts).toEqual([
      { pointer: "/brand", key: null, at: null },
      { pointer: "/sample", key: null, at: null },
    ]);
    expect((await save({ brand: "Now", paused: false }, weeksAgo)).status).toBe(200);
  });
});

describe("If-Match", () => {
  it("is not asked for: a save without it, or of any version, changes what it names", async () => {
    const { save, stored } = await opened({ texts: { uk: { send: "Так" } } });
    await save({ brand: "Hers" });
    expect((await save({ brand: "Mine", texts: { en: { send: "Go" } } }, null)).status).toBe(200);
    expect(await stored()).toMatchObject({ brand: "Mine", texts: { en: { send: "Go" } } });
    expect((await stored()).texts.uk).toBeUndefined();
    expect((await save({ brand: "Any" }, "*")).status).toBe(200);
  });

  it("is taken as a proxy that compresses hands it on", async () => {
    const { tag, save } = await opened();
    expect((await save({ brand: "A" }, `W/${tag}`)).status).toBe(200);
  });

  it.each(["7", '"7"', "2026-11-22T12:00:00.000Z", '"2026-13-45T12:00:00.000Z"', '"a", "b"', '""'])(
    "is refused as %s, and nothing is changed",
    async (value) => {
      const { save, stored } = await opened();
      const refused = await save({ brand: "A" }, value);
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toMatchObject([{ pointer: "If-Match" }]);
      expect((await stored()).brand).toBe("");
    },
  );

  it("costs no row on the newest version, and no row written on an older one", async () => {
    const { save } = await opened();
    const cost = async (act: () => Promise<unknown>) => {
      const before = { ...collector.rows };
      await act();
      return { read: collector.rows.read - before.read, written: collector.rows.written - before.written };
    };
    let last = "";
    const plain = await cost(async () => (last = (await save({ brand: "A" }, null)).headers.get("ETag") ?? ""));
    expect(await cost(() => save({ brand: "B" }, last))).toEqual(plain);
    expect((await cost(() => save({ paused: true }, last))).written).toBe(plain.written);
  });
});

/** What two changes of one group or of the texts are together. */
function bothOf(theirs: Record<string, unknown>, mine: Record<string, unknown>): Record<string, unknown> {
  const both = Object.keys(theirs).filter((name) => name in mine && typeof mine[name] === "object");
  return Object.fromEntries(
    both.map((name) => {
      const [one, two] = [theirs[name] as Record<string, unknown>, mine[name] as Record<string, unknown>];
      return [name, { ...one, ...two, ...bothOf(one, two) }];
    }),
  );
}
