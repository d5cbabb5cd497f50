/** Converts instants to the local time of a zone and back. A local time is `YYYY-MM-DDTHH:MM`, as a field of a form has it. */
import { DAY_MS, instantInZone } from "./calendar.ts";

/** `instant`: ISO 8601. Throws RangeError for an unknown zone. */
export function localTimeOf(instant: string, timezone: string): string {
  return instantInZone(Date.parse(instant), timezone).slice(0, 16).replace(" ", "T");
}

/** The clocks' lead over UTC at the instant, in ms. */
function offsetAt(instant: number, timezone: string): number {
  const shown = Date.parse(`${instantInZone(instant, timezone).replace(" ", "T")}Z`);
  return shown - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant (ISO 8601) at which the clocks of the zone show the local time. Where they show it twice (they are put back) it
 * is the first of the two; where they never show it (they are put forward) it is as long after the change as the time is after
 * the hour that is left out, as `Temporal` has it: 02:30 becomes 03:30. Throws RangeError for an unknown zone.
 */
export function instantOfLocal(local: string, timezone: string): string {
  const asUtc = Date.parse(`${local}Z`);
  // No zone changes its clocks twice within two days, so the offset is that of the day before or that of the day after.
  const [before, after] = [-1, 1].map((side) => offsetAt(asUtc + side * DAY_MS, timezone)) as [number, number];
  const shown = [before, after]
    .map((offset) => asUtc - offset)
    .filter((each) => each + offsetAt(each, timezone) === asUtc);
  return new Date(shown.length > 0 ? Math.min(...shown) : asUtc - before).toISOString();
}
