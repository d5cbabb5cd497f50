/** One operation of the API, as the OpenAPI document describes it. */
import type * as z from "zod";
import type { Scope } from "../../vocabulary.ts";

export type Reply = { description: string; schema?: z.ZodType; type?: string };

export type Operation = {
  method: "get" | "post" | "patch" | "delete";
  /** The path, with `{name}` for each parameter. */
  path: string;
  id: string;
  tag: "Collecting" | "Reading" | "Acting" | "Inviting" | "Surveys" | "Keys" | "Session" | "Webhooks";
  summary: string;
  description?: string;
  /** The lowest scope that the key needs; null if no key is needed. */
  scope: Scope | null;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The content types of the body, the first of which has the schema; by default JSON. */
  bodyTypes?: readonly [first: string, ...others: string[]];
  status?: 200 | 201 | 202 | 204;
  reply?: Reply;
  /** Other content types of the reply, which `Accept` chooses. */
  alsoAs?: readonly string[];
  /** An example of the request: its path parameters, query and body. The reply to it is in examples.ts. */
  example?: { path?: Record<string, string>; query?: Record<string, string>; body?: unknown };
};
