/** The settings of a hook: what no schema can check, and which parts of them are secret. */
import type { Bitrix24, NewHook } from "../../shared/schema/hook.ts";
import type { HookSecrets, HookSettings } from "../db/hooks.ts";
import { invalid, Problem } from "../problem.ts";
import { isRefused, targetOf } from "../webhooks/address.ts";

/** What an owner sends, as it is stored: the secrets apart. */
export function partsOf({ name, secret, bitrix24, ...rest }: NewHook): {
  name: string;
  settings: HookSettings;
  secrets: HookSecrets;
} {
  const { link_field, ...secrets } = bitrix24 ?? {};
  return {
    name,
    settings: { ...rest, bitrix24: bitrix24 && { ...(link_field !== undefined && { link_field }) } },
    secrets: { secret: secret ?? null, bitrix24: bitrix24 && (secrets as Omit<Bitrix24, "link_field">) },
  };
}

/** What an owner has sent, put together again. */
export function wholeOf(name: string, { bitrix24, ...settings }: HookSettings, secrets: HookSecrets): NewHook {
  return {
    name,
    ...settings,
    bitrix24: bitrix24 && secrets.bitrix24 && { ...bitrix24, ...secrets.bitrix24 },
    ...(secrets.secret !== null && { secret: secrets.secret }),
  };
}

/**
 * Throws `unsupported_combination` where invitations are to be mailed, and `invalid` for a signature without its secret or a
 * Bitrix24 to which nothing may be sent. `loopback`: whether this machine itself may be asked.
 */
export function checkHook({ send, signature, secret, bitrix24 }: NewHook, loopback: boolean): void {
  if (send)
    throw new Problem("unsupported_combination", {
      detail:
        "This collector does not mail invitations by itself yet. Leave `send` out: the reply has the link to send.",
    });
  if (signature !== null && secret === undefined) throw invalid("/secret", "is needed, to check the signature with");
  if (!bitrix24) return;
  const target = targetOf(bitrix24.inbound_url, loopback);
  if (isRefused(target)) throw invalid("/bitrix24/inbound_url", target.refused);
}
