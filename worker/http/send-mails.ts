/** Sending mails as far as a request drives it. */
import type { Context } from "hono";
import { countedStore } from "../db/counted-store.ts";
import type { App } from "../env.ts";
import { boundsOf } from "../mailings/bounds.ts";
import { sendDueMails } from "../mailings/send-due.ts";
import type { MailSender } from "../mailings/sender.ts";
import { mailSender } from "../mailings/sender.ts";
import { Problem } from "../problem.ts";
import { inBackground } from "./background.ts";

/** The sender, or a refusal that says what is missing. */
export function senderFor(c: Context<App>): MailSender {
  const { fetch, clock } = c.var;
  const sender = mailSender(c.env, { fetch, clock });
  if ("missing" in sender) throw new Problem("unsupported_combination", { detail: sender.missing });
  return sender;
}

/** Begins to send what is due after the reply; the cron of every minute sends the rest. */
export async function sendInBackground(c: Context<App>, sender: MailSender): Promise<void> {
  await inBackground(c, sendDueMails(countedStore(c.var.store), sender, boundsOf(sender, "request")));
}
