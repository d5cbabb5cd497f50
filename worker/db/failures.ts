/** What the errors of D1 and SQLite mean for whoever asked. D1 tells them apart by their messages alone. */
import { DAY_MS } from "../../shared/time/calendar.ts";
import { Problem } from "../problem.ts";

/** Failures after which a statement may be sent again at once. D1 itself sends only reads again. */
const TRANSIENT =
  /Network connection lost|caused object to be reset|reset because its code was updated|transient issue|client disconnected|internal error/i;
/** The account has used up what the free plan gives it for a day. */
const SPENT = /exceeded.*\bdaily\b.*\b(read|write)/i;
/** A disk without room, and a database or an account as large as the plan allows. */
const FULL = /disk is full|SQLITE_FULL|exceeded maximum (db|database) size|exceeded maximum account storage/i;
/** A database that cannot run the statement now, nor a moment later. */
const OVERLOADED =
  /overloaded|too many requests queued|exceeded.*(daily|limit)|D1_EXCEEDED|limit.*exceeded|and was reset|before EOF|is locked|SQLITE_BUSY|SQLITE_LOCKED|SQLITE_IOERR|SQLITE_INTERRUPT|timed? ?out|(unknown|unspecified) error|parse body as JSON/i;
/** A database that does not exist, or a schema that is older than the statement. */
const ABSENT =
  /no such (table|column)|has no column named|could(n't| not) find a D1 DB|D1 DB .*(not found|does not exist)/i;

/** The error's own message, with that of its cause, where older versions of D1 put it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${error.cause ?? ""}` : String(error);
}

/** Whether the same statement may succeed a moment later. */
export function isTransient(message: string): boolean {
  return TRANSIENT.test(message);
}

/** What the free plan counts by the day. */
export type DailyLimit = "rows_read" | "rows_written";

/** Which limit of the free plan the message is about; null for any other message. */
export function spentLimit(message: string): DailyLimit | null {
  const found = SPENT.exec(message)?.[1]?.toLowerCase();
  if (found === undefined) return null;
  return found === "read" ? "rows_read" : "rows_written";
}

/** The refusal that the message makes of a request at `now` (ms); null for a message that means a bug of ours. */
export function problemOf(message: string, now: number): Problem | null {
  const spent = spentLimit(message);
  if (spent) return planSpent(spent, now);
  if (FULL.test(message)) return new Problem("database_full");
  if (isTransient(message) || OVERLOADED.test(message)) return new Problem("overloaded");
  return ABSENT.test(message) ? new Problem("not_ready") : null;
}

/** The end of the day by which Cloudflare counts, in ms: the next 00:00 UTC. */
export function dayEnds(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

const acts = { rows_read: "read", rows_written: "write" } as const;

function planSpent(limit: DailyLimit, now: number): Problem {
  const detail = `Cloudflare's free plan lets this account ${acts[limit]} no more rows today. Nothing that is stored is lost: it goes on at 00:00 UTC, or minutes after the account is moved to the Workers Paid plan.`;
  return new Problem("plan_limit_reached", { detail, retryAfterSeconds: Math.ceil((dayEnds(now) - now) / 1000) });
}
