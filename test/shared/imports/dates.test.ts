import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOrderOf, readMoment } from "../../../shared/imports/dates.ts";
import { instantOf } from "../../../shared/time/calendar.ts";

const read = (text: string, order: Parameters<typeof readMoment>[1] = null, isUtc = false) => {
  const found = readMoment(text, order, isUtc);
  return "moment" in found ? found.moment : null;
};

describe("a date", () => {
  it.each([
    ["2025-12-31", "2025-12-31"],
    ["2025-12-31T14:05:09.250Z", "2025-12-31T14:05:09.250Z"],
    ["2025-12-31 14:05:09 UTC", "2025-12-31T14:05:09Z"],
    ["2025-12-31 14:05:09 -0700", "2025-12-31T14:05:09-07:00"],
    ["2025-12-31T14:05:09+05:30", "2025-12-31T14:05:09+05:30"],
    ["2025/12/31 2:05:09 PM GMT+2", "2025-12-31T14:05:09+02:00"],
    ["2025/12/31 2:05:09 пп GMT+2", "2025-12-31T14:05:09+02:00"],
    ["2025/12/31 2:05:09 ДП EET", null],
    ["31.12.2025 14:05", "2025-12-31T14:05"],
    ["31.12.2025, 14:05:09", "2025-12-31T14:05:09"],
    ["1.2.25", "2025-02-01"],
    ["12/31/2025", "2025-12-31"],
    ["12/31/2025 12:30 AM", "2025-12-31T00:30"],
    ["12/31/2025 12:30 pm", "2025-12-31T12:30"],
    ["31/12/2025 2:05 p.m.", "2025-12-31T14:05"],
    ["31-12-2025", "2025-12-31"],
    ["Dec 31, 2025", "2025-12-31"],
    ["Wed, December 31, 2025 at 2:05 PM", "2025-12-31T14:05"],
    ["31 Dec 2025 14:05 (UTC)", "2025-12-31T14:05Z"],
    ["Wed Dec 31 2025 14:05:09 GMT+0200 (Eastern European Standard Time)", "2025-12-31T14:05:09+02:00"],
    ["Wed, 31 Dec 2025 14:05:09 +0200", "2025-12-31T14:05:09+02:00"],
    ["2025-12-31 14:05:09.5 +0000 UTC", "2025-12-31T14:05:09.5+00:00"],
    ["31st December 2025", "2025-12-31"],
    ["31 грудня 2025 р., 14:05", "2025-12-31T14:05"],
    ["31 декабря 2025 г. в 14:05", "2025-12-31T14:05"],
    ["5 мая 2025", "2025-05-05"],
    ["1767189900", "2025-12-31T14:05:00.000Z"],
    ["1767189900000", "2025-12-31T14:05:00.000Z"],
    ["46022", "2025-12-31"],
    ["46022.5", "2025-12-31T12:00:00"],
    ["46022,25", "2025-12-31T06:00:00"],
    ["2025", null],
    ["20251231", null],
    ["999", null],
    ["31.13.2025", null],
    ["2025-02-29", null],
    ["31/12/2025 25:00", null],
    ["31/12/2025 13:05 PM", null],
    ["31/12/2025 0:05 PM", null],
    ["Foo 31, 2025", null],
    ["31.12.2025 soon", null],
    ["yesterday", null],
  ])("%j is read as %j", (text, moment) => {
    expect(read(text)).toBe(moment);
  });

  it("is of UTC where its column is, unless it says otherwise", () => {
    expect(read("2025-12-31 14:05:09", null, true)).toBe("2025-12-31T14:05:09Z");
    expect(read("2025-12-31 14:05:09 +02:00", null, true)).toBe("2025-12-31T14:05:09+02:00");
    expect(read("2025-12-31", null, true)).toBe("2025-12-31");
  });

  it("is refused where the day and the month can be taken for each other and nobody said which is first", () => {
    expect(readMoment("03/04/2025", null)).toEqual({
      fault: 'is "03/04/2025": say whether the day or the month comes first',
    });
    expect(read("03/04/2025", "ask")).toBeNull();
    expect(read("03/04/2025", "day_first")).toBe("2025-04-03");
    expect(read("03/04/2025", "month_first")).toBe("2025-03-04");
    expect(read("04/04/2025", "ask")).toBe("2025-04-04");
    expect(read("31/12/2025", "month_first")).toBeNull();
  });

  it("is read as the day it was written for, in every form, and the collector takes it", () => {
    const day = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, number] = iso.split("-") as [string, string, string];
        const english = date.toLocaleDateString("en-US", { timeZone: "UTC", dateStyle: "long" });
        const forms: [string, Parameters<typeof readMoment>[1]][] = [
          [iso, null],
          [`${year}/${month}/${number}`, null],
          [`${number}.${month}.${year}`, "month_first"],
          [`${Number(number)}/${Number(month)}/${year}`, "day_first"],
          [`${month}/${number}/${year}`, "month_first"],
          [english, null],
          [date.toLocaleDateString("uk", { timeZone: "UTC", dateStyle: "long" }), null],
          [date.toLocaleDateString("ru", { timeZone: "UTC", dateStyle: "long" }), null],
        ];
        for (const [text, order] of forms) expect(read(text, order)).toBe(iso);
        expect(instantOf(read(String(date.getTime()).padStart(13, "0")) ?? iso, "UTC")).not.toBeNull();
      }),
    );
  });

  it("never becomes a text that the collector cannot read", () => {
    const piece = fc.constantFrom(
      "2025",
      "12",
      "31",
      "1",
      "/",
      ".",
      "-",
      " ",
      ":",
      "T",
      "Z",
      "PM",
      "+02",
      "Dec",
      ",",
      "99",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const moment = read(pieces.join(""), "day_first");
        if (moment !== null) expect(instantOf(moment, "Europe/Kyiv")).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the order of day and month", () => {
  it.each([
    [["03/04/2025", "13/04/2025"], "day_first"],
    [["03/04/2025", "04/13/2025 2:05 PM"], "month_first"],
    [["03/04/2025", "05/06/2025"], "ask"],
    [["13/04/2025", "04/13/2025"], "ask"],
    [["04/04/2025"], null],
    [["2025-04-03", "03.04.2025", "Apr 3, 2025", ""], null],
    [[], null],
  ])("of %j is %j", (texts, order) => {
    expect(dateOrderOf(texts)).toBe(order);
  });
});
