import { expect, it } from "vitest";
import { numbered, statement } from "../../../worker/db/statement.ts";

it("numbers names in the order in which they first appear, each once", () => {
  expect(numbered("SELECT :b, :a, max(:b,:a) FROM t WHERE x=:c2 AND y IN (:a)")).toEqual({
    text: "SELECT ?1, ?2, max(?1,?2) FROM t WHERE x=?3 AND y IN (?2)",
    names: ["b", "a", "c2"],
  });
});

it("numbers past nine", () => {
  const sql = Array.from({ length: 12 }, (_, index) => `:p${index}`).join();
  expect(numbered(`${sql},:p10`).text).toBe("?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?11");
});

it.each([
  ["a text", "SELECT ':no', 'it''s :no ?', :a"],
  ["a quoted name", `SELECT ":no ?" || """:no", :a`],
  ["a path in JSON", `SELECT x ->> '$."a:no"', :a`],
  ["a comment to the line's end", "SELECT 1 -- :no, why?\n, :a"],
  ["a comment over lines", "SELECT 1 /* :no\n ?1 ' */, :a"],
  ["a double colon", "SELECT x::no, :a"],
])("leaves %s as it is", (_, sql) => {
  const { text, names } = numbered(sql);
  expect(names).toEqual(["a"]);
  expect(text).toBe(sql.replace(":a", "?1"));
});

it("refuses a text that numbers its parameters itself", () => {
  expect(() => statement("SELECT :a, ?2")).toThrow("without a name");
  expect(() => statement("SELECT ?")).toThrow("without a name");
});

it("puts the values in the order of the names, whatever the order in which they are given", () => {
  const find = statement("SELECT * FROM t WHERE b = :b AND a = :a_1 AND ':c' <> b");
  expect(find({ a_1: "x", b: null })).toEqual({
    text: "SELECT * FROM t WHERE b = ?1 AND a = ?2 AND ':c' <> b",
    params: [null, "x"],
  });
  expect(statement("SELECT 1")()).toEqual({ text: "SELECT 1", params: [] });
});

it("lets no missing and no unknown name compile", () => {
  const part = "a = :a";
  const find = statement(`SELECT ${["x", "y"].join()} FROM t
    WHERE ${part} AND b = ':c' AND d IN (:d,:e) LIMIT :most
    OFFSET :past`);
  const values = { a: 1, d: 2, e: 3, most: 4, past: 5 };
  expect(find(values).params).toEqual([1, 2, 3, 4, 5]);
  expect(find({ ...values, a: null }).params[0]).toBe(null);
  // @ts-expect-error: `past` is missing
  expect(() => find({ a: 1, d: 2, e: 3, most: 4 })).toThrow("no value for :past");
  // @ts-expect-error: there is no `c`
  find({ a: 1, d: 2, e: 3, most: 4, past: 5, c: 6 });
  // @ts-expect-error: a value is a text, a number or null
  find({ ...values, a: true });
  // @ts-expect-error: there are names
  expect(() => find()).toThrow("no value for :a");
  // @ts-expect-error: there are none
  statement("SELECT 1")({ a: 1 });
});

it("says at the call which value is missing where the compiler cannot know the text", () => {
  const find = statement(["SELECT :a", ":b"].join());
  expect(find({ a: 1, b: 2 }).params).toEqual([1, 2]);
  expect(() => find({ a: 1 })).toThrow("no value for :b");
});
