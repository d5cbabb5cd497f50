/** What a call that invites says of sending: checked, and as it is stored. */
import type { InvitationsBody } from "../../shared/schema/invitation.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import { findMailing } from "../db/mailings.ts";
import type { Wanted } from "../db/mails.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { mailAddress } from "../mail/address.ts";
import { invalid, Problem } from "../problem.ts";
import type { Sending } from "./invite.ts";

/** Faulty addresses that one refusal names. */
const MOST_NAMED = 50;

/**
 * Null where nothing is to be sent. Throws for a person without an address, for a time at which the links no longer work, and for
 * a mailing that was cancelled or made with other times.
 */
export async function sendingOf(
  store: Store,
  survey: StoredSurvey,
  body: InvitationsBody,
  { mailing: key, host: base, now }: { mailing: string; host: string; now: number },
): Promise<Sending | null> {
  if (!body.send) {
    for (const field of ["send_at", "remind_after_days"] as const)
      if (body[field] !== undefined) throw invalid(`/${field}`, 'needs "send": true');
    return null;
  }
  const sendAt = body.send_at === undefined ? null : Date.parse(body.send_at);
  const remindAfterDays = body.remind_after_days ?? null;
  const due = Math.max(now, sendAt ?? now);
  const expires = now + body.expires_in_days * DAY_MS;
  if (due >= expires) throw invalid("/send_at", "must be before the links expire: see expires_in_days");
  if (remindAfterDays !== null && due + remindAfterDays * DAY_MS >= expires)
    throw invalid("/remind_after_days", "must be before the links expire: see expires_in_days");
  const wanted = addressed(body);
  const id = `mlg_${key}`;
  const there = await findMailing(store, survey.id, id);
  if (there && there.cancelled_at !== null)
    throw new Problem("conflict", { detail: "This mailing was cancelled: send under another `Idempotency-Key`." });
  if (there && (there.send_at !== sendAt || there.remind_after_days !== remindAfterDays))
    throw new Problem("conflict", {
      detail:
        "This mailing was made with another `send_at` or `remind_after_days`: say the same, or send under another `Idempotency-Key`.",
    });
  const mailing = {
    survey_id: survey.id,
    id,
    key,
    base,
    created_at: now,
    send_at: sendAt,
    remind_after_days: remindAfterDays,
  };
  return { mailing, wanted, due };
}

function addressed({ respondents }: InvitationsBody): Wanted[] {
  const errors: { pointer: string; detail: string }[] = [];
  const wanted = respondents.flatMap(({ id, email }, index) => {
    const address = mailAddress((email ?? id).trim());
    if (address) return [{ respondent: id, address }];
    const detail =
      email === undefined
        ? 'is needed with "send": true, unless the id is an address'
        : "must be an address such as ann@example.com";
    errors.push({ pointer: `/respondents/${index}/email`, detail });
    return [];
  });
  if (errors.length > 0) throw new Problem("invalid", { errors: errors.slice(0, MOST_NAMED) });
  return wanted;
}
