import type { Context } from "hono";
import type * as z from "zod";
import type { App } from "../env.ts";
import { checked } from "./body.ts";

/** The query as the schema's output. Refuses an unknown or repeated parameter by its name; pointers are `/name`. */
export function readQuery<Schema extends z.ZodType>(c: Context<App>, schema: Schema): z.output<Schema> {
  const query = Object.entries(c.req.queries()).map(([name, values]) => [name, values.length > 1 ? values : values[0]]);
  return checked(Object.fromEntries(query), schema);
}
