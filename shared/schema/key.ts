import * as z from "zod";
import { limits } from "../limits.ts";
import type { Scope } from "../vocabulary.ts";
import { scopes } from "../vocabulary.ts";
import { surveyIdSchema } from "./response.ts";
import { filledTextUpTo, oneOf } from "./text.ts";

export const newKeySchema = z.strictObject({
  name: filledTextUpTo(limits.nameCharacters),
  scope: oneOf(scopes),
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
