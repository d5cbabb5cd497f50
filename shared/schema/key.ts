import * as z from "zod";
import { limits } from "../limits.ts";
import { surveyIdSchema } from "./response.ts";
import { filledTextUpTo } from "./text.ts";

/** What a key may do; each includes those before it. */
export const scopes = ["metrics", "comments", "write", "admin"] as const;
export type Scope = (typeof scopes)[number];

export const newKeySchema = z.strictObject({
  name: filledTextUpTo(limits.nameCharacters),
  scope: z.enum(scopes, { error: "must be metrics, comments, write or admin" }),
  /** Bound to one survey; `null` or absent: all of them. */
  survey: surveyIdSchema.nullable().optional(),
  expires_at: z.iso
    .datetime({ offset: true, error: "must be an instant such as 2027-01-31T00:00:00Z" })
    .nullable()
    .optional(),
});

/** A key as it is listed: never the key itself. */
export type ApiKey = {
  id: string;
  name: string;
  scope: Scope;
  survey: string | null;
  created_at: string;
  expires_at: string | null;
};

/** The reply to `POST /v1/keys`: the one time that the key is shown. */
export type NewApiKey = ApiKey & { key: string };
