import { expect, it } from "vitest";
import { fileName } from "../../../dashboard/files/file-name.ts";

it.each([
  [["Recommendation (NPS)"], "recommendation-nps"],
  [["Fox & Honey", "NPS over time", "2026-08-28", "2026-11-25"], "fox-honey-nps-over-time-2026-08-28-2026-11-25"],
  [["  … ", "CSAT: 1 to 5 – "], "csat-1-to-5"],
  [["Кав’ярня «Ранок»"], "кав-ярня-ранок"],
  [["हिन्दी"], "हिन्दी"],
  [["../../etc/passwd"], "etc-passwd"],
  [["a".repeat(99), "bc"], "a".repeat(99)],
])("a file called after %j has a sound name", (parts, name) => {
  expect(fileName(...parts)).toBe(name);
});
