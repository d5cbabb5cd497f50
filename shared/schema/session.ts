import * as z from "zod";
import type { Scope } from "../vocabulary.ts";

const secret = z.string().min(1, { error: "must not be empty" }).max(200, { error: "is too long" });

/** The body of `POST /v1/session`: a key, or a one-time code made by somebody who has one. */
export const signInSchema = z.union([z.strictObject({ key: secret }), z.strictObject({ code: secret })], {
  error: "must have either key or code",
});

/** Who is signed in: what `GET /v1/session` and `POST /v1/session` answer. */
export type Session = {
  /** The key's id, or "root" for the admin token. */
  key: string;
  scope: Scope;
  /** The one survey that the key reaches; null: all of them. */
  survey: string | null;
  expires_at: string | null;
};

/** The reply to `POST /v1/session/codes`. */
export type SignInCode = { code: string; expires_at: string };
