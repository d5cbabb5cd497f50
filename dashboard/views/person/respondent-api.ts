/** All that the collector holds on one person, and its erasure: as many calls as it takes. */
import type { Erased, Person } from "../../../shared/schema/person.ts";
import type { Refusal, Reply } from "../../data/api.ts";
import { call, get } from "../../data/api.ts";

export function addressOf(id: string): string {
  return `/v1/respondents/${encodeURIComponent(id)}`;
}

/** Every page of it as one. */
export async function everythingOf(id: string): Promise<Reply<Omit<Person, "next">>> {
  const items: Person["items"] = [];
  let path = `${addressOf(id)}?limit=100`;
  for (;;) {
    const reply = await get<Person>(path);
    if (!reply.ok) return reply;
    const { next, ...person } = reply.value;
    items.push(...person.items);
    if (next === null) return { ok: true, value: { ...person, items } };
    path = `${addressOf(id)}?limit=100&cursor=${next}`;
  }
}

/** `refusal`: why not all of it; what was erased before stays erased. */
export async function eraseEverythingOf(
  id: string,
): Promise<{ responses: number; invitations: number; refusal: Refusal | null }> {
  const sum = { responses: 0, invitations: 0, refusal: null };
  for (;;) {
    const reply = await call<Erased>("DELETE", addressOf(id));
    if (!reply.ok) return { ...sum, refusal: reply.refusal };
    sum.responses += reply.value.responses;
    sum.invitations += reply.value.invitations;
    if (!reply.value.more) return sum;
  }
}
