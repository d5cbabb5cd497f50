import { expect, it } from "vitest";
import { OwnIds } from "../../../shared/imports/own-ids.ts";
import type { ImportLine } from "../../../shared/schema/import.ts";

const answer = (index: number) => ({ created_at: "2026-01-02", nps: index % 11, comment: `no. ${index}` });

it("gives each answer of a long file its own id, equal ones too, and the same ids the next time", () => {
  // Each comes twice, 20,000 answers apart.
  const lines = Array.from({ length: 40_000 }, (_, index) => answer(index % 20_000));
  const give = () => {
    const ids = new OwnIds();
    return lines.map((line) => ids.give(line));
  };
  const first = give().map((line) => ("id" in line ? line.id : null));
  expect(new Set(first).size).toBe(40_000);
  expect(give().map((line) => ("id" in line ? line.id : null))).toEqual(first);
  expect(first[0]?.replace(/ 0$/, " 1")).toBe(first[20_000]);
});

it("leaves alone what has an id, and what is about a person", () => {
  const lines: ImportLine[] = [
    { ...answer(1), id: "7" },
    { type: "unsubscribe", respondent: "bob" },
    { type: "asked", respondent: "bob", asked_at: "2026-01-02" },
  ];
  const ids = new OwnIds();
  expect(lines.map((line) => ids.give(line))).toEqual(lines);
});
