import * as z from "zod";
import { limits } from "../limits.ts";
import { apiKeyShape } from "./key.ts";
import { instantShape } from "./text.ts";

const secret = z.string().min(1, { error: "must not be empty" }).max(200, { error: "is too long" });

/** The body of `POST /v1/session`: a key, or a one-time code made by somebody who has one. */
export const signInSchema = z.union([z.strictObject({ key: secret }), z.strictObject({ code: secret })], {
  error: "must have either key or code",
});

/** Who is signed in: what `GET /v1/session` and `POST /v1/session` answer. */
export const sessionShape = apiKeyShape.pick({ scope: true, survey: true, expires_at: true }).extend({
  /** The key's id, or "root" for the admin token. */
  key: z.string(),
});
export type Session = z.output<typeof sessionShape>;

const days = Array.from({ length: limits.signInCodeDaysMost }, (_, index) => String(index + 1));

/** The query of `POST /v1/session/codes`: a code that is to reach somebody else may live for days. */
export const signInCodeQuerySchema = z.strictObject({
  expires_in_days: z
    .enum(days, { error: `must be a whole number from 1 to ${limits.signInCodeDaysMost}` })
    .transform(Number)
    .optional(),
});

/** The reply to `POST /v1/session/codes`. */
export const signInCodeShape = z.object({ code: z.string(), expires_at: instantShape });
export type SignInCode = z.output<typeof signInCodeShape>;
