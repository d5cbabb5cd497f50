/** One respondent's answers: kept and sent at each tap, all that were given so far each time. */
import { limits } from "../../shared/limits.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { Properties } from "../../shared/schema/response.ts";
import { dayOf } from "../asking/eligibility.ts";
import { putPending, tabResponse } from "../memory.ts";
import type { Page, PendingResponse } from "../page.ts";
import { pageAddress } from "../page-address.ts";
import type { Answers } from "../ui/conversation.ts";
import { isReceipt, send } from "./outbox.ts";

/** Stores the answers with those before them, and sends them off. Never waits, never throws. */
export function save(page: Page, step: number, answers: Answers): void {
  const { id, token, properties } = page.api.person ?? {};
  const address = pageAddress();
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
  page.body ??= {
    survey: page.config.id,
    id: mintResponseId(Date.now(), random(10)),
    secret: [...random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    locale: LANGUAGE,
    // A sandboxed or local page has no address that the collector would take.
    ...(/^http/.test(address) && { page: address }),
    ...(page.script.dataset.test != null && { test: true }),
  };
  const { body } = page;
  Object.assign(body, answers, { rev: (body.rev ?? 0) + 1 }, properties && { properties: flat(properties) });
  if (id != null && id !== "")
    body.respondent = { id: String(id).slice(0, limits.respondentCharacters), ...(token && { token }) };
  const pending = { ...page.pending, body, at: Date.now(), step };
  page.pending = pending;
  putPending(page, pending);
  tabResponse(page, body.id);
  page.memory.set({ answered: dayOf(Date.now()) }, true);
  deliver(page, pending);
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
    () => addEventListener("online", () => slowly(page), { once: true }),
  );
}

/** What the collector takes: a page's odd value must not cost a score. */
function flat(properties: Record<string, unknown>): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name, value]) => name && (value === null || /^(st|nu|bo)/.test(typeof value)))
      .slice(0, limits.properties)
      .map(([name, value]) => [
        name.slice(0, limits.propertyNameCharacters),
        typeof value === "string" ? value.slice(0, limits.propertyValueCharacters) : value,
      ]),
  ) as Properties;
}
