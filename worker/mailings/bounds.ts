import { limits } from "../../shared/limits.ts";
import type { Bounds } from "./send-due.ts";
import type { MailSender } from "./sender.ts";

/** Statements of one invocation. Who sends more mails a minute than the default has the paid plan. */
const STATEMENTS = { free: 50, paid: 1000 } as const;

/** What a request that queues mails has asked before. */
const OF_THE_REQUEST = 16;

/**
 * How far a run may go. After a request the platform ends what is under way half a minute later.
 */
export function boundsOf({ perMinute }: Pick<MailSender, "perMinute">, after: "request" | "cron"): Bounds {
  const statements = STATEMENTS[perMinute > limits.mailsPerMinute ? "paid" : "free"];
  // A cron stores what its jobs did.
  return after === "cron"
    ? { forMs: 45_000, statements: statements - 2 }
    : { forMs: 8000, statements: statements - OF_THE_REQUEST };
}
