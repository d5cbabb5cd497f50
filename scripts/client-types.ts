/** The types of the package for teams, written out of the collector's shapes, so that the package stands without zod. */
import { isRecord } from "../shared/is-record.ts";
import { clientShapes } from "../shared/schema/client-shapes.ts";

/** The text of `types.d.ts`. */
export function clientTypes(): string {
  const types = clientShapes().map(({ name, io, schema }) => {
    // Whoever asks may name a parameter and leave it undefined; what is answered has a field or lacks it.
    const written = typeOf(schema, { depth: 0, absent: io === "input" ? " | undefined" : "" });
    return `export type ${name} = ${written};\n`;
  });
  return [
    "/** What goes over the wire, written out of the collector's own shapes. */\n",
    "export type Page<Item> = { items: Item[]; next: string | null };\n",
    ...types,
  ].join("\n");
}

/** `absent`: what a field that may be absent can be beside its type. */
type Place = { depth: number; absent: string };

/** The TypeScript type of a JSON Schema. Throws for a keyword whose meaning it does not know, so that no type is too loose. */
function typeOf(schema: unknown, place: Place): string {
  if (!isRecord(schema)) throw new Error(`no JSON Schema: ${JSON.stringify(schema)}`);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return [...new Set(choices.map((each) => typeOf(each, place)))].join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, place)).join(" | ");
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "number":
    case "integer":
      return "number";
    case "array":
      return arrayOf(schema, place);
    case "object":
      return objectOf(schema, place);
  }
  throw new Error(`a JSON Schema that the client's types cannot say: ${JSON.stringify(schema)}`);
}

function arrayOf({ items, prefixItems }: Record<string, unknown>, place: Place): string {
  if (Array.isArray(prefixItems)) return `[${prefixItems.map((each) => typeOf(each, place)).join(", ")}]`;
  const item = typeOf(items, place);
  return / [|&] /.test(item) && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;
}

function objectOf(schema: Record<string, unknown>, place: Place): string {
  const { properties, required, additionalProperties, propertyNames } = schema;
  if (isRecord(properties) && Object.keys(properties).length > 0) {
    const needed = new Set(Array.isArray(required) ? required : []);
    const inside = { ...place, depth: place.depth + 1 };
    const indent = "  ".repeat(place.depth + 1);
    const lines = Object.entries(properties).map(
      ([name, each]) =>
        `${indent}${nameOf(name)}${needed.has(name) ? ":" : "?:"} ${typeOf(each, inside)}${needed.has(name) ? "" : place.absent};\n`,
    );
    return `{\n${lines.join("")}${"  ".repeat(place.depth)}}`;
  }
  const names = isRecord(propertyNames) ? typeOf(propertyNames, place) : "string";
  const value = isRecord(additionalProperties) ? typeOf(additionalProperties, place) : "never";
  return needsAll(schema) ? `Record<${names}, ${value}>` : `Partial<Record<${names}, ${value}>>`;
}

/** A record by any name is written as it is; one by known names has some of them. */
function needsAll({ propertyNames, required }: Record<string, unknown>): boolean {
  return !isRecord(propertyNames) || propertyNames.enum === undefined || Array.isArray(required);
}

function nameOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}
