/** From a shape, as JSON Schema tells it, to values that fit it, and to values that nearly do. */
import fc from "fast-check";
import { hostileStrings } from "../../support/hostile-strings.ts";

export type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
};

const anyText = fc.oneof(
  fc.constantFrom(...Object.values(hostileStrings)),
  fc.string({ unit: "binary", maxLength: 60 }),
);

/** Anything that JSON can say. */
export const anyJson = fc.oneof(
  anyText,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 0.5, 1e308, -0, 11, "", "9", [], {}, [[]], { a: {} }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The same with one or more names replaced by anything, or with names that are not known. */
export function nearly(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    anyJson,
    fc
      .tuple(fitting(schema), fc.array(fc.tuple(fc.oneof(anyText, fc.nat(5)), anyJson), { minLength: 1, maxLength: 3 }))
      .map(([value, faults]) => {
        if (typeof value !== "object" || value === null) return faults[0]?.[1];
        const names = Object.keys(value);
        const changed: Record<string, unknown> = { ...value };
        for (const [where, fault] of faults) {
          const name = typeof where === "number" ? (names[where % Math.max(1, names.length)] ?? "x") : where;
          Object.defineProperty(changed, name, { value: fault, enumerable: true, configurable: true, writable: true });
        }
        return changed;
      }),
  );
}

/** Values that fit what JSON Schema can say of the shape; what it cannot (dates, counts of characters) may not fit. */
export function fitting(schema: Schema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(fitting));
  if (schema.allOf) return fitting(Object.assign({}, ...schema.allOf) as Schema);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "object") return objectOf(schema);
  if (type === "array") return fc.array(fitting(schema.items ?? {}), { maxLength: 3 });
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  const { minimum: min = -1e6, maximum: max = 1e6 } = schema;
  if (type === "integer")
    return fc.integer({ min: Math.ceil(Math.max(min, -1e9)), max: Math.floor(Math.min(max, 1e9)) });
  if (type === "number") return fc.double({ min, max, noNaN: true });
  if (type === "string") return textOf(schema);
  return anyJson;
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): fc.Arbitrary<unknown> {
  const known = fc.record(Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, fitting(each)])), {
    requiredKeys: required.filter((name) => name in properties),
  });
  if (typeof additionalProperties !== "object") return known;
  const more = fc.dictionary(fc.string({ maxLength: 40 }), fitting(additionalProperties), { maxKeys: 3 });
  return fc.tuple(known, more).map(([a, b]) => ({ ...a, ...b }));
}

function textOf({ pattern, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (pattern) return fc.oneof(fc.stringMatching(new RegExp(pattern)), anyText);
  return fc.oneof(
    anyText,
    fc.string({ maxLength }),
    fc.constantFrom("2026-11-22", "2026-11-22T00:00:00Z", "Europe/Kyiv"),
  );
}
