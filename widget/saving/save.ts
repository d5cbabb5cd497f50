/** One respondent's answers: kept and sent at each tap, all that were given so far each time. */
import { mintResponseId } from "../../shared/response-id.ts";
import type { Properties, ResponseBody } from "../../shared/schema/response.ts";
import { dayOf } from "../asking/eligibility.ts";
import { listenOnce, warn } from "../listen.ts";
import { putPending, tabResponse } from "../memory.ts";
import type { Page, PendingResponse } from "../page.ts";
import { pageAddress } from "../page-address.ts";
import { visitProperties } from "../tag-properties.ts";
import type { Answers } from "../ui/conversation.ts";
import { isReceipt, send } from "./outbox.ts";

/** Stores the answers with those before them, and sends them off. Never waits, never throws. */
export function save(page: Page, step: number, answers: Answers): void {
  page.body ??= newBody(page);
  const { body } = page;
  Object.assign(body, answers, { rev: (body.rev ?? 0) + 1 });
  try {
    describeVisitor(body, page);
  } catch (error) {
    // Whatever the page says of its visitor, it must not cost the answer.
    warn(error);
  }
  const pending = { ...page.pending, body, at: Date.now(), step };
  page.pending = pending;
  putPending(page, pending);
  tabResponse(page, body.id);
  page.memory.set({ answered: dayOf(Date.now()) }, true);
  deliver(page, pending);
}

function newBody({ config, script }: Page): ResponseBody {
  const address = pageAddress();
  return {
    survey: config.id,
    // The page's clock may be a mock that gives no whole number.
    id: mintResponseId(Math.max(0, Math.trunc(Date.now())) || 0, randomBytes(10)),
    secret: [...randomBytes(16)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    locale: LANGUAGE,
    // A sandboxed or local page has no address that the collector would take.
    ...(/^http/.test(address) && { page: address }),
    ...(script.dataset.test != null && { test: true }),
  } as ResponseBody;
}

/** Where the page has put something else in the place of `crypto`, weaker bytes are better than no answer. */
function randomBytes(size: number): Uint8Array {
  const bytes = Uint8Array.from({ length: size }, () => Math.random() * 256);
  try {
    crypto.getRandomValues(bytes);
  } catch {}
  return bytes;
}

function describeVisitor(body: ResponseBody, page: Page): void {
  const { id, token } = page.api.person ?? {};
  const properties = visitProperties(page) as Properties;
  if (Object.keys(properties)[0]) body.properties = properties;
  if (id) body.respondent = { id, token };
}

/** The conversation is over: what is confirmed leaves the device. */
export function finish(page: Page): void {
  tabResponse(page, "");
  if (!page.pending) return;
  page.pending.step = undefined;
  putPending(page, page.pending);
}

/** The quick way: one try. Whatever is not plain success is for the slow way, in a file of its own. */
async function deliver(page: Page, pending: PendingResponse): Promise<void> {
  const { body } = pending;
  const { rev } = body;
  if (page.config.turnstile || !isReceipt(await send(page.host, body), body)) return slowly(page);
  // A newer answer that came meanwhile stays on its way.
  if (rev !== body.rev) return;
  pending.sent = rev;
  putPending(page, pending);
}

function slowly(page: Page): void {
  page.load<typeof import("./resend.ts")>("resend").then(
    (module) => module.resend(page),
    () => listenOnce("online", () => slowly(page)),
  );
}
