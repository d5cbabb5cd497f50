/**
 * Bitrix24's outgoing webhook. It tells which item has changed and nothing of the item, and does not read the reply: so the item is
 * fetched, and the link is written into a field of it, from which Bitrix24 sends it.
 */
import { valueAt } from "../../shared/hooks/pointer.ts";
import type { StoredHook } from "../db/hooks.ts";
import type { Sending } from "../webhooks/send.ts";
import { askBitrix24 } from "./ask-bitrix24.ts";
import { readEvent } from "./read-event.ts";

/** How a kind of item is fetched and changed. */
type Kind = { get: string; update: string; parameters: Record<string, unknown> };

export type FetchedItem = { value: unknown; skipped: "not_fetched" | "own_write" | null };

/**
 * What the event tells, with the item as `/item`, and its contact as `/contact` where a pointer of the hook asks for it. `own_write`:
 * the item has a link already, so the event tells of what the hook itself has written.
 */
export async function withItem(value: unknown, hook: StoredHook, sending: Sending): Promise<FetchedItem> {
  const bitrix24 = hook.secrets.bitrix24;
  const told = { event: valueAt(value, "/event"), data: valueAt(value, "/data") };
  const kind = kindOf(value);
  if (!bitrix24 || !kind) return { value: told, skipped: null };
  const ask = (method: string, parameters: Record<string, unknown>) =>
    askBitrix24(bitrix24.inbound_url, method, parameters, sending);
  const result = await ask(kind.get, kind.parameters);
  const item = valueAt(result, "/item") ?? result;
  if (typeof item !== "object" || item === null) return { value: told, skipped: "not_fetched" };
  const field = hook.settings.bitrix24?.link_field;
  const written = field === undefined ? undefined : valueAt(item, `/${field}`);
  if (typeof written === "string" && written !== "") return { value: { ...told, item }, skipped: "own_write" };
  const contact = idOf(valueAt(item, "/CONTACT_ID") ?? valueAt(item, "/contactId"));
  const isMeant = readEvent({ ...told, item }, hook.settings).condition !== false;
  if (contact === null || !isMeant || !asksForContact(hook)) return { value: { ...told, item }, skipped: null };
  const found = await ask("crm.contact.get", { id: contact });
  return { value: { ...told, item, contact: found }, skipped: found === null ? "not_fetched" : null };
}

/** Writes the link into the field of the item, where the hook names one. False if Bitrix24 did not take it. */
export async function writeLink(value: unknown, hook: StoredHook, url: string, sending: Sending): Promise<boolean> {
  const field = hook.settings.bitrix24?.link_field;
  const bitrix24 = hook.secrets.bitrix24;
  const kind = kindOf(value);
  if (field === undefined || !bitrix24 || !kind) return true;
  const parameters = { ...kind.parameters, fields: { [field]: url } };
  return (await askBitrix24(bitrix24.inbound_url, kind.update, parameters, sending)) !== null;
}

const KINDS = /^ONCRM(DEAL|LEAD|CONTACT|COMPANY)(ADD|UPDATE)$/;
const DYNAMIC = /^ONCRMDYNAMICITEM(ADD|UPDATE)(_\d+)?$/;

/** Null for an event of anything else, and for one without an id. */
function kindOf(value: unknown): Kind | null {
  const event = String(valueAt(value, "/event") ?? "").toUpperCase();
  const id = idOf(valueAt(value, "/data/FIELDS/ID"));
  if (id === null) return null;
  const named = KINDS.exec(event)?.[1]?.toLowerCase();
  if (named) return { get: `crm.${named}.get`, update: `crm.${named}.update`, parameters: { id } };
  const entityTypeId = idOf(valueAt(value, "/data/FIELDS/ENTITY_TYPE_ID"));
  if (!DYNAMIC.test(event) || entityTypeId === null) return null;
  return { get: "crm.item.get", update: "crm.item.update", parameters: { entityTypeId, id } };
}

/** Ids are whole numbers above 0; Bitrix24 writes 0 where there is none. */
function idOf(value: unknown): number | null {
  return /^[1-9]\d{0,14}$/.test(String(value)) ? Number(value) : null;
}

function asksForContact({ settings: { map } }: StoredHook): boolean {
  const { properties = {}, ...fields } = map;
  return [...Object.values(fields), ...Object.values(properties)].some((pointer) => pointer.startsWith("/contact/"));
}
