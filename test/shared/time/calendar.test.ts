import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addYears,
  bucketEnd,
  bucketStart,
  buckets,
  dayInZone,
  daysBetween,
  isDay,
} from "../../../shared/time/calendar.ts";
import type { BucketSize } from "../../../shared/vocabulary.ts";

describe("the day of an instant", () => {
  it.each([
    ["UTC", "2026-03-28T23:59:59.999Z", "2026-03-28"],
    ["Europe/Kyiv", "2026-03-28T21:59:59Z", "2026-03-28"],
    ["Europe/Kyiv", "2026-03-28T22:00:00Z", "2026-03-29"],
    ["Europe/Kyiv after the clocks went forward", "2026-03-29T20:59:59Z", "2026-03-29"],
    ["Europe/Kyiv after the clocks went forward", "2026-03-29T21:00:00Z", "2026-03-30"],
    ["Asia/Kathmandu", "2026-11-22T18:14:59Z", "2026-11-22"],
    ["Asia/Kathmandu", "2026-11-22T18:15:00Z", "2026-11-23"],
    ["Pacific/Kiritimati", "2026-11-22T10:00:00Z", "2026-11-23"],
    ["Pacific/Niue", "2026-11-22T10:59:59Z", "2026-11-21"],
  ])("%s at %s is %s", (zone, instant, day) => {
    expect(dayInZone(Date.parse(instant), zone.split(" ")[0]!)).toBe(day);
  });

  it("is what the zone's own clock shows, whatever was asked before", () => {
    const zones = Intl.supportedValuesOf("timeZone");
    const clocks = new Map(zones.map((timeZone) => [timeZone, new Intl.DateTimeFormat("sv-SE", { timeZone })]));
    const asked = fc.array(
      fc.tuple(
        fc.constantFrom(...zones),
        fc.date({ min: new Date("1973"), max: new Date("2060"), noInvalidDate: true }),
      ),
    );
    const nextTo = fc.integer({ min: -1_800_000, max: 1_800_000 });
    fc.assert(
      fc.property(asked, nextTo, (questions, step) => {
        for (const [zone, date] of questions)
          for (const instant of [date.getTime(), date.getTime() + step])
            expect(dayInZone(instant, zone)).toBe(clocks.get(zone)!.format(instant));
      }),
    );
  });

  it("an unknown zone throws", () => {
    expect(() => dayInZone(0, "Europe/Atlantis")).toThrow(RangeError);
  });
});

describe("days", () => {
  it("knows which are real", () => {
    expect(["2026-02-28", "2028-02-29", "1970-01-01"].every(isDay)).toBe(true);
    expect(["2026-02-29", "2026-13-01", "2026-1-1", "", "0000-00-00", "1969-12-31", "2026-02-28T00"].some(isDay)).toBe(
      false,
    );
  });

  it("counts them", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(addYears("2028-02-29", -1)).toBe("2027-02-28");
    expect(addYears("2026-11-22", -10)).toBe("2016-11-22");
  });
});

describe("buckets", () => {
  const sizes: BucketSize[] = ["day", "week", "month", "quarter", "year"];
  const day = fc.integer({ min: 0, max: 30_000 }).map((offset) => addDays("1970-01-01", offset));

  it.each([
    ["week", "2027-01-01", "2026-12-28", "2027-01-03"],
    ["month", "2028-02-10", "2028-02-01", "2028-02-29"],
    ["quarter", "2026-11-22", "2026-10-01", "2026-12-31"],
    ["year", "2026-11-22", "2026-01-01", "2026-12-31"],
  ] as const)("the %s of %s", (size, within, start, end) => {
    expect(bucketStart(within, size)).toBe(start);
    expect(bucketEnd(start, size)).toBe(end);
  });

  it("cover the range without a gap, clipped at both ends", () => {
    fc.assert(
      fc.property(day, fc.nat(1500), fc.constantFrom(...sizes), (from, length, size) => {
        const to = addDays(from, length);
        const all = buckets(from, to, size);
        expect(all[0]?.start).toBe(from);
        expect(all.at(-1)?.end).toBe(to);
        all.slice(1).forEach((bucket, index) => {
          expect(bucket.start).toBe(addDays(all[index]!.end, 1));
        });
      }),
      { numRuns: 50 },
    );
  });
});
