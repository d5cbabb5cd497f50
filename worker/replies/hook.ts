import { limits } from "../../shared/limits.ts";
import type { Hook } from "../../shared/schema/hook.ts";
import type { HookWithLast } from "../db/hooks.ts";

/** The hook as it is shown: never its key and its secrets. `host`: where the collector is reached. */
export function publicHook({ id, name, settings, secrets, createdAt, offAt, last }: HookWithLast, host: string): Hook {
  const { bitrix24 } = settings;
  return {
    id,
    url: `${host}/v1/hooks/${id}`,
    name,
    ...settings,
    bitrix24: bitrix24 && { ...bitrix24, host: URL.parse(secrets.bitrix24?.inbound_url ?? "")?.host ?? "" },
    enabled: offAt === null,
    created_at: new Date(createdAt).toISOString(),
    last: last && {
      received_at: new Date(last.receivedAt).toISOString(),
      outcome: last.outcome,
      payload: last.payload === null ? null : JSON.parse(last.payload),
    },
  };
}

/** The instant after which what a hook received is still shown. */
export function shownSince(now: number): number {
  return now - limits.hookPayloadHours * 3_600_000;
}
