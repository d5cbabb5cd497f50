/** Invites the people named in a call: who is invited, with which links, and who is left out and why. */

import { scoreNames, scoresOf } from "../../shared/questions.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { InvitationsBody, InvitationsReply, InvitedPerson, SkipReason } from "../../shared/schema/invitation.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import type { MailedInvitation, NewInvitation } from "../db/invitations.ts";
import { insertInvitations, listMailed } from "../db/invitations.ts";
import type { NewMailing } from "../db/mailings.ts";
import { insertMailing } from "../db/mailings.ts";
import type { Wanted } from "../db/mails.ts";
import { queueMails } from "../db/mails.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { invitedAnywhereSince, invitedSince, judgeContacts } from "../respondents/contact-throttle.ts";
import { linkKey } from "./link-key.ts";
import { linkSigner, wholeHour } from "./link-token.ts";
import { unsubscribeSigner } from "./unsubscribe-token.ts";

type Invitee = InvitationsBody["respondents"][number];

/** What is to be sent, to whom, and from when (ms). */
export type Sending = { mailing: NewMailing; wanted: readonly Wanted[]; due: number };

/**
 * Invites once per respondent and mailing: the same call again gives the same invitations, and a call that was cut short
 * is completed. `act`: the store through which invitations are made. With `sending` a mail is queued to each person invited. Each person's links are signed with the survey's newest link key, which is made at the first call.
 */
export async function invite(
  store: Store,
  act: Store,
  survey: StoredSurvey,
  body: Pick<InvitationsBody, "respondents" | "expires_in_days" | "confirm">,
  { mailing, host, now }: { mailing: string; host: string; now: number },
  sending: Sending | null = null,
): Promise<InvitationsReply> {
  const skipped: InvitationsReply["skipped"] = [];
  const skip = (respondent: string, reason: SkipReason) => skipped.push({ respondent, reason });
  const people = new Map<string, Invitee>();
  for (const person of body.respondents)
    if (people.has(person.id)) skip(person.id, "duplicate");
    else people.set(person.id, person);

  const respondents = [...people.keys()];
  const mailed = new Map<string, MailedInvitation>();
  for (const each of await listMailed(store, survey.id, mailing, respondents)) mailed.set(each.respondent_id, each);
  const unknown = respondents.filter((id) => !mailed.has(id));
  const wanted: NewInvitation[] = [];
  const expiresAt = wholeHour(now + body.expires_in_days * DAY_MS);
  for (const { respondent, refusal } of await judgeContacts(store, survey, unknown, now)) {
    if (refusal) skip(respondent, refusal);
    else wanted.push(invitationOf(people.get(respondent)!, body.confirm, now, expiresAt));
  }
  if (sending && wanted.length === 0)
    await act.batch([
      queueMails(sending.mailing, sending.wanted, sending.due),
      insertMailing(sending.mailing, sending.due),
    ]);
  if (wanted.length > 0) {
    const since = {
      here: invitedSince(survey.settings, now),
      anywhere: invitedAnywhereSince(survey.settings, now),
    };
    const mails = sending
      ? [insertMailing(sending.mailing, sending.due), queueMails(sending.mailing, sending.wanted, sending.due)]
      : [];
    const made = await insertInvitations(act, survey.id, mailing, wanted, since, mails);
    // Fewer are stored than were wanted if another call ran at the same time: a repeat of this one, or another mailing.
    const missed = made.length < wanted.length ? await listMailed(store, survey.id, mailing, unknown) : [];
    for (const each of [...made, ...missed]) mailed.set(each.respondent_id, each);
    for (const { respondent_id } of wanted) if (!mailed.has(respondent_id)) skip(respondent_id, "invited_recently");
  }

  const sign = await linkSigner(await linkKey(store, survey.id, now));
  const signUnsubscribe = await unsubscribeSigner(store);
  const invitations: InvitedPerson[] = [];
  for (const [respondent, { email, language = null }] of people) {
    const made = mailed.get(respondent);
    if (made?.revoked_at) skip(respondent, "revoked");
    else if (made) {
      const token = await sign(made.id, made.expires_at);
      invitations.push({
        id: made.id,
        respondent,
        ...(email !== undefined && { email }),
        ...linksOf(`${host}/r/${token}`, survey.settings.questions),
        unsubscribe_url: `${host}/u/${await signUnsubscribe({ respondent, survey: survey.id, language })}`,
      });
    }
  }
  return { invitations, skipped, ...(sending && { mailing: sending.mailing.id }) };
}

/** A link, and one per score of each question that is asked. */
function linksOf(url: string, questions: SurveySettings["questions"]): Pick<InvitedPerson, "url" | "score_urls"> {
  const links: InvitedPerson["score_urls"] = {};
  for (const question of scoreNames) {
    if (!questions.includes(question)) continue;
    const each: Record<string, string> = {};
    for (const score of scoresOf[question]) each[score] = `${url}?${question}=${score}`;
    links[question] = each;
  }
  return { url, score_urls: links };
}

function invitationOf(
  person: Invitee,
  confirm: InvitationsBody["confirm"],
  now: number,
  expiresAt: number,
): NewInvitation {
  return {
    id: mintResponseId(now, crypto.getRandomValues(new Uint8Array(10))),
    respondent_id: person.id,
    language: person.language ?? null,
    properties: JSON.stringify(person.properties ?? {}),
    confirm: confirm === "gesture" ? confirm : null,
    created_at: now,
    expires_at: expiresAt,
  };
}
