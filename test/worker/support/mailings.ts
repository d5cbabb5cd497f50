/** A collector that sends mails, the sender's API that takes them, and the cron of every minute. */
import { env } from "cloudflare:workers";
import type { InvitationsReply } from "../../../shared/schema/invitation.ts";
import type { MailFailure, Mailing } from "../../../shared/schema/mailing.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import { storeOf } from "../../../worker/db/store.ts";
import type { Env } from "../../../worker/env.ts";
import { pace } from "../../../worker/jobs/erase-surveys.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { mailSender } from "../../../worker/mailings/sender.ts";
import { ADMIN, aCollector } from "./collector.ts";
import { meter } from "./meter.ts";

/** A mail as it was handed over to the sender. `key`: by which it tells a mail that comes twice. */
export type Handed = {
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  key: string;
};

type Answer = { status: number; body: unknown } | "broken";

export const taken = { status: 200, body: { id: "re_1" } };
export const refusedHard = { status: 422, body: { name: "invalid_parameter", message: "no such mailbox" } };
export const refusedSoft = { status: 429, body: { name: "rate_limit_exceeded", message: "slow down" } };
export const refusedAccount = { status: 401, body: { name: "restricted_api_key", message: "the key may not send" } };

const MINUTE = 60_000;

export function aMailingCollector(secrets: Partial<Env> = {}) {
  const handed: Handed[] = [];
  /** What the sender answers to the mails to come, by address; to any other it says that it takes the mail. */
  const answers = new Map<string, Answer[]>();
  let asked = 0;
  let before: (to: string) => Promise<void> | void = () => {};
  const fetch = (async (_: string, init: RequestInit = {}) => {
    const body = JSON.parse(String(init.body));
    const [to] = body.to as [string];
    asked++;
    await before(to);
    const key = new Headers(init.headers).get("Idempotency-Key")!;
    const answer = answers.get(to)?.shift() ?? { ...taken, body: { id: `re_${key}` } };
    if (answer === "broken") throw new TypeError("connection lost");
    if (answer.status === 200) handed.push({ ...body, to, key });
    return Response.json(answer.body, { status: answer.status });
  }) as typeof globalThis.fetch;

  const settings = { MAILER: "resend:KEY", MAIL_FROM: "Shop <feedback@shop.example>", ...secrets };
  const collector = aCollector({ fetch, secrets: settings });
  const clock = () => collector.clock.now;

  return {
    ...collector,
    handed,
    answers,
    /** How many times the sender was asked. */
    asked: () => asked,
    /** Runs when a mail reaches the sender, before it answers. */
    onMail(act: (to: string) => Promise<void> | void) {
      before = act;
    },
    /** To whom mails have gone since the last call, in order of their addresses: those of one instant go in any order. */
    take: () =>
      handed
        .splice(0)
        .map(({ to }) => to)
        .sort(),
    /** Lets so many minutes pass, with the cron in each; or one cron after `ms`. */
    async minutes(count: number): Promise<void> {
      for (let each = 0; each < count; each++) await this.after(MINUTE);
    },
    async after(ms: number): Promise<{ statements: number }> {
      collector.clock.now += ms;
      const sender = mailSender(settings, { fetch, clock });
      const { database, rows } = meter(env.DB);
      const mailing = "missing" in sender ? null : sender;
      const measures = { auditDays: 400, erasureRowsADay: pace.freeRowsADay, sending: null, mailing };
      await runScheduled(storeOf(database), crons.delivering, clock(), measures);
      return { statements: rows.statements.length };
    },
    async send(
      survey: string,
      people: readonly (string | Record<string, unknown>)[],
      rest: Record<string, unknown> = {},
      headers: Record<string, string> = {},
    ) {
      const respondents = people.map((each) => (typeof each === "string" ? { id: each } : each));
      const body = { respondents, send: true, ...rest };
      return collector.request<InvitationsReply>("POST", `/v1/surveys/${survey}/invitations`, body, {
        ...ADMIN,
        ...headers,
      });
    },
    mailing: async (survey: string, id = "") =>
      (await collector.get<Mailing>(`/v1/surveys/${survey}/mailings/${id}`)).body,
    newest: async (survey: string) =>
      (await collector.get<Page<Mailing>>(`/v1/surveys/${survey}/mailings`)).body.items[0]!,
    failures: async (survey: string, id: string) =>
      (await collector.get<Page<MailFailure>>(`/v1/surveys/${survey}/mailings/${id}/failures`)).body.items,
    patch: (survey: string, id: string, paused: boolean) =>
      collector.request<Mailing>("PATCH", `/v1/surveys/${survey}/mailings/${id}`, { paused }, ADMIN),
  };
}

/** Forgets all that was sent and answered, as before the first test. */
export async function forgetMailings(): Promise<void> {
  for (const table of [
    "invitations",
    "sent_mailings",
    "mail_counts",
    "unsubscribes",
    "unnamed_unsubscribes",
    "mail_run",
  ])
    await env.DB.exec(`DELETE FROM ${table}`);
  await env.DB.exec("INSERT INTO mail_run (id) VALUES (1)");
}

/** Addresses of so many people. */
export function people(count: number, name = "p"): string[] {
  return Array.from({ length: count }, (_, index) => `${name}${String(index).padStart(3, "0")}@shop.example`);
}
