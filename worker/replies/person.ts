/** What the database holds on one person. */
import type { Person, PersonResponse } from "../../shared/schema/person.ts";
import type { PersonInvitation, PersonMail, PersonRow } from "../db/respondents.ts";
import type { UnnamedUnsubscribe } from "../db/unsubscribes.ts";
import { answeredAt, scoresOfRow } from "./response.ts";

export function publicPersonResponse(row: PersonRow): PersonResponse {
  return {
    survey: row.survey_id,
    id: row.id,
    created_at: instant(row.created_at),
    received_at: instant(row.received_at),
    updated_at: instant(row.updated_at),
    ...scoresOfRow(row),
    comment: row.comment,
    properties: JSON.parse(row.properties),
    segments: JSON.parse(row.segments),
    locale: row.locale,
    page: row.page,
    channel: row.channel,
    flags: JSON.parse(row.flags),
    tags: JSON.parse(row.tags),
    status: row.status,
    note: row.note,
    excluded: row.excluded === 1,
    test: row.test === 1,
    verified: row.respondent_verified === 1,
    assignee: row.assignee,
    answered_at: answeredAt(row),
  };
}

export function publicPersonInvitation(
  { survey_id, ...rest }: PersonInvitation,
  mails: readonly PersonMail[],
): Person["invitations"][number] {
  return {
    survey: survey_id,
    ...rest,
    properties: JSON.parse(rest.properties),
    created_at: instant(rest.created_at),
    expires_at: instant(rest.expires_at),
    revoked_at: rest.revoked_at === null ? null : instant(rest.revoked_at),
    mails: mails
      .filter(({ invitation_id }) => invitation_id === rest.id)
      .map(({ round, state, address, detail }) => ({ reminder: round === 2, state, email: address, detail })),
  };
}

export function publicPersonUnsubscribe(row: UnnamedUnsubscribe): Person["unsubscribes"][number] {
  return { survey: row.survey_id || null, source: row.source, created_at: instant(row.created_at) };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
