/** Shapes of the replies that have no file of their own. Never parsed at run time. */
import * as z from "zod";
import { scopes } from "../../vocabulary.ts";
import { commentItemShape, responseItemShape } from "../comment.ts";
import { fillingShape } from "../metrics-reply.ts";
import { surveySettingsSchema } from "../survey.ts";

const instant = z.iso.datetime();

export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export const receiptShape = z.object({ id: z.string(), created_at: instant, updated_at: instant });
export const surveyShape = surveySettingsSchema.extend({
  id: z.string(),
  created_at: instant,
  updated_at: instant,
  filling: fillingShape.optional(),
});
export const surveysShape = listOf(surveyShape);
export const commentsShape = listOf(commentItemShape);
export const responsesShape = listOf(responseItemShape);
export const keyShape = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(scopes),
  survey: z.string().nullable(),
  created_at: instant,
  expires_at: instant.nullable(),
});
export const newKeyShape = keyShape.extend({ key: z.string() });
export const keysShape = listOf(keyShape);
export const healthShape = z.looseObject({
  ok: z.boolean(),
  schema: z.string(),
  missing: z.array(z.string()).optional(),
});
export const eligibilityShape = z.object({ ask: z.boolean(), reason: z.string().optional() });
/** An object told in words only. */
export const anyShape = z.looseObject({});
export const countedShape = z.object({ counted: z.boolean() });
export const badgeShape = z.object({
  schemaVersion: z.literal(1),
  label: z.string(),
  message: z.string(),
  color: z.string(),
});
export const sessionShape = keyShape.pick({ scope: true, survey: true, expires_at: true }).extend({ key: z.string() });
export const signInCodeShape = z.object({ code: z.string(), expires_at: instant });
export const auditShape = listOf(
  z.looseObject({
    at: instant,
    request: z.string(),
    key: z.string(),
    act: z.string(),
    respondent: z.string().nullable(),
    count: z.number().nullable(),
  }),
);
export const signingKeyShape = z.object({
  id: z.string(),
  use: z.string(),
  created_at: instant,
  secret: z.string().optional(),
});
export const invitationsShape = z.object({
  invitations: z.array(z.looseObject({ id: z.string(), respondent: z.string(), url: z.string() })),
  skipped: z.array(z.object({ respondent: z.string(), reason: z.string() })),
});
export const invitationShape = z.looseObject({ id: z.string(), respondent: z.string() });
export const unsubscribeShape = z.object({
  respondent: z.string(),
  survey: z.string().nullable(),
  source: z.enum(["link", "api"]),
  created_at: instant,
});
export const emailBlockShape = z.object({ html: z.string(), text: z.string() });
export const testResponsesShape = listOf(z.looseObject({ id: z.string(), received_at: instant }));
export const problemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  now: instant.optional(),
  site_key: z.string().optional(),
  request_id: z.string().optional(),
});
