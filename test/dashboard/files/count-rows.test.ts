import fc from "fast-check";
import { expect, it } from "vitest";
import { rowCounter } from "../../../dashboard/files/count-rows.ts";
import { BYTE_ORDER_MARK, csvLine } from "../../../shared/csv.ts";

it("counts the rows of a CSV wherever its parts are cut, whatever stands in its cells", () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('a "b"\r\nc', "\n", "ї;😀", ""));
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 20 }), fc.array(fc.nat(400), { maxLength: 5 }), (comments, cuts) => {
      const lines = [["id", "comment"], ...comments.map((comment) => ["1", comment])];
      const bytes = new TextEncoder().encode(BYTE_ORDER_MARK + lines.map((cells) => csvLine(cells, ";")).join(""));
      const count = rowCounter();
      let start = 0;
      let last = 0;
      for (const end of [...cuts.sort((a, b) => a - b), bytes.length]) {
        if (end < start) continue;
        last = count(bytes.subarray(start, end));
        start = end;
      }
      expect(last).toBe(comments.length);
    }),
  );
});
