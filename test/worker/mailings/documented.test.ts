/** The figures of docs/emailed-links.md on sending, from the constants that make them true. */
import { expect, it } from "vitest";
import emailedLinks from "../../../docs/emailed-links.md?raw";
import { limits } from "../../../shared/limits.ts";
import { blockedFor, nextAttempt } from "../../../worker/mailings/backoff.ts";

const text = emailedLinks.replace(/\s+/g, " ");
const MINUTE = 60_000;

it.each([
  `At most ${limits.mailsPerMinute} mails go in a minute and ${limits.mailsPerDay.toLocaleString("en")} in a day (UTC)`,
  `More than ${limits.mailsPerMinute} in a minute need Cloudflare's paid plan`,
  `tried again after ${nextAttempt(0, 1, 0, 0)! / MINUTE} minutes, then ever more seldom, for ${limits.mailTryDays} days`,
  `asked again after a minute, then after up to ${blockedFor(99) / MINUTE}`,
  `after ${limits.mailUnsureMost} times it is \`unknown\``,
])("says: %s", (sentence) => {
  expect(text).toContain(sentence);
});

it("asks a sender that was not reached again after a minute, then after twice as long each time", () => {
  expect([1, 2, 3, 4, 5, 6].map((failures) => blockedFor(failures) / MINUTE)).toEqual([1, 2, 4, 8, 15, 15]);
});
