/** What an owner's server does: signs who its visitor is. Written from the documentation, not with our own code. */
import type { NewSigningKey } from "../../../shared/schema/signing-key.ts";
import type { Collector } from "./collector.ts";
import { ADMIN, HOUR, NOON } from "./collector.ts";

export type Claims = { sub: string; aud: string; exp: number; kid: string };

export async function anIdentityKey(collector: Collector, survey: string): Promise<Required<NewSigningKey>> {
  const reply = await collector.request<Required<NewSigningKey>>(
    "POST",
    `/v1/surveys/${survey}/signing-keys`,
    {},
    ADMIN,
  );
  if (reply.status !== 201) throw new Error(reply.text);
  return reply.body;
}

export async function identityToken(
  key: { id: string; secret: string },
  claims: Partial<Claims> & Pick<Claims, "sub" | "aud">,
  prefix = "id.v1.",
): Promise<string> {
  const all = { exp: (NOON + HOUR) / 1000, kid: key.id, ...claims };
  const payload = encode(new TextEncoder().encode(JSON.stringify(all)));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(key.secret), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", secret, new TextEncoder().encode(prefix + payload));
  return `${payload}.${encode(new Uint8Array(signature))}`;
}

export function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
