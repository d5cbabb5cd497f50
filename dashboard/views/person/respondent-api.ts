/** All that the collector holds on one person, and its erasure: as many calls as it takes. */
import type { Erased, Person } from "../../../shared/schema/person.ts";
import type { Refusal, Reply } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { respondentPath } from "../../data/api-paths.ts";
import { fetchAllPages } from "../../data/pages.ts";

/** Everything held on a person, every page of it as one. */
export async function fetchPerson(
  id: string,
  signal?: AbortSignal,
  onCount?: (answers: number) => void,
): Promise<Reply<Omit<Person, "next">>> {
  const reply = await fetchAllPages<Person>(respondentPath(id), signal, onCount);
  if (!reply.ok) return reply;
  const { next: _, ...person } = reply.value;
  return { ok: true, value: person };
}

/** `refusal`: why not everything was erased; what was erased before it stays erased. */
export async function erasePerson(
  id: string,
): Promise<{ responses: number; invitations: number; refusal: Refusal | null }> {
  const sum = { responses: 0, invitations: 0, refusal: null };
  for (;;) {
    const reply = await call<Erased>("DELETE", respondentPath(id));
    if (!reply.ok) return { ...sum, refusal: reply.refusal };
    sum.responses += reply.value.responses;
    sum.invitations += reply.value.invitations;
    if (!reply.value.more) return sum;
  }
}
