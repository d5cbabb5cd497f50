/** Writes the mail of an invitation: the question with its links, and the way to unsubscribe. */
import { isRightToLeft } from "../../shared/languages.ts";
import { palette } from "../../shared/look.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { DueMail } from "../db/mails.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { blockWriter } from "../invitations/add-blocks.ts";
import { linkKey } from "../invitations/link-key.ts";
import { linkSigner } from "../invitations/link-token.ts";
import { unsubscribeSigner } from "../invitations/unsubscribe-token.ts";
import type { MailAddress } from "../mail/address.ts";
import type { Mail } from "../mail/mail.ts";
import { html, ownMarkup } from "../pages/html.ts";
import { wordingFor } from "../pages/wording.ts";

type Written = Pick<DueMail, "invitation_id" | "round" | "address" | "respondent_id" | "language" | "expires_at">;

/** Writes any number of mails of one survey; `base`: how the links begin. */
export async function mailWriter(
  store: Store,
  survey: StoredSurvey,
  base: string,
  now: number,
): Promise<(mail: Written) => Promise<Mail>> {
  const sign = await linkSigner(await linkKey(store, survey.id, now));
  const signUnsubscribe = await unsubscribeSigner(store);
  const compose = mailComposer(survey.settings);
  return async ({ invitation_id: invitation, round, address, respondent_id: respondent, language, expires_at }) => {
    const url = `${base}/r/${await sign(invitation, expires_at)}`;
    const unsubscribeUrl = `${base}/u/${await signUnsubscribe({ respondent, survey: survey.id, language })}`;
    return {
      id: mailId(invitation, round),
      // It was checked before it was stored.
      to: { address: address as MailAddress, name: "" },
      ...compose(language, { url, unsubscribeUrl, isReminder: round === 2 }),
      unsubscribeUrl,
    };
  };
}

/** The id of the mail, from which its Message-ID is made: the same in each attempt. */
export function mailId(invitation: string, round: number): string {
  return `${invitation}.${round}`;
}

/** What a reader sees of a mail. */
export type MailTexts = Pick<Mail, "subject" | "text" | "html" | "language">;

/** Composes mails in the language asked for, or else in the survey's first one. */
export function mailComposer(
  settings: SurveySettings,
): (language: string | null, links: { url: string; unsubscribeUrl: string; isReminder: boolean }) => MailTexts {
  const blocksOf = blockWriter(settings);
  return (wanted, { url, unsubscribeUrl, isReminder }) => {
    const asked = wanted ?? settings.languages[0] ?? "";
    const words = wordingFor([asked], settings);
    const { language } = words;
    const block = blocksOf(asked, url);
    const first = settings.questions.find((each) => each !== "comment") ?? "comment";
    const question = words.survey(`${first}_question`);
    const subject = isReminder ? words.page("reminder", { question }) : question;
    const unsubscribe = words.page("unsubscribe");
    const direction = isRightToLeft(language) ? "rtl" : "ltr";
    const document = html`<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body style="margin:0;background-color:#ffffff">${ownMarkup(block.html)}
<p dir="${direction}" style="margin:0;padding:12px;font-family:Arial,Helvetica,sans-serif;font-size:13px;line-height:20px;color:${palette.light.text}"><a href="${unsubscribeUrl}" style="color:${palette.light.text}">${unsubscribe}</a></p>
</body></html>`;
    return {
      subject,
      language,
      html: document.toString(),
      text: `${block.text}\n\n${unsubscribe}:\n${unsubscribeUrl}\n`,
    };
  };
}
