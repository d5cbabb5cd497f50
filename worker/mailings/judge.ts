/** Who of those to whom mails are due must not be mailed any more, and why. */
import type { MailSkip } from "../../shared/vocabulary.ts";
import type { DueMail } from "../db/mails.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { judgeInvited } from "../respondents/contact-throttle.ts";
import { hasEnough } from "../surveys/enough-answers.ts";
import { isOver } from "../surveys/schedule.ts";

/** Each mail, and why it is left out; null where it may be sent. */
export type JudgedMail = { mail: DueMail; skip: MailSkip | null };

export async function judgeMails(
  store: Store,
  survey: StoredSurvey,
  mails: readonly DueMail[],
  now: number,
): Promise<JudgedMail[]> {
  const { settings } = survey;
  if (settings.anonymous || isOver(settings, now) || (await hasEnough(store, survey)))
    return mails.map((mail) => ({ mail, skip: "closed" }));
  const judged = await judgeInvited(
    store,
    survey,
    mails.map(({ respondent_id: respondent, invited_at, round }) => ({
      respondent,
      invited_at,
      reminder: round === 2,
    })),
    now,
  );
  return mails.map((mail, index) => ({ mail, skip: ownRefusal(mail, now) ?? judged[index]!.refusal }));
}

function ownRefusal({ answered, revoked_at, expires_at }: DueMail, now: number): MailSkip | null {
  if (answered) return "answered";
  if (revoked_at !== null) return "revoked";
  return expires_at <= now ? "expired" : null;
}
