import { createHmac } from "node:crypto";

type Claims = { sub: string; aud: string; kid: string };

/** As an owner's server would sign it, by docs/widget.md alone; good for an hour. */
export function identityToken(secret: string, claims: Claims): string {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const payload = Buffer.from(JSON.stringify({ ...claims, exp })).toString("base64url");
  return `${payload}.${createHmac("sha256", secret).update(`id.v1.${payload}`).digest("base64url")}`;
}
