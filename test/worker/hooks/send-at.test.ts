import { expect, it } from "vitest";
import { sendAt } from "../../../worker/hooks/send-at.ts";

const NIGHT = { from: "21:00", to: "08:00" };
const LUNCH = { from: "12:00", to: "13:30" };

it.each([
  ["outside of the quiet hours at once", "2026-11-22T12:00Z", "Europe/Kyiv", NIGHT, 0, "2026-11-22T12:00Z"],
  ["after the delay", "2026-11-22T12:00Z", "UTC", null, 45, "2026-11-22T12:45Z"],
  ["in the evening the next morning", "2026-11-22T19:00Z", "Europe/Kyiv", NIGHT, 0, "2026-11-23T06:00Z"],
  ["after midnight the same morning", "2026-11-22T23:30Z", "Europe/Kyiv", NIGHT, 0, "2026-11-23T06:00Z"],
  ["at their end at once", "2026-11-23T06:00Z", "Europe/Kyiv", NIGHT, 0, "2026-11-23T06:00Z"],
  ["a minute before they begin at once", "2026-11-22T18:59Z", "Europe/Kyiv", NIGHT, 0, "2026-11-22T18:59Z"],
  ["with a delay that ends in them", "2026-11-22T18:00Z", "Europe/Kyiv", NIGHT, 90, "2026-11-23T06:00Z"],
  ["within one day", "2026-11-22T12:15Z", "UTC", LUNCH, 0, "2026-11-22T13:30Z"],
  // In the night of 25 October 2026 Berlin's clocks go from 03:00 back to 02:00.
  ["over a night in which the clocks go back", "2026-10-24T20:00Z", "Europe/Berlin", NIGHT, 0, "2026-10-25T07:00Z"],
  [
    "in the hour that comes twice",
    "2026-10-25T00:40Z",
    "Europe/Berlin",
    { from: "02:30", to: "02:45" },
    0,
    "2026-10-25T00:45Z",
  ],
  ["in that hour again", "2026-10-25T01:40Z", "Europe/Berlin", { from: "02:30", to: "02:45" }, 0, "2026-10-25T01:40Z"],
  // In the night of 29 March 2026 they go from 02:00 forward to 03:00.
  [
    "with an end that the clocks skip",
    "2026-03-29T00:50Z",
    "Europe/Berlin",
    { from: "01:30", to: "02:30" },
    0,
    "2026-03-29T01:30Z",
  ],
])("%s", (_, now, zone, quiet_hours, delay_minutes, expected) => {
  const at = sendAt({ delay_minutes, quiet_hours }, zone, Date.parse(now));
  expect(new Date(at).toISOString().slice(0, 16)).toBe(expected.slice(0, 16));
});
