/** One respondent's answers: kept and sent at each tap, all that were given so far each time. */
import { limits } from "../shared/limits.ts";
import { mintResponseId } from "../shared/response-id.ts";
import type { Properties, ResponseBody } from "../shared/schema/response.ts";
import type { Asking } from "./asking.ts";
import { dayOf } from "./eligibility.ts";
import { deliver } from "./outbox.ts";
import { pageAddress } from "./visit.ts";

export type Answers = Pick<ResponseBody, "nps" | "csat" | "comment">;

/** Stores the answers with those before them, and sends them off. Never waits, never throws. */
export function save(asking: Asking, step: number, answers: Answers): void {
  const { config, memory } = asking;
  const { id, token, properties } = asking.person();
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
  const page = pageAddress();
  asking.body ??= {
    survey: config.id,
    id: mintResponseId(Date.now(), random(10)),
    secret: [...random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    locale: LANGUAGE,
    // A sandboxed or local page has no address that the collector would take.
    ...(/^http/.test(page) && { page }),
    ...(asking.test && { test: true }),
  };
  const { body } = asking;
  Object.assign(body, answers, {
    rev: (body.rev ?? 0) + 1,
    ...(properties && { properties: flat(properties) }),
  });
  if (id != null && id !== "")
    body.respondent = { id: String(id).slice(0, limits.respondentCharacters), ...(token && { token }) };
  memory.tab(body.id);
  memory.change((kept) => {
    kept.outbox = { ...kept.outbox, [body.id]: { ...kept.outbox?.[body.id], body, at: Date.now(), step } };
  });
  asking.note({ answered: dayOf(Date.now()) }, true);
  deliver(asking, body);
}

/** What the collector takes: a page's odd value must not cost a score. */
function flat(properties: Record<string, unknown>): Properties {
  const cut = (text: unknown, most: number) => String(text).slice(0, most);
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name, value]) => name && (value === null || /^(st|nu|bo)/.test(typeof value)))
      .slice(-limits.properties)
      .map(([name, value]) => [
        cut(name, limits.propertyNameCharacters),
        typeof value === "string" ? cut(value, limits.propertyValueCharacters) : value,
      ]),
  ) as Properties;
}
