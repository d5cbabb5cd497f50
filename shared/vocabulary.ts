/**
 * The fixed lists of words that the API, the pages, the widget and the dashboard share, and the defaults of the settings.
 * Nothing here needs zod, so that browsers can take values from it; shared/schema makes its enumerations of these lists.
 */
import { languages } from "./languages.ts";
import type { ScoreName, StyleSettings } from "./questions.ts";
import { isByDefault, scoreNames, styledScores, styleOf } from "./questions.ts";

/** What a survey may ask, in the order in which it asks by default. */
export const questions: readonly Question[] = /* @__PURE__ */ allQuestions();
export type Question = ScoreName | "comment";

/** What a key may do; each includes those before it. */
export const scopes = ["metrics", "comments", "write", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** By which way a response came. */
export const channels = ["page", "link", "invitation", "api", "import"] as const;
export type Channel = (typeof channels)[number];

export const devices = ["phone", "tablet", "desktop"] as const;
export type Device = (typeof devices)[number];

/** The buckets into which a range of days can be cut. */
export const intervals = ["day", "week", "month", "quarter", "year"] as const;
export type BucketSize = (typeof intervals)[number];

/** With which earlier range of days a range can be compared: the days just before it, or the same days a year before. */
export const comparisons = ["previous", "year"] as const;
export type Comparison = (typeof comparisons)[number];

/**
 * Segments that every survey counts, by which responses can be left out of the figures. They cost a row only on responses
 * that they are true of.
 */
export const alwaysKeptSegments = ["flagged", "unverified"] as const;

/** What lists of responses can leave out. */
export const excludable = [...alwaysKeptSegments, "excluded"] as const;

/** Why a response may be a machine's; the last two are of pages that links open. */
export const flags = [
  "automated",
  "burst",
  "forged_browser",
  "navigated",
  "no_page",
  "other_page",
  "no_proof",
  "too_fast",
] as const;
export type Flag = (typeof flags)[number];

/** What the team has made of a response. `open`: nobody has taken it up yet; people are shown it as "new". */
export const statuses = ["open", "in_work", "resolved"] as const;
export type ResponseStatus = (typeof statuses)[number];

/** The corner of the window that the card stands in: `end` is the side on which a line of the language ends. */
export const positions = ["bottom-end", "bottom-start", "top-end", "top-start"] as const;
export type Position = (typeof positions)[number];

/** `auto`: as the visitor's device is set. */
export const schemes = ["auto", "light", "dark"] as const;
export type Scheme = (typeof schemes)[number];

/** When something is stored on the visitor's device: once the question was shown, or not before the visitor acts. */
export const storageChoices = ["when_shown", "after_act"] as const;

/** What is counted beside responses: the question was seen, or closed without an answer. */
export const eventTypes = ["shown", "dismissed"] as const;
export type EventType = (typeof eventTypes)[number];

/** What saves a score that a link has preselected: the button alone, or the person's first gesture on the page too. */
export const confirmations = ["send", "gesture"] as const;
export type Confirmation = (typeof confirmations)[number];

/** The forms in which the question is made ready for a mail. */
export const mailFormats = ["html", "text"] as const;
export type MailFormat = (typeof mailFormats)[number];

export const invitationStates = ["open", "answered", "expired", "revoked"] as const;
export type InvitationState = (typeof invitationStates)[number];

/** Why a respondent is neither asked nor invited now, whatever the channel. */
export const contactRefusals = ["unsubscribed", "answered_recently", "invited_recently", "asked_elsewhere"] as const;
export type ContactRefusal = (typeof contactRefusals)[number];

/**
 * Why a queued mail was left out when it was to be sent. `answered`: this invitation. `closed`: the survey is over. `erased`: the
 * invitation or the person was deleted. Written out: a bundler keeps a list that is made of others in what pages load.
 */
export const mailSkips = [
  "answered",
  "unsubscribed",
  "answered_recently",
  "invited_recently",
  "asked_elsewhere",
  "revoked",
  "expired",
  "closed",
  "erased",
] as const;
export type MailSkip = (typeof mailSkips)[number];

/** What has become of a queued mail. `unknown`: handed over several times without an answer. */
export const mailStates = [
  "waiting",
  "accepted",
  "refused",
  "unknown",
  "skipped",
  "cancelled",
  "bounced",
  "complained",
] as const;
export type MailState = (typeof mailStates)[number];

/** Why a mail was refused: for good, or given up after days in which the sender took it not yet, or was not reached. */
export const mailRefusals = ["hard", "soft", "unreachable"] as const;
export type MailRefusal = (typeof mailRefusals)[number];

/** `reminding`: all invitations have gone, and reminders wait. */
export const mailingStates = ["scheduled", "sending", "reminding", "paused", "cancelled", "done"] as const;
export type MailingState = (typeof mailingStates)[number];

/** Why a mailing does not go on at present, though mails are due: the day's cap, or a sender that is not reached. */
export const mailingWaits = ["daily_cap", "mailer"] as const;
export type MailingWait = (typeof mailingWaits)[number];

/** Why an identity token proves nothing. */
export const tokenFaults = [
  "malformed",
  "wrong_algorithm",
  "no_expiry",
  "expired",
  "not_yet_valid",
  "wrong_survey",
  "wrong_person",
  "unknown_key",
  "wrong_signature",
] as const;
export type TokenFault = (typeof tokenFaults)[number];

/** `link`: the person unsubscribed by a link in a mail. `api`: the owner did it for them. */
export const unsubscribeSources = ["link", "api"] as const;
export type UnsubscribeSource = (typeof unsubscribeSources)[number];

/** `identity`: the owner's server signs who a visitor is. `links`: the collector signs the links that it makes. */
export const signingUses = ["identity", "links"] as const;
export type SigningUse = (typeof signingUses)[number];

/** What a webhook can be told of. */
export const webhookEvents = [
  "response.created",
  "response.amended",
  "comment.created",
  "respondent.unsubscribed",
  "score.dropped",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** The collector's jobs, which run by the clock. */
export const jobNames = ["clean", "deliver", "erase", "fill", "fold", "forget", "mail", "retain", "watch"] as const;
export type JobName = (typeof jobNames)[number];

/** How a message is written; worker/webhooks/forms.ts has those that are built. */
export const webhookFormats = [
  "standard",
  "slack",
  "teams",
  "discord",
  "telegram",
  "google_chat",
  "bitrix24",
  "email",
] as const;
export type WebhookFormat = (typeof webhookFormats)[number];

/** The languages in which messages for people are written. */
export const messageLanguages = ["en", "uk", "ru"] as const;
export type MessageLanguage = (typeof messageLanguages)[number];

/** Why a webhook is off: its owner switched it off, or its receiver answered 410 Gone. */
export const webhookOffReasons = ["by_owner", "gone"] as const;
export type WebhookOffReason = (typeof webhookOffReasons)[number];

/** `waiting`: it is sent at once or tried again later. `dead`: it is not tried again by itself. */
export const deliveryStates = ["waiting", "delivered", "dead"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why an attempt to deliver a message failed. */
export const deliveryFailures = [
  "refused_address",
  "name_unresolved",
  "not_reached",
  "timeout",
  "redirect",
  "gone",
  "status",
  "refused",
  "mail_refused",
  "no_mailer",
  "webhook_off",
] as const;
export type DeliveryFailure = (typeof deliveryFailures)[number];

/** The words as a list in a sentence: "metrics, comments, write or admin". */
export function eitherOf(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/**
 * The settings of a survey that does not say otherwise. The script that pages load says only what differs from these, so
 * the widget fills them in.
 */
export const surveyDefaults = /* @__PURE__ */ allDefaults();

// Functions, so that a bundler can leave out what a page does not use.
function allDefaults() {
  return {
    brand: "",
    questions: questions.filter((name) => name === "comment" || isByDefault(name)),
    ...defaultStyles(),
    languages,
    timezone: "UTC",
    targeting: { first_visit_delay_days: 0 },
    trigger: { type: "delay", seconds: 3 },
    /** The share of visitors who may be asked. */
    sample: 1,
    throttle: { after_answer_days: 90, after_dismissal_days: 30, any_survey_days: 0 },
    storage: "when_shown",
    theme: { accent: null, scheme: "auto", position: "bottom-end" },
    /** Responses a day: 10,000 conversations of three sends write 70,000 rows, of the 100,000 that a free plan has a day. */
    daily_limit: 10_000,
  } as const;
}

function allQuestions(): Question[] {
  return [...scoreNames, "comment"];
}

function defaultStyles(): StyleSettings {
  return Object.fromEntries(styledScores.map((name) => [`${name}_style`, styleOf(name, {})])) as StyleSettings;
}

/** How a sender of events proves itself to a hook, where not by the key. */
export const hookSignatures = [
  "standard",
  "stripe",
  "shopify",
  "woocommerce",
  "zendesk",
  "hubspot",
  "chatwoot",
] as const;
export type HookSignature = (typeof hookSignatures)[number];

/**
 * Why an event brought no invitation. `duplicate`: it has brought one before, or the same request names the event or the person
 * twice. `own_write`: it tells of a field that the hook itself has written. `not_fetched`: Bitrix24 did not give the item.
 * `not_written`: there is an invitation, but Bitrix24 did not take its link.
 */
export const hookSkips = [
  "off",
  "no_event",
  "no_respondent",
  "condition",
  "own_write",
  "not_fetched",
  "not_written",
  "duplicate",
  "revoked",
  "closed",
  ...contactRefusals,
] as const;
export type HookSkip = (typeof hookSkips)[number];
