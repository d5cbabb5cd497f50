import { expect, it } from "vitest";
import { valueAt } from "../../../shared/hooks/pointer.ts";
import { payloadIn, pointersIn } from "../../../shared/hooks/pointers-in.ts";

it("offers each value of a payload, of a list the first member, and every pointer leads to its value", () => {
  const payload = { id: 7, "a/b": { "c~d": "x" }, list: [{ ok: true }, { ok: false }], none: null, "": "empty" };
  const found = pointersIn(payload);
  expect(found).toEqual([
    { pointer: "/id", value: "7" },
    { pointer: "/a~1b/c~0d", value: "x" },
    { pointer: "/list/0/ok", value: "true" },
    { pointer: "/", value: "empty" },
  ]);
  for (const { pointer, value } of found) expect(String(valueAt(payload, pointer))).toBe(value);
});

it.each([
  ['{"a": {"b": 1}}', [{ pointer: "/a/b", value: "1" }]],
  [
    "a[b]=1&a[c][]=2",
    [
      { pointer: "/a/b", value: "1" },
      { pointer: "/a/c/0", value: "2" },
    ],
  ],
  ["", []],
  ["{", []],
  [`a${"[b]".repeat(20)}=1`, []],
])("reads what is pasted, and nothing that is neither JSON nor a form: %s", (text, found) => {
  expect(pointersIn(payloadIn(text))).toEqual(found);
});

it("offers no more of a large payload than one can look through", () => {
  expect(pointersIn(Array.from({ length: 1000 }, (_, at) => at))).toHaveLength(1);
  expect(pointersIn(Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`n${at}`, at])))).toHaveLength(200);
});

it.each([
  ["", { a: 1 }],
  ["/a", 1],
  ["/b", undefined],
  ["/a/x", undefined],
])("a pointer names what RFC 6901 says: %j", (pointer, value) => {
  expect(valueAt({ a: 1 }, pointer)).toEqual(value);
});
