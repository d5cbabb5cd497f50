/** Mails that are not taken: refused for good, not yet, by nobody; and those of which nobody knows. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, NOON } from "../support/collector.ts";
import {
  aMailingCollector,
  forgetMailings,
  people,
  refusedAccount,
  refusedHard,
  refusedSoft,
} from "../support/mailings.ts";

let collector: ReturnType<typeof aMailingCollector>;
let survey: string;
let name = 0;

/** People whom no test before has invited. */
const some = (count: number) => people(count, `r${++name}-`);

beforeEach(async () => {
  await forgetMailings();
  collector = aMailingCollector();
  survey = await collector.makeSurvey();
});

describe("a mail that is refused", () => {
  it("for good is not tried again, and stands among the failures with what the sender said", async () => {
    const [gone, there] = some(2) as [string, string];
    collector.answers.set(gone, [refusedHard]);
    const { body } = await collector.send(survey, [gone, there]);
    await collector.after(DAY);
    expect([collector.take(), collector.asked()]).toEqual([[there], 2]);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "done",
      counts: { queued: 2, accepted: 1, refused: 1, refused_by: { hard: 1 }, uncertain: 0 },
    });
    expect(await collector.failures(survey, body.mailing!)).toEqual([
      {
        invitation: body.invitations.find(({ respondent }) => respondent === gone)!.id,
        respondent: gone,
        reminder: false,
        state: "refused",
        refused_by: "hard",
        detail: "Resend answered: 422 invalid_parameter no such mailbox",
        attempts: 1,
        at: new Date(NOON).toISOString(),
      },
    ]);
  });

  it("for now is tried again later, and later each time", async () => {
    const [ann] = some(1) as [string];
    collector.answers.set(
      ann,
      Array.from({ length: 3 }, () => refusedSoft),
    );
    const { body } = await collector.send(survey, [ann]);
    const attempts: number[] = [];
    for (let minute = 1; minute <= 60 && collector.handed.length === 0; minute++) {
      const before = collector.asked();
      await collector.minutes(1);
      if (collector.asked() > before) attempts.push(minute);
    }
    const pauses = attempts.map((at, index) => at - (attempts[index - 1] ?? 0));
    expect(pauses).toHaveLength(3);
    expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses);
    expect(pauses[0]).toBeGreaterThanOrEqual(2);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "done",
      counts: { accepted: 1, refused: 0, uncertain: 0 },
    });
  });

  it("for now, again and again, is given up after three days", async () => {
    const [ann] = some(1) as [string];
    collector.answers.set(
      ann,
      Array.from({ length: 100 }, () => refusedSoft),
    );
    const { body } = await collector.send(survey, [ann]);
    let hours = 0;
    while ((await collector.mailing(survey, body.mailing)).state !== "done" && hours < 100) {
      await collector.after(HOUR);
      hours++;
    }
    expect(hours).toBeGreaterThan(60);
    expect(hours).toBeLessThanOrEqual(72);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({ counts: { refused_by: { soft: 1 } } });
  });
});

describe("a sender that", () => {
  it("wants a pause gets one: after three mails that it takes not yet the run ends", async () => {
    const ten = some(10);
    for (const each of ten) collector.answers.set(each, [refusedSoft]);
    await collector.send(survey, ten, { send_at: new Date(NOON + HOUR).toISOString() });
    await collector.after(HOUR);
    expect(collector.asked()).toBe(3);
    await collector.minutes(20);
    expect(collector.take()).toEqual(ten);
  });

  it("is not reached is asked once, then ever more seldom, and no mail is lost by it", async () => {
    const ten = some(10);
    for (const each of ten) collector.answers.set(each, [refusedAccount, refusedAccount]);
    const { body } = await collector.send(survey, ten);
    expect(collector.asked()).toBe(1);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "sending",
      waits_for: "mailer",
      counts: { waiting: 10, refused: 0 },
    });
    await collector.minutes(15);
    expect(collector.asked()).toBeLessThanOrEqual(5);
    collector.answers.clear();
    await collector.minutes(20);
    expect(collector.take()).toEqual(ten);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "done",
      waits_for: null,
      counts: { accepted: 10, uncertain: 0 },
    });
  });

  it("breaks off is asked again under the same id, and the figures say that a mail may have come twice", async () => {
    const [ann] = some(1) as [string];
    collector.answers.set(ann, ["broken"]);
    const { body } = await collector.send(survey, [ann]);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      counts: { waiting: 1, accepted: 0, uncertain: 1 },
    });
    await collector.minutes(5);
    expect(collector.handed.map(({ key }) => key)).toEqual([`${body.invitations[0]!.id}.1`]);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "done",
      counts: { accepted: 1, refused: 0, uncertain: 1 },
    });
  });

  it("breaks off three times over one mail is not asked again: the mail is unknown, neither accepted nor refused", async () => {
    const [ann] = some(1) as [string];
    collector.answers.set(
      ann,
      Array.from({ length: 9 }, () => "broken" as const),
    );
    const { body } = await collector.send(survey, [ann]);
    await collector.minutes(60);
    expect(collector.asked()).toBe(3);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "done",
      counts: { accepted: 0, refused: 0, unknown: 1, uncertain: 1 },
    });
    expect(await collector.failures(survey, body.mailing!)).toMatchObject([{ state: "unknown", refused_by: null }]);
  });
});

describe("a run that is broken off", () => {
  /** A run takes the queue, hands one mail over, and is heard of no more. */
  async function brokenOff(invitation: string) {
    await env.DB.prepare(
      "UPDATE mail_run SET run = 'gone', run_until = ?, in_flight = ?, in_flight_round = 1 WHERE id = 1",
    )
      .bind(collector.clock.now + 25_000, invitation)
      .run();
  }

  it("keeps the others waiting for as long as a mail may take, and leaves one mail uncertain", async () => {
    const three = some(3);
    const { body } = await collector.send(survey, three, { send_at: new Date(NOON + HOUR).toISOString() });
    collector.clock.now += HOUR;
    await brokenOff(body.invitations[0]!.id);
    await collector.after(20_000);
    expect(collector.take()).toEqual([]);
    await collector.after(10_000);
    expect(collector.take()).toEqual(three);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "done",
      counts: { accepted: 3, uncertain: 1 },
    });
  });
});
