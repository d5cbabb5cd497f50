/** The invitations table: to whom a survey was sent, and until when each person may answer. */
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type StoredInvitation = {
  survey_id: string;
  id: string;
  respondent_id: string;
  language: string | null;
  properties: string;
  confirm: string | null;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
  /** Whether the person has answered. */
  answered: number;
};

export type NewInvitation = Pick<
  StoredInvitation,
  "id" | "respondent_id" | "language" | "properties" | "confirm" | "created_at" | "expires_at"
>;

/** The invitation that a mailing made for one respondent, now or when the same call was sent before. */
export type MailedInvitation = Pick<StoredInvitation, "id" | "respondent_id" | "expires_at" | "revoked_at">;

const STORE_UNLESS = `INSERT INTO invitations
      (survey_id, mailing, id, respondent_id, language, properties, confirm, created_at, expires_at)
    SELECT :survey, :mailing, value ->> 'id', value ->> 'respondent_id', value ->> 'language', value ->> 'properties',
      value ->> 'confirm', value ->> 'created_at', value ->> 'expires_at'
    FROM json_each(:invitations) WHERE NOT EXISTS (
      SELECT 1 FROM invitations AS earlier INDEXED BY invitations_by_respondent
      WHERE earlier.respondent_id = value ->> 'respondent_id'`;
const STORED = `ON CONFLICT (respondent_id, survey_id, mailing) DO NOTHING
    RETURNING id, respondent_id, expires_at, revoked_at`;

const sql = {
  findInvitation:
    statement(`SELECT i.survey_id, i.id, i.respondent_id, i.language, i.properties, i.confirm, i.created_at,
      i.expires_at, i.revoked_at, r.id IS NOT NULL AS answered
    FROM invitations AS i LEFT JOIN responses AS r ON r.survey_id = i.survey_id AND r.id = i.id
    WHERE i.survey_id = :survey AND i.id = :id`),
  listMailed: statement(`SELECT i.id, i.respondent_id, i.expires_at, i.revoked_at
    FROM json_each(:respondents) AS asked CROSS JOIN invitations AS i
    ON i.respondent_id = asked.value AND i.survey_id = :survey AND i.mailing = :mailing`),
  insertInvitations: statement(`${STORE_UNLESS}
      AND earlier.survey_id = :survey AND earlier.created_at > :invited_since) ${STORED}`),
  insertUnlessInvitedAnywhere: statement(`${STORE_UNLESS} AND (earlier.created_at > :anywhere_since
      OR (earlier.survey_id = :survey AND earlier.created_at > :invited_since))) ${STORED}`),
  revokeInvitation: statement(`UPDATE invitations SET revoked_at = :now
    WHERE survey_id = :survey AND id = :id AND revoked_at IS NULL`),
  eraseInvitations: statement(`DELETE FROM invitations WHERE survey_id = :survey AND id IN (
    SELECT id FROM invitations WHERE survey_id = :survey LIMIT :most) RETURNING 1`),
  purgeInvitations: statement(`DELETE FROM invitations WHERE (survey_id, id) IN (
    SELECT s.id, i.id FROM surveys AS s JOIN invitations AS i ON i.survey_id = s.id AND i.id < :before LIMIT :most)
    RETURNING 1`),
  purgeInvitationsOf: statement(`DELETE FROM invitations WHERE survey_id = :survey AND id IN (
    SELECT id FROM invitations WHERE survey_id = :survey AND id < :before AND expires_at <= :now
    LIMIT :most) RETURNING 1`),
};

export async function findInvitation(store: Store, survey: string, id: string): Promise<StoredInvitation | null> {
  return store.first<StoredInvitation>(sql.findInvitation({ survey, id }));
}

/** The invitations that this mailing has already made for some of these respondents. */
export async function listMailed(
  store: Store,
  survey: string,
  mailing: string,
  respondents: readonly string[],
): Promise<MailedInvitation[]> {
  return store.all<MailedInvitation>(sql.listMailed({ survey, mailing, respondents: JSON.stringify(respondents) }));
}

/**
 * Stores the invitations of those people whom this mailing has not invited yet, no mailing of the survey has invited after the
 * instant `since.here`, and no mailing of any survey after `since.anywhere` (null: others do not matter). Returns the invitations stored. One statement checks and stores, so that of several calls at once only one
 * invites a person. Each invitation costs two rows. `alongside`: statements of the same transaction.
 */
export async function insertInvitations(
  store: Store,
  survey: string,
  mailing: string,
  invitations: readonly NewInvitation[],
  since: { here: number; anywhere: number | null },
  alongside: readonly Query[] = [],
): Promise<MailedInvitation[]> {
  const values = { survey, mailing, invitations: JSON.stringify(invitations), invited_since: since.here };
  const [made = []] = await store.batch([
    since.anywhere === null
      ? sql.insertInvitations(values)
      : sql.insertUnlessInvitedAnywhere({ ...values, anywhere_since: since.anywhere }),
    ...alongside,
  ]);
  return made as MailedInvitation[];
}

/**
 * Revokes an invitation: its link no longer works, and a response that was sent before stays. Idempotent. False: no such
 * invitation.
 */
export async function revokeInvitation(store: Store, survey: string, id: string, now: number): Promise<boolean> {
  await store.all(sql.revokeInvitation({ survey, id, now }));
  return (await findInvitation(store, survey, id)) !== null;
}

/** Deletes at most `most` invitations of a survey. Returns the number deleted. */
export async function eraseInvitations(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseInvitations({ survey, most }))).length;
}

/** Deletes at most `most` invitations with a smaller, and therefore older, id. Returns the number deleted. */
export async function purgeInvitations(store: Store, smallerThan: string, most: number): Promise<number> {
  return (await store.all(sql.purgeInvitations({ before: smallerThan, most }))).length;
}

/**
 * Deletes at most `most` expired invitations of a survey whose id is smaller, and therefore older, than `before`. Returns the
 * number deleted.
 */
export async function purgeInvitationsOf(
  store: Store,
  survey: string,
  { before, now }: { before: string; now: number },
  most: number,
): Promise<number> {
  return (await store.all(sql.purgeInvitationsOf({ survey, before, now, most }))).length;
}
