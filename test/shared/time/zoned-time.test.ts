import { describe, expect, it } from "vitest";
import { instantOfLocal, localTimeOf } from "../../../shared/time/zoned-time.ts";

describe("a time of day in a zone", () => {
  it.each([
    ["2027-01-12T09:00", "America/New_York", "2027-01-12T14:00:00.000Z"],
    ["2027-07-12T09:00", "America/New_York", "2027-07-12T13:00:00.000Z"],
    ["2027-01-12T09:00", "Europe/Kyiv", "2027-01-12T07:00:00.000Z"],
    ["2027-01-12T00:00", "Asia/Kathmandu", "2027-01-11T18:15:00.000Z"],
    ["2027-01-12T00:30", "Pacific/Kiritimati", "2027-01-11T10:30:00.000Z"],
    ["2027-01-12T23:30", "Pacific/Niue", "2027-01-13T10:30:00.000Z"],
    ["2027-01-12T09:00", "UTC", "2027-01-12T09:00:00.000Z"],
    // Local times that do not exist in spring, in Kyiv, in New York, and on Lord Howe, where the clocks move by half an hour.
    ["2027-03-28T03:30", "Europe/Kyiv", "2027-03-28T01:30:00.000Z"],
    ["2027-03-14T02:30", "America/New_York", "2027-03-14T07:30:00.000Z"],
    ["2027-10-03T02:15", "Australia/Lord_Howe", "2027-10-02T15:45:00.000Z"],
    // Local times that occur twice in autumn: the first of the two counts.
    ["2027-10-31T03:30", "Europe/Kyiv", "2027-10-31T00:30:00.000Z"],
    ["2027-11-07T01:30", "America/New_York", "2027-11-07T05:30:00.000Z"],
    // A midnight that does not exist, and a day that Samoa never had.
    ["2018-11-04T00:30", "America/Sao_Paulo", "2018-11-04T03:30:00.000Z"],
    ["2011-12-30T12:00", "Pacific/Apia", "2011-12-30T22:00:00.000Z"],
  ])("%s in %s is %s", (local, zone, instant) => {
    expect(instantOfLocal(local, zone)).toBe(instant);
  });

  it("comes back as it was typed, in every zone and hour but those left out", () => {
    for (const zone of Intl.supportedValuesOf("timeZone"))
      for (const day of ["2026-03-29", "2026-06-30", "2026-10-25", "2026-12-31"]) {
        const local = `${day}T12:15`;
        expect([zone, localTimeOf(instantOfLocal(local, zone), zone)]).toEqual([zone, local]);
      }
  });

  it("is refused in a zone that is none", () => {
    expect(() => instantOfLocal("2027-01-12T09:00", "Europe/Atlantis")).toThrow(RangeError);
  });
});
