/** One reminder, after the days that the mailing says, to those only who have done nothing. */
import { beforeEach, expect, it } from "vitest";
import { ADMIN, DAY, NOON } from "../support/collector.ts";
import { answerPage, invitePeople, PERSON } from "../support/links.ts";
import { aMailingCollector, forgetMailings, people, refusedHard } from "../support/mailings.ts";

let collector: ReturnType<typeof aMailingCollector>;
let survey: string;

beforeEach(async () => {
  await forgetMailings();
  collector = aMailingCollector();
  survey = await collector.makeSurvey({ brand: "Shop" });
});

it("reminds once, under another subject, of the same link", async () => {
  const { body } = await collector.send(survey, ["ann@shop.example"], { remind_after_days: 5 });
  const [first] = collector.handed.splice(0);
  expect(await collector.mailing(survey, body.mailing)).toMatchObject({
    state: "reminding",
    counts: { waiting: 0, accepted: 1 },
    reminders: { queued: 1, waiting: 1 },
  });
  await collector.after(5 * DAY - 60_000);
  expect(collector.handed).toEqual([]);
  await collector.minutes(1);
  const [second] = collector.handed.splice(0);
  expect(second?.subject).toBe(`Reminder: ${first?.subject}`);
  expect(second?.text).toBe(first?.text);
  expect(second?.key).not.toBe(first?.key);
  for (let day = 0; day < 30; day++) await collector.after(DAY);
  expect(collector.handed).toEqual([]);
  expect(await collector.mailing(survey, body.mailing)).toMatchObject({ state: "done", reminders: { accepted: 1 } });
});

it("reminds nobody who has answered, unsubscribed, been refused or been met by another survey since", async () => {
  const [idle, answers, leaves, gone, elsewhere] = people(5, "remind") as [string, string, string, string, string];
  collector.answers.set(gone, [refusedHard]);
  const { body } = await collector.send(survey, [idle, answers, leaves, gone, elsewhere], { remind_after_days: 5 });
  collector.take();
  collector.clock.now += DAY;
  const link = body.invitations.find(({ respondent }) => respondent === answers)!.url;
  await answerPage(collector, new URL(link).pathname, { ...PERSON, nps: "9" });
  await collector.request("POST", "/v1/unsubscribes", { respondent: leaves }, ADMIN);
  await invitePeople(collector, await collector.makeSurvey(), { respondents: [elsewhere] });
  await collector.after(4 * DAY);
  expect(collector.take()).toEqual([idle]);
  expect(await collector.mailing(survey, body.mailing)).toMatchObject({
    state: "done",
    reminders: { queued: 4, accepted: 1, skipped: { answered: 1, unsubscribed: 1, asked_elsewhere: 1 } },
  });
});

it("counts who answers after the reminder under the reminder", async () => {
  const { body } = await collector.send(survey, people(2, "late"), { remind_after_days: 1 });
  const [first, second] = body.invitations.map(({ url }) => new URL(url).pathname) as [string, string];
  await answerPage(collector, first, { ...PERSON, nps: "9" });
  await collector.after(DAY + 60_000);
  await answerPage(collector, second, { ...PERSON, nps: "2" });
  expect(await collector.mailing(survey, body.mailing)).toMatchObject({
    counts: { answered: 1 },
    reminders: { accepted: 1, answered: 1, skipped: { answered: 1 } },
  });
});

it("sends no reminder of a mailing that was cancelled meanwhile", async () => {
  const { body } = await collector.send(survey, people(3, "cancelled"), { remind_after_days: 1 });
  collector.take();
  await collector.request("DELETE", `/v1/surveys/${survey}/mailings/${body.mailing}`, undefined, ADMIN);
  await collector.after(2 * DAY);
  expect(collector.take()).toEqual([]);
  expect(await collector.mailing(survey, body.mailing)).toMatchObject({
    state: "cancelled",
    counts: { accepted: 3 },
    reminders: { queued: 3, cancelled: 3 },
  });
  expect(collector.clock.now).toBe(NOON + 2 * DAY);
});
