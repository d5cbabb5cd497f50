/** The outbox's slow way: again with back-off, on `online` and on the next page, until confirmed, refused or too old. */
import { instantOfResponseId, mintResponseId } from "../shared/response-id.ts";
import type { Asking } from "./asking.ts";
import { warn } from "./listen.ts";
import type { Memory, Unsent } from "./memory.ts";
import { confirm, isStored, send } from "./outbox.ts";

/** The collector believes a browser's clock no further back. */
const oldestMs = 7 * 864e5;
const mostEntries = 20;
const resumableMs = 30 * 60_000;

type Sender = { host: string; memory: Memory; body?: Asking["body"] };

let running: Promise<void> | undefined;
let again = false;
let attempts = 0;

/** One pass at a time; asked for in the middle of one, another follows. */
export function resend(sender: Sender): Promise<void> {
  again = true;
  running ??= (async () => {
    while (again) {
      again = false;
      await pass(sender);
    }
    running = undefined;
  })();
  return running;
}

async function pass(sender: Sender): Promise<void> {
  const { memory } = sender;
  memory.change((kept) => {
    const entries = Object.entries(kept.outbox ?? {}).sort(([, a], [, b]) => b.at - a.at);
    for (const [index, [id, entry]] of entries.entries()) {
      const age = Date.now() - entry.at;
      if (age > resumableMs) delete entry.step;
      const done = entry.sent === entry.body.rev && entry.step == null;
      if (done || age > oldestMs || index >= mostEntries) delete kept.outbox![id];
    }
    if (!Object.keys(kept.outbox ?? {})[0]) delete kept.outbox;
  });
  let wait = 0;
  for (const entry of Object.values(memory.read().outbox ?? {}))
    if (entry.sent !== entry.body.rev) wait = Math.max(wait, await once(sender, entry));
  if (wait) retryLater(sender, wait);
  else attempts = 0;
}

/** Sends one entry. Seconds until another try is worth it, 0 for none on this page. */
async function once(sender: Sender, entry: Unsent): Promise<number> {
  const { memory, host } = sender;
  const { id, rev } = entry.body;
  const reply = await send(host, entry.body);
  const { code, now } = reply.body;
  if (isStored(reply)) confirm(memory, id, rev);
  else if (code === "clock_skew" && now && !entry.reminted)
    return (await remint(sender, id, Date.parse(now))) ? 0.1 : 0;
  // A forgotten "www" in the survey's origins must not cost taps: 403 and 404 stay until they age out.
  else if ([400, 409, 413, 422].includes(reply.status)) {
    warn(`an answer was refused: ${code ?? reply.status}`);
    memory.change((kept) => {
      if (kept.outbox?.[id]?.body.rev === rev) delete kept.outbox![id];
    });
  } else if (reply.status === 0 || reply.status === 429 || reply.status >= 500)
    return reply.retryAfterSeconds ?? Math.min(2 ** attempts++, 300);
  return 0;
}

/** The device's clock is off: the id is made anew by the collector's, once, whichever tab comes first. */
async function remint(sender: Sender, id: string, now: number): Promise<boolean> {
  const { memory } = sender;
  let done = false;
  const change = () =>
    memory.change((kept) => {
      const entry = kept.outbox?.[id];
      if (!entry || entry.reminted) return;
      const elapsed = Math.max(0, Date.now() - instantOfResponseId(id));
      const fresh = mintResponseId(
        now - Math.min(elapsed, oldestMs - 36e5),
        crypto.getRandomValues(new Uint8Array(10)),
      );
      entry.body.id = fresh;
      entry.reminted = true;
      delete kept.outbox![id];
      kept.outbox![fresh] = entry;
      if (sender.body?.id === id) sender.body.id = fresh;
      if (memory.tab() === id) memory.tab(fresh);
      done = true;
    });
  if (navigator.locks) await navigator.locks.request("vidhuk", change);
  else change();
  return done;
}

function retryLater(sender: Sender, seconds: number): void {
  const stop = new AbortController();
  const go = () => {
    stop.abort();
    clearTimeout(timer);
    resend(sender);
  };
  // Up to half as long again, so that a shop's visitors do not come back all at once.
  const timer = setTimeout(go, seconds * 1000 * (1 + Math.random() / 2));
  addEventListener("online", go, { signal: stop.signal });
}
