/** Whatever stands in the device's storage, no exception reaches the page and no answer is lost. */
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { mintResponseId } from "../../shared/response-id.ts";
import { resend, resume } from "../../widget/saving/resend.ts";
import { finish, save } from "../../widget/saving/save.ts";
import type { Device, StorageKind } from "./device.ts";
import { aCollector, aDevice, KEY, openPageOn, SURVEY } from "./device.ts";

const anId = (now = Date.now()) => mintResponseId(now, crypto.getRandomValues(new Uint8Array(10)));
const aBody = (fields: object = {}) => ({
  survey: SURVEY,
  id: anId(),
  secret: "a".repeat(32),
  locale: "en",
  rev: 1,
  nps: 9,
  ...fields,
});
const anEntry = (fields: object = {}, body: object = {}) => ({ body: aBody(body), at: Date.now(), ...fields });

const exceptions: unknown[] = [];
const note = (reason: unknown) => exceptions.push(reason);
const warnings = vi.spyOn(console, "warn");

beforeEach(() => {
  exceptions.length = 0;
  warnings.mockReset();
  process.on("unhandledRejection", note);
});
afterEach(() => {
  process.off("unhandledRejection", note);
});

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** One page view: what waits is sent, the visitor answers, and the page is closed in mid-conversation or after it. */
async function answerOn(device: Device, collector: ReturnType<typeof aCollector>, closes: boolean) {
  const page = openPageOn(device, collector);
  page.memory.set({ asked: 20_000 });
  if (page.memory.waits()) resume(page);
  const went = page.body?.id;
  save(page, 1, { nps: 7 });
  save(page, 2, { csat: 4 });
  if (closes) finish(page);
  await resend(page);
  await settled();
  return { id: page.body!.id, resumed: went !== undefined, page };
}

const json = fc.json({ maxDepth: 4 });
const bombs = fc.constantFrom(
  "[".repeat(20_000),
  `${"[".repeat(5000)}${"]".repeat(5000)}`,
  `${'{"surveys":'.repeat(3000)}1${"}".repeat(3000)}`,
  JSON.stringify(Array.from({ length: 20_000 }, (_, index) => index)),
  JSON.stringify("x".repeat(200_000)),
  `{"surveys":${JSON.stringify("x".repeat(20_000))}}`,
  '{"__proto__":{"outbox":1},"constructor":1,"surveys":{"__proto__":null}}',
);
const odd = fc.oneof(
  fc.constantFrom("", "null", "true", "7", '"text"', "[]", "{}", "[object Object]", "{", "undefined", "NaN", "{}{}"),
  json,
  fc.string(),
  bombs,
);
/** An entry of ours in which one thing is wrong. */
const damagedEntry = fc
  .tuple(
    fc.constantFrom(
      "at",
      "sent",
      "step",
      "declined",
      "body",
      "rev",
      "nps",
      "secret",
      "survey",
      "locale",
      "page",
      "respondent",
      "more",
    ),
    fc.oneof(fc.constantFrom(undefined, null, "", "text", [], {}, true, -1, 1e300, 0.5), fc.jsonValue({ maxDepth: 2 })),
  )
  .map(([name, value]) => {
    const entry: Record<string, unknown> = anEntry({ step: 1 });
    if (["at", "sent", "step", "declined", "body"].includes(name)) entry[name] = value;
    else (entry.body as Record<string, unknown>)[name] = value;
    return entry;
  });
const ownText = fc.oneof(
  odd,
  damagedEntry.map((entry) => JSON.stringify(entry)),
);
const oldOutbox = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom("a", "b", "c"), fc.oneof(damagedEntry, fc.jsonValue({ maxDepth: 2 }))),
);
const mainText = fc.oneof(
  odd,
  fc.record({ surveys: fc.jsonValue({ maxDepth: 3 }), outbox: oldOutbox }).map((all) => JSON.stringify(all)),
  fc.jsonValue({ maxDepth: 2 }).map((state) => JSON.stringify({ surveys: { [SURVEY]: state } })),
);
const kinds: StorageKind[] = ["works", "full", "throws", "throws at writes", "absent"];

let tried = 0;
let tapsLost = 0;
let thrown = 0;

test("any content of the storage, the collector up or down, costs no tap and throws nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.option(mainText),
      fc.array(ownText, { maxLength: 4 }),
      fc.oneof(fc.constant("entry"), odd),
      fc.constantFrom(...kinds),
      fc.boolean(),
      fc.boolean(),
      async (main, own, tab, kind, up, closes) => {
        tried++;
        exceptions.length = 0;
        warnings.mockClear();
        const ids = own.map((text) => {
          try {
            return (JSON.parse(text) as ReturnType<typeof anEntry>).body.id ?? anId();
          } catch {
            return anId();
          }
        });
        const healthy = anEntry();
        const device = aDevice(
          {
            ...(main !== null && { [KEY]: main }),
            ...Object.fromEntries(own.map((text, index) => [`${KEY}/${ids[index]}`, text])),
            [`${KEY}/${healthy.body.id}`]: JSON.stringify(healthy),
            "the site's own": "stays",
          },
          { [KEY]: tab === "entry" ? (ids[0] ?? "") : tab },
        );
        device.kind = kind;
        const collector = aCollector();
        collector.up = up;
        const { id, page } = await answerOn(device, collector, closes);
        if (!up) {
          collector.up = true;
          // The next page where the device could keep the answer, else the same page when it is online again.
          if (kind === "works") {
            const next = openPageOn(device, collector);
            if (!next.memory.waits()) tapsLost++;
            resume(next);
            await resend(next);
          } else await resend(page);
        }
        const { body } = collector.stored.get(id) ?? {};
        if (body?.nps !== 7 || body.csat !== 4) tapsLost++;
        thrown += exceptions.length;
        expect(exceptions).toEqual([]);
        expect(body).toMatchObject({ nps: 7, csat: 4 });
        expect(device.local.get("the site's own")).toBe("stays");
        // An intact answer beside the damaged ones is delivered wherever the storage can be read.
        if (kind !== "throws" && kind !== "absent") expect(collector.stored.has(healthy.body.id)).toBe(true);
        expect(collector.refused).toEqual([]);
      },
    ),
    { numRuns: 1500 },
  );
});

afterAll(() => {
  console.log(
    `device storage: ${tried} contents in ${kinds.length} kinds of storage, taps lost ${tapsLost}, exceptions ${thrown}`,
  );
});
