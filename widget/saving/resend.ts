/** The outbox's slow way: again with back-off, on `online` and on the next page, until confirmed, refused or too old. */
import { mintResponseId } from "../../shared/response-id.ts";
import { warn } from "../listen.ts";
import type { Kept, Unsent } from "../memory.ts";
import { tabResponse } from "../memory.ts";
import type { Page } from "../page.ts";
import { confirm, isStored, send, sweep } from "./outbox.ts";

/** The collector believes a browser's clock no further back. */
const oldestMs = 7 * 864e5;
const mostEntries = 20;
/** A conversation left in the middle is taken up again by the tab it stood in, this long. */
const resumableMs = 30 * 60_000;

/** On the next page: sends what is left, and goes on where this tab was. */
export function resume(page: Page): void {
  const { questions } = page.config;
  const { step, body, at = 0 } = page.memory.recall().outbox?.[tabResponse(page.key, page.api)] ?? {};
  if (body?.survey === page.config.id && step! < (questions?.length ?? 3) && Date.now() - at < resumableMs) {
    page.body = body;
    page.step = step;
    page.ask(true);
  }
  resend(page);
}

const queue = new WeakMap<object, Promise<void>>();

/** One pass at a time; asked for in the middle of one, another follows. */
export function resend(page: Page): Promise<void> {
  const next = (queue.get(page.api) ?? Promise.resolve()).then(() => pass(page)).catch(warn);
  queue.set(page.api, next);
  return next;
}

async function pass(page: Page): Promise<void> {
  page.memory.keep(tidy);
  let wait = 0;
  for (const entry of Object.values(page.memory.recall().outbox ?? {}))
    if (entry.sent !== entry.body.rev) wait = Math.max(wait, await once(page, entry));
  if (wait) retryLater(page, wait);
  else attempts = 0;
}

/** Lets go of what is done, too old or too much. */
function tidy(kept: Kept): void {
  const entries = Object.entries(kept.outbox ?? {}).sort(([, a], [, b]) => b.at - a.at);
  for (const [index, [id, entry]] of entries.entries()) {
    const age = Date.now() - entry.at;
    if (age > resumableMs) delete entry.step;
    if (age > oldestMs || index >= mostEntries) delete kept.outbox![id];
  }
  sweep(kept);
}

/** Sends one entry. Seconds until another try is worth it, 0 for none on this page. */
async function once(page: Page, entry: Unsent): Promise<number> {
  const { body, reminted, sent } = entry;
  const { id, rev } = body;
  const turnstile = tokens.get(id);
  const { config } = page;
  // What is known to be asked for is not first sent without it.
  if (config.turnstile && config.id === body.survey && !turnstile && sent == null) {
    prove(page, entry, config.turnstile);
    return 0;
  }
  const reply = await send(page.host, turnstile ? { ...body, turnstile } : body);
  const { code, now, site_key } = reply.body;
  if (isStored(reply)) {
    tokens.delete(id);
    confirm(page, id, rev);
  } else if (code === "challenge_required" && site_key) prove(page, entry, site_key);
  else if (code === "clock_skew" && now && !reminted) return (await remint(page, id, Date.parse(now))) ? 0.1 : 0;
  // A forgotten "www" in the survey's origins must not cost taps: 403 and 404 stay until they age out.
  else if ([400, 409, 413, 422].includes(reply.status)) {
    warn(`an answer was refused: ${code ?? reply.status}`);
    page.memory.keep((kept) => {
      if (kept.outbox?.[id]?.body.rev === rev) delete kept.outbox?.[id];
      sweep(kept);
    });
  } else if (reply.status === 0 || reply.status === 429 || reply.status >= 500)
    return reply.retryAfterSeconds ?? Math.min(2 ** attempts++, 300);
  return 0;
}

let attempts = 0;

/** Turnstile's, by response: each is good for one, which may be sent more than once. */
const tokens = new Map<string, string>();
/** Challenges met on this page, by response; one that is still going on counts for all. */
const challenges = new Map<string, number>();
const mostChallenges = 3;

/** Beside the queue, for it may wait for the visitor: gets a token and sends again, or leaves it to the next page. */
async function prove(page: Page, { body: { id, locale }, declined }: Unsent, siteKey: string): Promise<void> {
  const met = challenges.get(id) ?? 0;
  tokens.delete(id);
  if (met >= mostChallenges) return;
  challenges.set(id, mostChallenges);
  if (met) await new Promise((resolve) => setTimeout(resolve, 1250 * 4 ** met));
  try {
    const challenge = await page.load<typeof import("../challenge.tsx")>(`challenge-${locale}`);
    tokens.set(id, await challenge.prove(page, { siteKey, quiet: declined }));
  } catch (reason) {
    if (reason === "declined")
      return page.memory.keep(({ outbox }) => {
        if (outbox?.[id]) outbox[id].declined = true;
      });
    if (!met) warn(`an answer waits on the device: ${reason}`);
  }
  challenges.set(id, met + 1);
  resend(page);
}

/** The device's clock is off: the id is made anew by the collector's, once, whichever tab comes first. */
async function remint(page: Page, id: string, now: number): Promise<boolean> {
  let done = false;
  const change = () =>
    page.memory.keep((kept) => {
      const entry = kept.outbox?.[id];
      if (!entry || entry.reminted) return;
      const ago = Math.min(Math.max(0, Date.now() - entry.at), oldestMs / 2);
      const fresh = mintResponseId(now - ago, crypto.getRandomValues(new Uint8Array(10)));
      delete kept.outbox![id];
      kept.outbox![fresh] = { ...entry, body: { ...entry.body, id: fresh }, reminted: true };
      if (page.body?.id === id) page.body.id = fresh;
      if (tabResponse(page.key, page.api) === id) tabResponse(page.key, page.api, fresh);
      done = true;
    });
  if (navigator.locks) await navigator.locks.request("vidhuk", change);
  else change();
  return done;
}

function retryLater(page: Page, seconds: number): void {
  const stop = new AbortController();
  const go = () => {
    stop.abort();
    clearTimeout(timer);
    resend(page);
  };
  // Up to half as long again, so that a shop's visitors do not come back all at once.
  const timer = setTimeout(go, seconds * 1000 * (1 + Math.random() / 2));
  addEventListener("online", go, { signal: stop.signal });
}
