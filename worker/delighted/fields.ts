/**
 * The parameters of a request as Delighted's clients write them: JSON, a form, or a query; a list as `expand[]=person`, an object
 * as `properties[plan]=pro`.
 */
import type { Context } from "hono";
import type * as z from "zod";
import { isRecord } from "../../shared/is-record.ts";
import { limits } from "../../shared/limits.ts";
import type { App } from "../env.ts";
import { checked, readText } from "../http/body.ts";
import { invalid, Problem } from "../problem.ts";

/** The query as the schema's output. Throws `invalid`. */
export function readQueryFields<Schema extends z.ZodType>(c: Context<App>, schema: Schema): z.output<Schema> {
  return checked(nested(new URL(c.req.url).searchParams), schema);
}

/** The body's fields; none of an empty body. Throws `not_json`, `body_too_large`, `incomplete_body`, `invalid`. */
export async function readBodyFields(c: Context<App>): Promise<Record<string, unknown>> {
  const text = await readText(c.req.raw, limits.responseBytes);
  if (text.trim() === "") return {};
  const type = c.req.header("Content-Type")?.toLowerCase() ?? "";
  // curl names a form where nobody says otherwise, so JSON is known by how it begins.
  if (type.includes("application/x-www-form-urlencoded") && !/^\s*[{[]/.test(text))
    return nested(new URLSearchParams(text));
  return objectIn(text);
}

function objectIn(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem("not_json");
  }
  if (!isRecord(value)) throw invalid("", "must be an object");
  for (const each of [value, ...Object.values(value)])
    if (isRecord(each) && Object.hasOwn(each, "__proto__")) throw unkept("__proto__");
  return value;
}

/** Fields of one level: what is nested any deeper has no meaning in this API. */
function nested(pairs: URLSearchParams): Record<string, unknown> {
  const fields = new Map<string, string | string[] | Map<string, string>>();
  for (const [name, value] of pairs) {
    const [, outer = name, inner] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? [];
    if (outer === "__proto__" || inner === "__proto__") throw unkept("__proto__");
    const there = fields.get(outer);
    if (inner === undefined) fields.set(outer, value);
    else if (inner === "" || /^\d+$/.test(inner)) {
      if (there instanceof Map) there.set(inner, value);
      else fields.set(outer, [...(Array.isArray(there) ? there : []), value]);
    } else if (there instanceof Map) there.set(inner, value);
    else fields.set(outer, new Map([[inner, value]]));
  }
  return Object.fromEntries(
    [...fields].map(([name, value]) => [name, value instanceof Map ? Object.fromEntries(value) : value]),
  );
}

function unkept(name: string): Problem {
  return invalid(`/${name}`, "is a name that cannot be kept");
}
