/** `POST people`: Delighted sent a survey then. Here it makes the person's own link, for the owner's mailer to send. */
import type { Context } from "hono";
import type * as z from "zod";
import { languageOf, languages } from "../../shared/languages.ts";
import { limits } from "../../shared/limits.ts";
import type { delightedPersonSchema } from "../../shared/schema/delighted.ts";
import type { SkipReason } from "../../shared/schema/invitation.ts";
import type { Properties } from "../../shared/schema/response.ts";
import { propertiesSchema } from "../../shared/schema/response.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { checked } from "../http/body.ts";
import { mailingOf } from "../http/mailing.ts";
import { publicUrl } from "../http/public-url.ts";
import { invite } from "../invitations/invite.ts";
import { mustInvite } from "../invitations/must-invite.ts";
import type { DelightedPerson } from "./people.ts";
import { peopleById, personOf } from "./people.ts";

export type MadePerson = DelightedPerson & {
  /** Always null: nothing is scheduled here. */
  survey_scheduled_at: null;
  properties: Properties | null;
  /** The person's own link to the survey; null where they are not to be asked now, or `send` is false. */
  survey_url: string | null;
  unsubscribe_url: string | null;
  /** Why the person is not to be asked now. */
  not_invited: SkipReason | null;
};

/** By these Delighted worded its mails and its page. They say nothing about the person. */
const NOT_ABOUT_THE_PERSON = new Set([
  "question_product_name",
  "delighted_email_subject",
  "delighted_intro_message",
  "locale",
  "thank_you_message",
  "thank_you_link_text",
  "thank_you_link_url",
]);

export async function makePerson(
  c: Context<App>,
  survey: StoredSurvey,
  sent: z.output<typeof delightedPersonSchema>,
): Promise<MadePerson> {
  const { store, now } = c.var;
  const respondent = (sent.email ?? sent.phone_number)!;
  const properties = propertiesOf(sent, respondent);
  const made = { survey_url: null, unsubscribe_url: null, not_invited: null };
  if (!sent.send) return reply(c, survey, respondent, properties, made);
  if (wasSentRecently(sent.last_sent_at, survey, now))
    return reply(c, survey, respondent, properties, { ...made, not_invited: "invited_recently" });
  const days = Math.min(limits.invitationDaysUsual, survey.settings.retention_days ?? limits.invitationDaysUsual);
  await mustInvite(store, survey, { expires_in_days: days }, now);
  const wish = languageOf(String(sent.properties.locale ?? ""));
  const language = languages.find((each) => each === wish);
  const { invitations, skipped } = await invite(
    store,
    recorded(c, { survey: survey.id, target: null }),
    survey,
    {
      respondents: [{ id: respondent, properties, ...(language && { language }) }],
      expires_in_days: days,
      confirm: "send",
      include: [],
    },
    { mailing: await mailingOf(c), host: publicUrl(c), now },
  );
  return reply(c, survey, respondent, properties, {
    survey_url: invitations[0]?.url ?? null,
    unsubscribe_url: invitations[0]?.unsubscribe_url ?? null,
    not_invited: skipped[0]?.reason ?? null,
  });
}

async function reply(
  c: Context<App>,
  survey: StoredSurvey,
  respondent: string,
  properties: Properties,
  made: Pick<MadePerson, "survey_url" | "unsubscribe_url" | "not_invited">,
): Promise<MadePerson> {
  const known = (await peopleById(c.var.store, survey.id, [respondent])).get(respondent);
  return {
    ...(known ?? personOf(respondent, properties)),
    survey_scheduled_at: null,
    properties: Object.keys(properties).length > 0 ? properties : null,
    ...made,
  };
}

/** The name, and the number of a person known by their e-mail address, are kept as properties: there is no table of people. */
function propertiesOf(sent: z.output<typeof delightedPersonSchema>, respondent: string): Properties {
  const { name, phone_number: phone } = sent;
  const about = Object.entries(sent.properties).filter(([key]) => !NOT_ABOUT_THE_PERSON.has(key));
  return checked(
    {
      ...(name !== undefined && { name }),
      ...(phone !== undefined && phone !== respondent && { phone_number: phone }),
      ...Object.fromEntries(about),
    },
    propertiesSchema,
  );
}

/** Whether the caller's own record of a sending keeps the person from being asked now. It is not stored. */
function wasSentRecently(sentAt: number | undefined, { settings }: StoredSurvey, now: number): boolean {
  return sentAt !== undefined && now - sentAt < settings.throttle.after_dismissal_days * DAY_MS;
}
