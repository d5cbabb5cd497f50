import * as z from "zod";
import { limits } from "../limits.ts";
import { scopes } from "../vocabulary.ts";
import { surveyIdSchema } from "./response.ts";
import { filledTextUpTo, instant, instantShape, oneOf } from "./text.ts";

export const newKeySchema = z.strictObject({
  name: filledTextUpTo(limits.nameCharacters),
  scope: oneOf(scopes),
  /** Bound to one survey; `null` or absent: all of them. */
  survey: surveyIdSchema.nullable().optional(),
  expires_at: instant.nullable().optional(),
});

/** The query of `DELETE /v1/keys/:key`: whether the keys that it made go with it, and those that they made. */
export const keyDeleteSchema = z.strictObject({
  made: z.enum(["revoke", "keep"], { error: "must be revoke or keep" }).default("revoke"),
});

/** A key as it is listed: never the key itself. */
export const apiKeyShape = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(scopes),
  /** The one survey that the key reaches; null: all of them. */
  survey: z.string().nullable(),
  created_at: instantShape,
  expires_at: instantShape.nullable(),
  /** The key that made it; null: the root key, or one of before this was kept. */
  made_by: z.string().nullable(),
});
export type ApiKey = z.output<typeof apiKeyShape>;

/** The reply to `POST /v1/keys`: the one time that the key is shown. */
export const newApiKeyShape = apiKeyShape.extend({ key: z.string() });
export type NewApiKey = z.output<typeof newApiKeyShape>;
