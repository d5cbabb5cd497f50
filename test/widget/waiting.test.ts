/** Answers that wait on a device: many of them, from several tabs, of builds of before, and where there is no more room. */
import { expect, test, vi } from "vitest";
import { mintResponseId } from "../../shared/response-id.ts";
import { resend, resume } from "../../widget/saving/resend.ts";
import { finish, save } from "../../widget/saving/save.ts";
import { aCollector, aDevice, KEY, openPageOn, SURVEY } from "./device.ts";

const anId = (now = Date.now()) => mintResponseId(now, crypto.getRandomValues(new Uint8Array(10)));
const anEntry = (ageMs = 0, fields: object = {}) => {
  const at = Date.now() - ageMs;
  return {
    body: { survey: SURVEY, id: anId(at), secret: "a".repeat(32), locale: "en", rev: 1, nps: 9 },
    at,
    ...fields,
  };
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const sends = (collector: ReturnType<typeof aCollector>) => [...collector.stored.values()].map(({ sends }) => sends);
const warnings = vi.spyOn(console, "warn").mockImplementation(() => {});

function answer(device: ReturnType<typeof aDevice>, collector: ReturnType<typeof aCollector>, count: number) {
  for (let each = 0; each < count; each++) {
    const page = openPageOn(device, collector);
    save(page, 1, { nps: each % 11 });
    finish(page);
  }
}

// First: the pages of the tests below go on trying by their timers, on whatever device is in place by then.
test("answers that a build of before kept in one list are taken over and delivered once", async () => {
  const entries = [anEntry(60_000), anEntry(120_000, { reminted: true }), anEntry(0, { step: 1 })];
  const outbox = Object.fromEntries(entries.map((each) => [each.body.id, each]));
  const surveys = { [SURVEY]: { asked: 20_000, answered: 20_001 } };
  const device = aDevice({ [KEY]: JSON.stringify({ surveys, outbox }) });
  const collector = aCollector();
  const page = openPageOn(device, collector);
  expect(page.memory.waits()).toBeTruthy();
  resume(page);
  await resend(page);
  expect(sends(collector)).toEqual([1, 1, 1]);
  expect(JSON.parse(device.local.get(KEY)!)).toEqual({ surveys });
});

test.each([30, 1000])("of %i answers given while the device was off line each is delivered once", async (count) => {
  const device = aDevice();
  const collector = aCollector();
  collector.up = false;
  answer(device, collector, count);
  await settled();
  collector.up = true;
  const page = openPageOn(device, collector);
  expect(page.memory.waits()).toBeTruthy();
  resume(page);
  await resend(page);
  expect(sends(collector)).toEqual(Array(count).fill(1));
  expect(openPageOn(device, collector).memory.waits()).toBeFalsy();
});

test("two tabs that write at once lose nothing of each other's", async () => {
  const device = aDevice();
  const collector = aCollector();
  collector.up = false;
  const tabs = [openPageOn(device, collector), openPageOn(device, collector)];
  for (let each = 0; each < 400; each++)
    for (const tab of tabs) {
      tab.body = tab.pending = undefined;
      save(tab, 1, { nps: each % 11 });
      finish(tab);
    }
  expect([...device.local.keys()].filter((name) => name.startsWith(`${KEY}/`))).toHaveLength(800);
});

test("more than 2,000, and what is older than a week, is given up with one warning that counts it", async () => {
  const entries = Array.from({ length: 2003 }, (_, index) => anEntry(index * 1000));
  const old = anEntry(8 * 864e5);
  const device = aDevice(
    Object.fromEntries([...entries, old].map((each) => [`${KEY}/${each.body.id}`, JSON.stringify(each)])),
  );
  const collector = aCollector();
  warnings.mockClear();
  resume(openPageOn(device, collector));
  await resend(openPageOn(device, collector));
  await expect.poll(() => collector.stored.size, { timeout: 20_000 }).toBe(2000);
  expect(warnings.mock.calls).toEqual([["vidhuk:", "4 answers on the device were too old, too many or unreadable"]]);
  expect(collector.stored.has(old.body.id)).toBe(false);
});

test("an answer kept before the page filled the storage up is delivered, and not sent at every page view", async () => {
  const device = aDevice();
  const collector = aCollector();
  collector.up = false;
  const page = openPageOn(device, collector);
  save(page, 1, { nps: 9 });
  await settled();
  device.kind = "full";
  collector.up = true;
  for (let view = 0; view < 5; view++) {
    const next = openPageOn(device, collector);
    if (next.memory.waits()) resume(next);
    await resend(next);
  }
  expect(sends(collector)).toEqual([1]);
});

test("where nobody can be reached one pass tries three answers and not all", async () => {
  const device = aDevice();
  const collector = aCollector();
  collector.up = false;
  answer(device, collector, 50);
  await settled();
  const page = openPageOn(device, collector);
  const asked = vi.fn(collector.fetch);
  vi.stubGlobal("fetch", asked);
  await resend(page);
  expect(asked).toHaveBeenCalledTimes(3);
});
