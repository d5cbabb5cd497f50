import * as z from "zod";
import type { CsatGroup, NpsGroup } from "../score.ts";
import { propertiesSchema } from "./response.ts";

export const channels = ["page", "link", "invitation", "api", "import"] as const;
export type Channel = (typeof channels)[number];

/** One item of `GET /v1/surveys/:id/responses`: everything that was sent, and what the team made of it. */
export const responseItemShape = z.object({
  id: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  nps: z.int().min(0).max(10).nullable(),
  csat: z.int().min(1).max(5).nullable(),
  comment: z.string().nullable(),
  nps_group: z.enum(["promoter", "passive", "detractor"] satisfies NpsGroup[]).nullable(),
  csat_group: z.enum(["satisfied", "neutral", "dissatisfied"] satisfies CsatGroup[]).nullable(),
  respondent: z.object({ id: z.string(), verified: z.boolean() }).nullable(),
  properties: propertiesSchema,
  locale: z.string().nullable(),
  channel: z.enum(channels),
  page: z.string().nullable(),
  topics: z.array(z.string()),
  tags: z.array(z.string()),
  status: z.enum(["open", "resolved"]),
  note: z.string().nullable(),
  excluded: z.boolean(),
  flags: z.array(z.string()),
});
export type ResponseItem = z.output<typeof responseItemShape>;

/** One item of `GET /v1/surveys/:id/comments`. */
export const commentItemShape = responseItemShape.extend({ comment: z.string() });
export type CommentItem = z.output<typeof commentItemShape>;
