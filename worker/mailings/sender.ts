/** What the environment says of sending mails: by whom, how many, and how long each may take. */
import { limits } from "../../shared/limits.ts";
import type { Env } from "../env.ts";
import type { Mailer } from "../mail/mail.ts";
import { openMailer } from "../mail/open.ts";
import type { NoMailer } from "../mail/settings.ts";

export type MailSender = {
  /** Opens the mailer, for one run. */
  open(): Mailer;
  clock: () => number;
  perMinute: number;
  perDay: number;
  timeoutMs: number;
};

type Settings = Pick<
  Env,
  "MAILER" | "MAIL_FROM" | "EMAIL" | "MAILS_PER_MINUTE" | "MAILS_PER_DAY" | "MAIL_TIMEOUT_SECONDS"
>;

/** The sender, or why there is none. A variable that is no whole number from 1 on leaves its default. */
export function mailSender(
  env: Settings,
  { fetch, clock }: { fetch: typeof globalThis.fetch; clock: () => number },
): MailSender | NoMailer {
  const timeoutMs = numberOf(env.MAIL_TIMEOUT_SECONDS, limits.mailTimeoutSeconds) * 1000;
  const mailer = openMailer(env, { fetch, clock, timeoutMs });
  if ("missing" in mailer) return mailer;
  return {
    open: () => mailer,
    clock,
    perMinute: numberOf(env.MAILS_PER_MINUTE, limits.mailsPerMinute),
    perDay: numberOf(env.MAILS_PER_DAY, limits.mailsPerDay),
    timeoutMs,
  };
}

function numberOf(setting: string | undefined, usual: number): number {
  return /^[1-9]\d{0,6}$/.test(setting ?? "") ? Number(setting) : usual;
}
