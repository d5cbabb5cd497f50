/** When an invitation may be sent: after the delay, and outside of the quiet hours. */
import { addDays } from "../../shared/time/calendar.ts";
import { instantOfLocal, localTimeOf } from "../../shared/time/zoned-time.ts";
import type { HookSettings } from "../db/hooks.ts";

const MINUTE_MS = 60_000;

/** The instant (ms) at or after `now` plus the delay that is in no quiet hour of the zone. Throws RangeError for an unknown zone. */
export function sendAt(
  { delay_minutes, quiet_hours: quiet }: Pick<HookSettings, "delay_minutes" | "quiet_hours">,
  zone: string,
  now: number,
): number {
  const at = now + delay_minutes * MINUTE_MS;
  if (!quiet) return at;
  const local = localTimeOf(new Date(at).toISOString(), zone);
  const [day = "", time = ""] = local.split("T");
  const overMidnight = quiet.from > quiet.to;
  const isQuiet = overMidnight ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to;
  if (!isQuiet) return at;
  const ends = overMidnight && time >= quiet.from ? addDays(day, 1) : day;
  // In a night in which the clocks are put back the time comes twice: the quiet hours end with the first, but never before now.
  return Math.max(at, Date.parse(instantOfLocal(`${ends}T${quiet.to}`, zone)));
}
