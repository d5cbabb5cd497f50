import * as z from "zod";
import { groupsOf } from "../questions.ts";
import { channels, flags, statuses } from "../vocabulary.ts";
import { propertiesSchema, scoreSchemas } from "./response.ts";
import { instantShape } from "./text.ts";

/** One item of `GET /v1/surveys/:id/responses`: everything that was sent, and what the team made of it. */
export const responseItemShape = z.object({
  id: z.string(),
  created_at: instantShape,
  updated_at: instantShape,
  nps: scoreSchemas.nps.nullable(),
  csat: scoreSchemas.csat.nullable(),
  comment: z.string().nullable(),
  nps_group: z.enum(groupsOf("nps")).nullable(),
  csat_group: z.enum(groupsOf("csat")).nullable(),
  respondent: z.object({ id: z.string(), verified: z.boolean() }).nullable(),
  properties: propertiesSchema,
  locale: z.string().nullable(),
  channel: z.enum(channels),
  page: z.string().nullable(),
  topics: z.array(z.string()),
  tags: z.array(z.string()),
  status: z.enum(statuses),
  note: z.string().nullable(),
  excluded: z.boolean(),
  flags: z.array(z.enum(flags)),
});
export type ResponseItem = z.output<typeof responseItemShape>;

/** One item of `GET /v1/surveys/:id/comments`. */
export const commentItemShape = responseItemShape.extend({ comment: z.string() });
export type CommentItem = z.output<typeof commentItemShape>;
