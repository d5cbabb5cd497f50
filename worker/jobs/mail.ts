/** Sends the mails that are due. */
import type { CountedStore } from "../db/counted-store.ts";
import { boundsOf } from "../mailings/bounds.ts";
import { sendDueMails } from "../mailings/send-due.ts";
import type { MailSender } from "../mailings/sender.ts";
import type { Job } from "./run.ts";

/** `done`: how many mails it took, sent or not. The next minute's run takes what is left. `store`: that of the whole invocation. */
export function mail(store: CountedStore, sender: MailSender): Job {
  return async () => ({ done: await sendDueMails(store, sender, boundsOf(sender, "cron")), more: false });
}
