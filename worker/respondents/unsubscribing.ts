/**
 * Who wants to be left alone. An unsubscribe bears the person's name while an answer or an invitation does too; of a person
 * whom nothing else names any more, because they were erased or retention has passed, a keyed hash is kept instead. It is
 * found by whoever names the person, and by nobody who does not.
 */
import type { Contact } from "../db/contacts.ts";
import { listContacts } from "../db/contacts.ts";
import { listUnsubscribesOf } from "../db/respondents.ts";
import type { Store } from "../db/store.ts";
import {
  deleteUnnamed,
  hasUnnamed,
  insertNamed,
  insertUnnamed,
  listUnnamedOf,
  unnameUnsubscribes,
} from "../db/unnamed-unsubscribes.ts";
import type { StoredUnsubscribe, UnnamedUnsubscribe } from "../db/unsubscribes.ts";
import { deleteUnsubscribe, insertUnsubscribe, listUnsubscribes } from "../db/unsubscribes.ts";
import { hashRespondents } from "./respondent-hash.ts";

/** One contact for each respondent, in their order. */
export async function findContacts(store: Store, survey: string, respondents: readonly string[]): Promise<Contact[]> {
  const hashes = (await hasUnnamed(store)) ? await hashRespondents(store, respondents) : [];
  const asked = respondents.map((respondent, index) => ({ respondent, hash: hashes[index] ?? null }));
  return listContacts(store, survey, asked);
}

/**
 * The person's own wish, by a link in a mail: from all surveys. Again is no change. Of the two stores that take it, `named`
 * may say in the log whom it is about.
 */
export async function unsubscribeByLink(
  { named, unnamed }: { named: Store; unnamed: Store },
  respondent: string,
  now: number,
): Promise<void> {
  const hash = await hashOf(unnamed, respondent);
  await insertNamed(named, respondent, hash, now);
  await insertUnnamed(unnamed, respondent, hash, now);
}

/** The owner's entry, which names the person. Again is no change. */
export async function unsubscribe(store: Store, entry: StoredUnsubscribe): Promise<void> {
  await insertUnsubscribe(store, entry);
  if (await hasUnnamed(store)) await deleteUnnamed(store, entry.survey_id, await hashOf(store, entry.respondent_id));
}

/** Takes the person off the list of a survey ('': of all). False if they were not on it. */
export async function resubscribe(store: Store, survey: string, respondent: string): Promise<boolean> {
  const named = await deleteUnsubscribe(store, survey, respondent);
  const unnamed = await deleteUnnamed(store, survey, await hashOf(store, respondent));
  return named || unnamed;
}

/** As `listUnsubscribes`; with those kept under a hash where `start` is the whole id. */
export async function listUnsubscribed(
  store: Store,
  after: { survey: string; respondent: string },
  lists: readonly string[] | null,
  start: string,
  limit: number,
): Promise<StoredUnsubscribe[]> {
  const named = await listUnsubscribes(store, after, lists, start, limit);
  if (start === "") return named;
  const unnamed = (await listUnnamedOf(store, await hashOf(store, start), null, MOST))
    .map((entry) => ({ ...entry, respondent_id: start }))
    .filter((entry) => (lists === null || lists.includes(entry.survey_id)) && isAfter(entry, after));
  // Of one list the name itself comes first, for all others begin with it and go on.
  return [...unnamed, ...named].sort((a, b) => compare(a.survey_id, b.survey_id)).slice(0, limit);
}

/** All entries of one person, in order of survey; only of survey `only` where the asker is bound to one. */
export async function listUnsubscribesOfPerson(
  store: Store,
  respondent: string,
  only: string | null,
  limit: number,
): Promise<UnnamedUnsubscribe[]> {
  const named = await listUnsubscribesOf(store, respondent, only, limit);
  const unnamed = await listUnnamedOf(store, await hashOf(store, respondent), only, limit);
  return [...named, ...unnamed].sort((a, b) => compare(a.survey_id, b.survey_id)).slice(0, limit);
}

/** What erasure does with the person's unsubscribes: they go on being obeyed, and name nobody. */
export async function unname(store: Store, respondent: string, only: string | null): Promise<void> {
  await unnameUnsubscribes(store, respondent, await hashOf(store, respondent), only);
}

/** Surveys of one person that one query lists. */
const MOST = 1000;

async function hashOf(store: Store, respondent: string): Promise<string> {
  return (await hashRespondents(store, [respondent]))[0]!;
}

function isAfter(entry: StoredUnsubscribe, { survey, respondent }: { survey: string; respondent: string }): boolean {
  if (entry.survey_id !== survey) return entry.survey_id > survey;
  return respondent === "";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
