/** The outbox's slow way: again with back-off, on `online` and on the next page, until confirmed, refused or too old. */
import { limits } from "../../shared/limits.ts";
import type { ProblemCode } from "../../shared/problem.ts";
import { surveyDefaults } from "../../shared/vocabulary.ts";
import { listen, warn } from "../listen.ts";
import {
  findOldOutbox,
  findPending,
  findTyped,
  listPending,
  putPending,
  removeStored,
  setOldOutbox,
  tabResponse,
} from "../memory.ts";
import type { Page, PendingResponse } from "../page.ts";
import { postWithoutFetch } from "../transport.ts";
import { isReceipt, send } from "./outbox.ts";
import { readPending } from "./pending-shape.ts";

/** The collector believes a browser's clock no further back. */
const oldestMs = limits.clockBackDays * 864e5;
/** A counter's busy day, and a fifth of what a browser lets a site store. */
const mostEntries = 2000;
/** A conversation left in the middle is taken up again by the tab it stood in, this long. */
const resumableMs = 30 * 60_000;
/** One pass gives up after so many that cannot be delivered now: the others hardly can. */
const mostFailures = 3;
/** The longest that a collector asks for. What a stranger asks for may be more than a timer can count. */
const longestPauseSeconds = 3600;
/** Without a word from the collector the pauses double up to this. */
const longestBackOffSeconds = 300;

/** On the next page: sends what is left, and goes on where this tab was. */
export function resume(page: Page): void {
  takeOldOutbox(page);
  const { entry, intact } = readPending(findPending(page, tabResponse(page)), Date.now()) ?? {};
  const { id, questions = surveyDefaults.questions } = page.config;
  const started = intact && entry!.body.survey === id;
  const open = started && entry!.step! < questions.length && Date.now() - entry!.at < resumableMs;
  const typedAt = findTyped(page) ? questions.indexOf("comment") : -1;
  if (open || typedAt >= 0) {
    if (started) {
      page.pending = entry;
      page.body = entry!.body;
    }
    page.step = typedAt >= 0 ? typedAt : entry!.step;
    page.ask(true);
  }
  resend(page);
}

/** Where the tab is back on a page: another page may have gone on with the conversation meanwhile, or ended it. */
export function catchUp(page: Page, close: () => void, go: (step: number) => void): void {
  // What is kept for the page's life only, no other page can have changed.
  if (!page.body || page.api.pending?.[page.body.id]) return;
  const { entry, intact } = readPending(findPending(page, tabResponse(page)), Date.now()) ?? {};
  if (!intact || entry!.body.id !== page.body.id) {
    close();
    return;
  }
  if (entry!.body.rev === page.body.rev) return;
  page.pending = entry;
  page.body = entry!.body;
  go(entry!.step ?? (page.config.questions ?? surveyDefaults.questions).length);
}

const queue = new WeakMap<object, Promise<void>>();

/** One pass at a time; asked for in the middle of one, another follows. */
export function resend(page: Page): Promise<void> {
  const next = (queue.get(page.api) ?? Promise.resolve()).then(() => pass(page)).catch(warn);
  queue.set(page.api, next);
  return next;
}

async function pass(page: Page): Promise<void> {
  let wait = 0;
  let failures = 0;
  // In any order: one that cannot be delivered for days must not always come before the others.
  for (const { id } of tidy(page).sort(() => Math.random() - 0.5)) {
    // Read anew: another tab may have delivered it meanwhile.
    const entry = readPending(findPending(page, id), Date.now())?.entry;
    if (!entry || entry.sent === entry.body.rev) continue;
    const seconds = await sendEntry(page, entry);
    wait = Math.max(wait, seconds);
    if (seconds && ++failures === mostFailures) break;
  }
  takeOldOutbox(page);
  if (wait) retryLater(page, wait);
  else attempts = 0;
}

/** How many undelivered answers were given up and not yet told of. */
let givenUp = 0;

/** Lets go of what is done, too old, too much or unreadable, and puts right what can be. The rest, by id. */
function tidy(page: Page): { id: string; at: number }[] {
  const now = Date.now();
  const kept: { id: string; at: number }[] = [];
  for (const id of listPending(page)) {
    const { entry, intact } = readPending(findPending(page, id), now) ?? {};
    if (entry?.body.id !== id) {
      giveUp(page, id);
      continue;
    }
    const age = now - entry.at;
    const confirmed = entry.sent === entry.body.rev;
    const left = entry.step !== undefined && age > resumableMs;
    if (left) entry.step = undefined;
    const over = confirmed && entry.step === undefined;
    if (age > oldestMs && !confirmed) giveUp(page, id);
    else if (!intact || left || over) putPending(page, entry);
    if (age <= oldestMs && !over) kept.push({ id, at: entry.at });
  }
  for (const { id } of kept.sort((a, b) => b.at - a.at).splice(mostEntries)) giveUp(page, id);
  if (givenUp) warn(`${givenUp} answers on the device were too old, too many or unreadable`);
  givenUp = 0;
  return kept;
}

function giveUp(page: Page, id: string): void {
  givenUp++;
  drop(page, id);
}

function drop(page: Page, id: string): void {
  delete page.api.pending?.[id];
  removeStored(page, id);
  // Or the end of the conversation would keep it again.
  if (page.pending?.body.id === id) page.pending = undefined;
}

/** Answers that a build of before kept in one list: each moves under a key of its own. */
function takeOldOutbox(page: Page): void {
  const found = findOldOutbox(page);
  if (found === undefined) return;
  const left: Record<string, PendingResponse> = {};
  for (const each of typeof found === "object" ? Object.values(found ?? {}) : [found]) {
    const { entry } = readPending(each, Date.now()) ?? {};
    const id = entry?.body.id;
    if (!id) givenUp++;
    else if (!delivered.has(id) && !putPending(page, readPending(findPending(page, id), Date.now())?.entry ?? entry!))
      left[id] = entry!;
  }
  setOldOutbox(page, left);
}

/** What this page knows to be delivered. */
const delivered = new Set<string>();

/** Sends one entry. Seconds until another try is worth it, 0 for none on this page. */
async function sendEntry(page: Page, entry: PendingResponse): Promise<number> {
  const { body, sent } = entry;
  const { id, rev } = body;
  const turnstile = tokens.get(id);
  const { config } = page;
  // What is known to be asked for is not first sent without it.
  if (config.turnstile && config.id === body.survey && !turnstile && sent == null) {
    prove(page, entry, config.turnstile);
    return 0;
  }
  const sending = turnstile ? { ...body, turnstile } : body;
  let reply = await send(page.host, sending);
  if (!reply.status) reply = await send(page.host, sending, postWithoutFetch);
  const { code, site_key } = reply.body ?? {};
  if (isReceipt(reply, body)) {
    tokens.delete(id);
    delivered.add(id);
    change(page, id, (pending) => pending.body.rev === rev && { sent: rev });
  } else if (code === "challenge_required" && site_key) prove(page, entry, site_key);
  else if (refusals.includes(code!)) {
    warn(`an answer was refused: ${code}`);
    if (findPending(page, id)?.body?.rev === rev) drop(page, id);
  } else if (!ownersMatters.includes(code!))
    // The collector is busy, or somebody else answered in its place.
    return Math.min(reply.retryAfterSeconds ?? Math.min(2 ** attempts++, longestBackOffSeconds), longestPauseSeconds);
  return 0;
}

/** The collector's words for what it will never take. A status alone may be anybody's between here and there. */
const refusals: ProblemCode[] = ["not_json", "body_too_large", "invalid", "unknown_field", "no_answer", "closed"];
/**
 * What the owner may put right within days: a forgotten "www" in the survey's origins must not cost taps. The next page
 * tries again. Only a collector of before refuses the device's clock.
 */
const ownersMatters: ProblemCode[] = [
  "origin_not_allowed",
  "unknown_survey",
  "not_yours",
  "challenge_required",
  "clock_skew",
];

let attempts = 0;

/** Turnstile's, by response: each is good for one, which may be sent more than once. */
const tokens = new Map<string, string>();
/** Challenges met on this page, by response; one that is still going on counts for all. */
const challenges = new Map<string, number>();
const mostChallenges = 3;

/** Beside the queue, for it may wait for the visitor: gets a token and sends again, or leaves it to the next page. */
async function prove(page: Page, { body: { id, locale }, declined }: PendingResponse, siteKey: string): Promise<void> {
  const met = challenges.get(id) ?? 0;
  tokens.delete(id);
  if (met >= mostChallenges) return;
  challenges.set(id, mostChallenges);
  if (met) await new Promise((resolve) => setTimeout(resolve, 1250 * 4 ** met));
  try {
    const challenge = await page.load<typeof import("../challenge.tsx")>(`challenge-${locale}`);
    tokens.set(id, await challenge.prove(page, { siteKey, quiet: declined }));
  } catch (reason) {
    if (reason === "declined") return change(page, id, () => ({ declined: true }));
    if (!met) warn(`an answer waits on the device: ${reason}`);
  }
  challenges.set(id, met + 1);
  resend(page);
}

/** Changes an answer where it is kept, and in the conversation of this page where it is of that. */
function change(page: Page, id: string, by: (pending: PendingResponse) => Partial<PendingResponse> | false): void {
  const { entry } = readPending(findPending(page, id), Date.now()) ?? {};
  const changes = entry && by(entry);
  if (!changes) return;
  if (page.pending?.body.id === id) Object.assign(page.pending, changes);
  putPending(page, { ...entry, ...changes });
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
  listen(window, "online", stop.signal, go);
}
