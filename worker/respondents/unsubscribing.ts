/**
 * Unsubscribes: the people who are never asked or invited. An unsubscribe has the person's id while a response or an invitation
 * names the person too. Once nothing else does, because they were erased or by retention, a keyed hash replaces the id: only a
 * request that names the person can then find the unsubscribe.
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
 * Unsubscribes a person from all surveys, by a link in a mail. Idempotent. Of the two stores, `named` writes a row of the log
 * that names the person.
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

/** Unsubscribes a person in the owner's name, by their id. Idempotent. */
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

/** As `listUnsubscribes`, with those that are stored by a hash if `start` is the whole id. */
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
  // In a list the entry with exactly this id comes first, because all other ids found are longer.
  return [...unnamed, ...named].sort((a, b) => compare(a.survey_id, b.survey_id)).slice(0, limit);
}

/** All unsubscribes of one person in order of survey; with `only`, that of this survey alone. */
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

/** Takes the id out of the person's unsubscribes, for an erasure. They stay in force. */
export async function unname(store: Store, respondent: string, only: string | null): Promise<void> {
  await unnameUnsubscribes(store, respondent, await hashOf(store, respondent), only);
}

/** How many unsubscribes of one person are read. */
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
