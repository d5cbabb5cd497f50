/**
 * Asks for what the first view needs while the page's own code is still on its way: all at once, where session, survey
 * and figures one after another took three round trips after it.
 */

import { spanOf } from "../address/period.ts";
import type { Reply } from "./api.ts";
import { get } from "./api.ts";
import { commentsPath, figuresPath, sessionPath, surveyPath, surveysPath } from "./api-paths.ts";

type Asked = { coming: Promise<Reply<unknown>>; reply: Reply<unknown> | null };

const asked = new Map<string, Asked>();

/** `hash`: the address from the `#` on. */
export function askAhead(hash: string): void {
  // Whoever comes with a code is not signed in yet.
  if (hash.startsWith("#code=")) return;
  for (const path of [sessionPath, ...pathsOf(hash)]) {
    const entry: Asked = { coming: get(path), reply: null };
    entry.coming.then((reply) => {
      entry.reply = reply;
    });
    asked.set(path, entry);
  }
}

/** Settles when all of it has come, or after `patienceMs`. */
export async function comeAhead(patienceMs: number): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, patienceMs));
  await Promise.race([patience, Promise.all([...asked.values()].map(({ coming }) => coming))]);
}

/** What has come for `path` already; handed out once. */
export function takeCome<Value>(path: string): Reply<Value> | null {
  const reply = asked.get(path)?.reply ?? null;
  if (reply) asked.delete(path);
  return reply as Reply<Value> | null;
}

/** What was asked ahead, else asks now. */
export function ask<Value>(path: string, signal?: AbortSignal): Promise<Reply<Value>> {
  const coming = asked.get(path)?.coming;
  asked.delete(path);
  return (coming as Promise<Reply<Value>> | undefined) ?? get(path, signal);
}

/** Nothing that was asked before is true any more. */
export function forgetAhead(): void {
  asked.clear();
}

function pathsOf(hash: string): string[] {
  const [path = "", search = ""] = hash.slice(1).split("?");
  const [, first, id, tab] = path.split("/");
  if (!first) return [surveysPath];
  if (first !== "s" || !id) return [];
  const query = new URLSearchParams(search);
  const span = spanOf(query, new Date().toISOString().slice(0, 10));
  // Which other days are meant depends on the survey's time zone, and so do the comments of a period.
  if (!tab && /^(90d|custom)$/.test(span.period)) return [surveyPath(id), figuresPath(id, query, span)];
  if (tab === "comments" && query.size === 0) return [surveyPath(id), commentsPath(id, query)];
  return [surveyPath(id)];
}
