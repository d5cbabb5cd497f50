/** One operation as the OpenAPI document tells it. */
import type * as z from "zod";
import type { Scope } from "../../vocabulary.ts";

export type Reply = { description: string; schema?: z.ZodType; type?: string };

export type Operation = {
  method: "get" | "post" | "patch" | "delete";
  /** With `{parameters}`. */
  path: string;
  id: string;
  tag: "Collecting" | "Reading" | "Acting" | "Inviting" | "Surveys" | "Keys" | "Session";
  summary: string;
  description?: string;
  /** The least scope of the key; null: nobody is asked for one. */
  scope: Scope | null;
  query?: z.ZodObject;
  body?: z.ZodType;
  status?: 200 | 201 | 204;
  reply?: Reply;
  /** Other types of the same content, by `Accept`. */
  alsoAs?: readonly string[];
  /** Example of the request; the reply to it is in examples.ts. Its parts are filled into path, query and body. */
  example?: { path?: Record<string, string>; query?: Record<string, string>; body?: unknown };
};
