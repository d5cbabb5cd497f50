/** The hook_events table: the events that have brought an invitation, each stored together with it. */
import type { MailedInvitation, NewInvitation } from "./invitations.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** `event`: the hash that names it, which is the invitation's mailing too. */
export type EventInvitation = NewInvitation & { event: string };
export type InvitedByEvent = MailedInvitation & { event: string };

/** Later than any instant. */
const NEVER = 8_640_000_000_000_000;

const sql = {
  listEvents: statement(`SELECT event FROM hook_events
    WHERE hook_id = :hook AND event IN (SELECT value FROM json_each(:events))`),
  listInvitedByEvents: statement(`SELECT i.mailing AS event, i.id, i.respondent_id, i.expires_at, i.revoked_at
    FROM json_each(:people) AS asked CROSS JOIN invitations AS i
    ON i.respondent_id = asked.value ->> 'respondent' AND i.survey_id = :survey AND i.mailing = asked.value ->> 'event'`),
  insertInvitations: statement(`INSERT INTO invitations
      (survey_id, mailing, id, respondent_id, language, properties, confirm, created_at, expires_at)
    SELECT :survey, value ->> 'event', value ->> 'id', value ->> 'respondent_id', value ->> 'language',
      value ->> 'properties', value ->> 'confirm', value ->> 'created_at', value ->> 'expires_at'
    FROM json_each(:invitations) WHERE NOT EXISTS (
      SELECT 1 FROM hook_events WHERE hook_id = :hook AND event = value ->> 'event')
    AND NOT EXISTS (
      SELECT 1 FROM invitations AS earlier INDEXED BY invitations_by_respondent
      WHERE earlier.respondent_id = value ->> 'respondent_id' AND (earlier.created_at > :anywhere_since
        OR (earlier.survey_id = :survey AND earlier.created_at > :invited_since)))
    ON CONFLICT (respondent_id, survey_id, mailing) DO NOTHING
    RETURNING mailing AS event, id, respondent_id, expires_at, revoked_at`),
  insertEvents: statement(`INSERT INTO hook_events (hook_id, event)
    SELECT :hook, value ->> 'event' FROM json_each(:invitations) WHERE EXISTS (
      SELECT 1 FROM invitations WHERE survey_id = :survey AND id = value ->> 'id')
    ON CONFLICT (hook_id, event) DO NOTHING`),
  eraseEvents: statement(`DELETE FROM hook_events WHERE (hook_id, event) IN (
    SELECT e.hook_id, e.event FROM hooks AS h JOIN hook_events AS e ON e.hook_id = h.id
    WHERE h.survey_id = :survey LIMIT :most) RETURNING 1`),
  purgeEvents: statement(`DELETE FROM hook_events WHERE (hook_id, event) IN (
    SELECT e.hook_id, e.event FROM hooks AS h JOIN hook_events AS e ON e.hook_id = h.id
    WHERE h.deleted_at IS NOT NULL LIMIT :most) RETURNING 1`),
};

/** Which of the events have brought an invitation. */
export async function listEvents(store: Store, hook: string, events: readonly string[]): Promise<Set<string>> {
  const rows = await store.all<{ event: string }>(sql.listEvents({ hook, events: JSON.stringify(events) }));
  return new Set(rows.map(({ event }) => event));
}

/** The invitations that these events have brought to these people, as far as they are still there. */
export async function listInvitedByEvents(
  store: Store,
  survey: string,
  people: readonly { event: string; respondent: string }[],
): Promise<InvitedByEvent[]> {
  return store.all<InvitedByEvent>(sql.listInvitedByEvents({ survey, people: JSON.stringify(people) }));
}

/**
 * Stores the invitations, of people whom no mailing has invited since, by events that have brought none; and with each its event.
 * Both are one transaction, so that of several calls at once, also with different people, only one invites. Returns what was
 * stored. Each costs three rows.
 */
export async function insertByEvents(
  store: Store,
  { survey, hook }: { survey: string; hook: string },
  made: readonly EventInvitation[],
  since: { here: number; anywhere: number | null },
): Promise<InvitedByEvent[]> {
  const invitations = JSON.stringify(made);
  const when = { invited_since: since.here, anywhere_since: since.anywhere ?? NEVER };
  const [stored = []] = await store.batch([
    sql.insertInvitations({ survey, hook, invitations, ...when }),
    sql.insertEvents({ survey, hook, invitations }),
  ]);
  return stored as InvitedByEvent[];
}

/** Deletes at most `most` events of deleted hooks. Returns the number deleted. */
export async function purgeEvents(store: Store, most: number): Promise<number> {
  return (await store.all(sql.purgeEvents({ most }))).length;
}

/** Deletes at most `most` events of a survey's hooks. Returns the number deleted. */
export async function eraseEvents(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseEvents({ survey, most }))).length;
}
