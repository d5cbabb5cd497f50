/** The only fetch. Every call gives a value, the reply or the reason why there is none; no call throws. */

import type { ProblemBody, ProblemCode, ProblemConflict, ProblemError } from "../../shared/problem.ts";
import type { ImportReply } from "../../shared/schema/import.ts";
import { sessionPath } from "./api-paths.ts";

export type Refusal = {
  /** `cut`: the connection broke off before the whole reply was here. */
  code: ProblemCode | "offline" | "unreadable" | "cut";
  status: number;
  detail: string;
  errors: ProblemError[];
  /** With `conflict`: what somebody else has changed too. */
  conflicts?: ProblemConflict[];
};
export type Reply<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

type Method = "GET" | "POST" | "PATCH" | "DELETE";

let onSignedOut = () => {};

/** Calls `act` whenever the collector no longer knows who we are. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

export function get<Value>(path: string, signal?: AbortSignal): Promise<Reply<Value>> {
  return call("GET", path, undefined, signal && { signal });
}

/** `key`: acts with this key in place of the reader's session. */
export async function call<Value>(
  method: Method,
  path: string,
  body?: unknown,
  { signal, key, headers }: { signal?: AbortSignal; key?: string; headers?: Record<string, string> } = {},
): Promise<Reply<Value>> {
  try {
    const response = await fetch(path, {
      method,
      // With the session's cookie the collector takes JSON from its own pages only, even where there is no body.
      headers: {
        ...(method !== "GET" && { "Content-Type": "application/json" }),
        ...headers,
        ...(key && { Authorization: `Bearer ${key}` }),
      },
      ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
      ...(signal && { signal }),
    });
    if (response.status === 401 && path !== sessionPath && !key) onSignedOut();
    if (response.ok) return { ok: true, value: response.status === 204 ? (null as Value) : await response.json() };
    return { ok: false, refusal: await refusalOf(response) };
  } catch {
    return unreachable;
  }
}

export const unreachable = refused("offline");
/** What came is not the whole. */
export const cut = refused("cut");

function refused(code: "offline" | "cut"): Reply<never> {
  return { ok: false, refusal: { code, status: 0, detail: "", errors: [] } };
}

/** The beginning of a file that the collector makes of `path` in the form of `type`, a media type; its body is still to be read. */
export async function openFile(path: string, type: string, signal: AbortSignal): Promise<Reply<Response>> {
  try {
    const response = await fetch(path, { headers: { Accept: type }, signal });
    if (response.status === 401) onSignedOut();
    return response.ok ? { ok: true, value: response } : { ok: false, refusal: await refusalOf(response) };
  } catch {
    return unreachable;
  }
}

/** What the collector says of a part of an import. `isStored` is false where the part has lines that are refused. */
export type PartReply = ImportReply & { isStored: boolean };

/** Sends lines of NDJSON to an import. A reply that names lines is a value also where it refuses them. */
export async function sendLines(path: string, lines: string, signal: AbortSignal): Promise<Reply<PartReply>> {
  try {
    const headers = { "Content-Type": "application/x-ndjson" };
    const response = await fetch(path, { method: "POST", headers, body: lines, signal });
    if (response.status === 401) onSignedOut();
    if (response.ok) return { ok: true, value: { ...(await response.json()), isStored: true } };
    const body = await response.json().catch(() => ({}));
    if ("refused_total" in body) return { ok: true, value: { ...body, isStored: false } };
    return { ok: false, refusal: refusalBy(response, body) };
  } catch {
    return unreachable;
  }
}

async function refusalOf(response: Response): Promise<Refusal> {
  return refusalBy(response, await response.json().catch(() => ({})));
}

function refusalBy(response: Response, body: Partial<ProblemBody>): Refusal {
  const { code = "unreadable", detail = response.statusText, errors = [], conflicts } = body;
  return { code, status: response.status, detail, errors, ...(conflicts && { conflicts }) };
}
