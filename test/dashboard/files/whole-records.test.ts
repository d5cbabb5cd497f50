import fc from "fast-check";
import { expect, it } from "vitest";
import { recordCutter } from "../../../dashboard/files/whole-records.ts";
import { BYTE_ORDER_MARK, csvLine } from "../../../shared/csv.ts";

const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

it("gives the whole records of a file wherever its parts are cut, whatever stands in its cells", () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('a "b"\r\nc', "\n", "ї;😀", ""));
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 20 }), fc.array(fc.nat(400), { maxLength: 5 }), (comments, cuts) => {
      const rows = [["id", "comment"], ...comments.map((comment) => ["1", comment])].map((cells) =>
        csvLine(cells, ";"),
      );
      const bytes = new TextEncoder().encode(`${BYTE_ORDER_MARK}${rows.join("")}1;"never en`);
      const cutRecords = recordCutter("csv");
      let start = 0;
      let count = 0;
      let text = "";
      let last = "";
      for (const end of [...cuts.sort((a, b) => a - b), bytes.length]) {
        if (end < start) continue;
        const records = cutRecords(bytes.subarray(start, end));
        start = end;
        if (!records) continue;
        count += records.count;
        text += decode(records.bytes);
        last = decode(records.bytes.subarray(records.lastStart));
      }
      expect(count).toBe(rows.length);
      expect(text).toBe(BYTE_ORDER_MARK + rows.join(""));
      expect(last.replace(BYTE_ORDER_MARK, "")).toBe(rows.at(-1));
    }),
  );
});
