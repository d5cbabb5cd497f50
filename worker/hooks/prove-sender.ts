/** Whether a request to a hook comes from its sender: by the hook's key, the sender's signature, or Bitrix24's own token. */
import type { Context } from "hono";
import { valueAt } from "../../shared/hooks/pointer.ts";
import { hashText, sameSecret } from "../crypto/hash.ts";
import type { StoredHook } from "../db/hooks.ts";
import type { App } from "../env.ts";
import { publicUrl } from "../http/public-url.ts";
import type { Payload } from "./payload.ts";
import { KEY_PARAMETER } from "./payload.ts";
import { isSigned } from "./signatures.ts";

/** Stands for the hook that there is not, so that a request to it takes as long to be refused: its secrets are nobody's. */
const NOBODY = { keyHash: "", secrets: { secret: "none", bitrix24: null }, settings: { signature: null } } as const;

/** False also where there is no hook. What is compared takes the same time whichever of the two is the reason. */
export async function isSender(c: Context<App>, hook: StoredHook | null, { raw, value }: Payload): Promise<boolean> {
  const { keyHash, secrets, settings } = hook ?? NOBODY;
  // Some senders put a header of their own into each request, so a key in the address counts beside it.
  const keys = [/^Bearer (\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1], c.req.query(KEY_PARAMETER)];
  const request = {
    headers: c.req.raw.headers,
    method: c.req.method,
    address: publicUrl(c) + c.req.url.slice(new URL(c.req.url).origin.length),
    raw,
  };
  const token = valueAt(value, "/auth/application_token");
  const [byHeader, byAddress, bySignature, byToken] = await Promise.all([
    ...keys.map(async (key) => sameSecret(await hashText(key ?? ""), keyHash)),
    isSigned(settings.signature ?? "standard", secrets.secret ?? "none", request, c.var.now),
    sameSecret(typeof token === "string" ? token : "", secrets.bitrix24?.application_token ?? "none"),
  ]);
  return (
    byHeader === true ||
    byAddress === true ||
    (bySignature === true && settings.signature !== null && secrets.secret !== null) ||
    (byToken === true && secrets.bitrix24 !== null)
  );
}
