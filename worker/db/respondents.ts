/** A read model over responses, invitations and unsubscribes: what is stored of one person. */
import { scoreNames } from "../../shared/questions.ts";
import type { MailState } from "../../shared/vocabulary.ts";
import type { Act } from "./audit.ts";
import { forgetRespondent, logChange } from "./audit.ts";
import { erasePayloadsOf } from "./hooks.ts";
import type { StoredInvitation } from "./invitations.ts";
import type { ResponseRow } from "./response-row.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";
import type { UnnamedUnsubscribe } from "./unsubscribes.ts";

export type PersonRow = Omit<
  ResponseRow,
  "day" | "updated_day" | "rev" | "secret_hash" | "comment_at" | "folded" | "respondent_id" | "sealed"
>;

/** A mail to the person: of which invitation, and what has become of it. */
export type PersonMail = {
  invitation_id: string;
  round: number;
  state: MailState;
  address: string | null;
  detail: string | null;
};

export type PersonInvitation = Pick<
  StoredInvitation,
  "survey_id" | "id" | "language" | "properties" | "created_at" | "expires_at" | "revoked_at"
>;

/**
 * `:only` is the survey to which the asker is bound, or null. The index is named because the planner would take the primary
 * key.
 */
const sql = {
  listResponsesOf:
    statement(`SELECT survey_id, id, created_at, received_at, updated_at, ${scoreNames.join(", ")}, comment, respondent_verified,
      properties, segments, locale, page, channel, flags, tags, status, note, assignee, replied_at, resolved_at, excluded, test
    FROM responses INDEXED BY responses_by_respondent
    WHERE respondent_id = :respondent AND (:only IS NULL OR survey_id = :only)
      AND (survey_id, id) > (:after_survey, :after_id)
    ORDER BY survey_id, id LIMIT :limit`),
  listInvitationsOf: statement(`SELECT survey_id, id, language, properties, created_at, expires_at, revoked_at
    FROM invitations WHERE respondent_id = :respondent AND (:only IS NULL OR survey_id = :only)
    ORDER BY survey_id, id LIMIT :limit`),
  listMailsOf: statement(`SELECT m.invitation_id, m.round, m.state, m.address, m.detail
    FROM json_each(:invitations) AS own CROSS JOIN mails AS m ON m.invitation_id = own.value
    ORDER BY m.invitation_id, m.round`),
  listUnsubscribesOf: statement(`SELECT survey_id, source, created_at FROM unsubscribes
    WHERE respondent_id = :respondent AND (:only IS NULL OR survey_id = :only) ORDER BY survey_id LIMIT :limit`),
  listSurveysOf: statement(`SELECT DISTINCT survey_id FROM responses INDEXED BY responses_by_respondent
    WHERE respondent_id = :respondent AND (:only IS NULL OR survey_id = :only) LIMIT :limit`),
  eraseInvitationsOf: statement(`DELETE FROM invitations WHERE (survey_id, id) IN (
    SELECT survey_id, id FROM invitations
    WHERE respondent_id = :respondent AND (:only IS NULL OR survey_id = :only) LIMIT :most)
    RETURNING 1`),
};

/** At most `limit` responses of the person in order of survey and id, after the one given. */
export async function listResponsesOf(
  store: Store,
  respondent: string,
  only: string | null,
  after: { survey: string; id: string },
  limit: number,
): Promise<PersonRow[]> {
  return store.all<PersonRow>(
    sql.listResponsesOf({ respondent, only, after_survey: after.survey, after_id: after.id, limit }),
  );
}

export async function listInvitationsOf(
  store: Store,
  respondent: string,
  only: string | null,
  limit: number,
): Promise<PersonInvitation[]> {
  return store.all<PersonInvitation>(sql.listInvitationsOf({ respondent, only, limit }));
}

/** The mails of these invitations. */
export async function listMailsOf(store: Store, invitations: readonly string[]): Promise<PersonMail[]> {
  return store.all<PersonMail>(sql.listMailsOf({ invitations: JSON.stringify(invitations) }));
}

export async function listUnsubscribesOf(
  store: Store,
  respondent: string,
  only: string | null,
  limit: number,
): Promise<UnnamedUnsubscribe[]> {
  return store.all<UnnamedUnsubscribe>(sql.listUnsubscribesOf({ respondent, only, limit }));
}

/** Ids of at most `limit` surveys, deleted ones included, that hold responses of the person. */
export async function listSurveysOf(
  store: Store,
  respondent: string,
  only: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await store.all<{ survey_id: string }>(sql.listSurveysOf({ respondent, only, limit }));
  return rows.map((row) => row.survey_id);
}

/**
 * Deletes at most `most` invitations of the person, whose links then no longer work, takes the person's id out of the
 * log, and deletes what hooks received of the person.
 * Returns the number deleted.
 */
export async function eraseInvitationsOf(
  store: Store,
  respondent: string,
  only: string | null,
  most: number,
  act: Act,
): Promise<number> {
  const [deleted = []] = await store.batch([
    sql.eraseInvitationsOf({ respondent, only, most }),
    logChange(act),
    forgetRespondent(respondent, only),
    erasePayloadsOf(respondent, only),
  ]);
  return deleted.length;
}
