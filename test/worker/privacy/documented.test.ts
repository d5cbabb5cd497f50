/** The figures of docs/privacy.md, from the constants that make them true. */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import privacy from "../../../docs/privacy.md?raw";
import { limits } from "../../../shared/limits.ts";
import { daysToErase, pace } from "../../../worker/jobs/erase-surveys.ts";
import { auditDaysOf } from "../../../worker/jobs/expire.ts";
import { FOLD_ROWS } from "../../../worker/respondents/fold-values.ts";

const text = privacy.replace(/\s+/g, " ");
const number = (value: number) => value.toLocaleString("en");
const days = (responses: number, rows: number) => daysToErase(responses, rows).toFixed(1);

it.each([
  `at most ${number(pace.paidRowsADay)} rows a day on the paid plan and ${number(pace.freeRowsADay)} on the free one`,
  `(a response is up to ${pace.rowsPerResponse} rows;`,
  `Ten million responses are gone after ${days(10_000_000, pace.paidRowsADay)} days on the paid plan`,
  `a hundred thousand after ${days(100_000, pace.freeRowsADay)} and a million after ${days(1_000_000, pace.freeRowsADay)} on the free one`,
  `The last payload of each hook is kept for ${limits.hookPayloadHours} hours`,
  `A line goes after ${limits.auditDays} days`,
  `a value of a segment that fewer than ${limits.sharedValueLeast} responses still share`,
  `What stays for ${limits.mailDays} days is one row for each mail`,
  `up to ${number(FOLD_ROWS)} responses of a survey are looked through at once`,
])("says: %s", (sentence) => {
  expect(text).toContain(sentence);
});

it("keeps the log for the days that AUDIT_DAYS says, and for the default where that is no number of days", () => {
  expect(auditDaysOf("30")).toBe(30);
  for (const setting of [undefined, "", "0", "-1", "1.5", "forever"])
    expect(auditDaysOf(setting)).toBe(limits.auditDays);
});

it.each(["PRAGMA secure_delete", "PRAGMA secure_delete = ON", "VACUUM"])("D1 refuses %s", async (sql) => {
  await expect(env.DB.prepare(sql).all()).rejects.toThrow(/not authorized|VACUUM/);
});
