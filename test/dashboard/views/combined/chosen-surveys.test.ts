import { expect, it } from "vitest";
import { choiceOf, sumOf } from "../../../../dashboard/views/combined/chosen-surveys.ts";
import type { Survey } from "../../../../shared/schema/survey.ts";
import { surveySettingsSchema } from "../../../../shared/schema/survey.ts";

function a(id: string, settings: Partial<Survey> = {}): Survey {
  const made = "2026-11-22T09:00:00Z";
  return { ...surveySettingsSchema.parse({ name: id }), id, created_at: made, updated_at: made, ...settings };
}

const tokyo = { timezone: "Asia/Tokyo" };
const all = [a("a", tokyo), a("b"), a("c"), a("d", tokyo), a("e")];

it.each([
  ["all of the zone that most have", null, ["b", "c", "e"], "UTC"],
  ["those asked for of the first one's zone", "d,b,a", ["a", "d"], "Asia/Tokyo"],
  ["all where the first asked for is gone", "x,a", ["b", "c", "e"], "UTC"],
])("several surveys as one are %s", (_, asked, ids, timezone) => {
  const choice = choiceOf(all, asked);
  expect([choice.chosen.map(({ id }) => id), choice.timezone, choice.tooMany]).toEqual([ids, timezone, false]);
});

it("are as many as the collector adds up, and it is said when there are more", () => {
  const many = Array.from({ length: 21 }, (_, at) => a(`s${at}`));
  expect(choiceOf(many, null)).toMatchObject({ chosen: { length: 20 }, tooMany: true });
  expect(choiceOf([], null)).toEqual({ chosen: [], timezone: "UTC", tooMany: false });
});

it("have the questions of all and the topics that each has", () => {
  const topic = (name: string) => ({ name, stems: ["x"] });
  const shop = a("a", { questions: ["nps"], topics: [topic("Price"), topic("Staff")], segments: ["plan"] });
  const phone = a("b", { questions: ["csat"], topics: [topic("Staff")] });
  expect(sumOf([shop, phone])).toMatchObject({
    questions: ["nps", "csat"],
    topics: [{ name: "Staff" }],
    segments: [],
  });
  expect(sumOf([])).toBe(null);
});
