/** Hooks: addresses at which other programs tell of their events, each of which may bring an invitation. */
import * as z from "zod";
import { POINTER } from "../hooks/pointer.ts";
import { limits } from "../limits.ts";
import { hookSignatures, hookSkips } from "../vocabulary.ts";
import { propertiesSchema } from "./response.ts";
import { filledTextUpTo, instantShape, oneOf, textUpTo } from "./text.ts";

/** A pointer into what the sender sends (RFC 6901). */
const pointer = textUpTo(limits.pointerCharacters).refine((text) => POINTER.test(text), {
  error: "must be a JSON pointer such as /contact/email",
});

/** Where in an event the fields of an invitation are. */
const mapSchema = z.strictObject({
  /** What names the event: the same value never brings a second invitation. */
  event: pointer,
  respondent: pointer,
  email: pointer.exactOptional(),
  language: pointer.exactOptional(),
  /** The person's IANA time zone, for the quiet hours; by default the survey's. */
  time_zone: pointer.exactOptional(),
  properties: z
    .record(filledTextUpTo(limits.propertyNameCharacters), pointer)
    .refine((properties) => Object.keys(properties).length <= limits.properties, {
      error: `must have at most ${limits.properties} names`,
    })
    .meta({ maxProperties: limits.properties })
    .exactOptional(),
});

const compared = z.union([textUpTo(limits.propertyValueCharacters), z.number(), z.boolean()], {
  error: "must be a text, a number, true or false, or a list of these",
});

/** An event counts only if the value there is this one, or one of these. A form knows texts only, so 5 equals "5". */
const whenSchema = z.strictObject({
  pointer,
  equals: z.union([compared, z.array(compared).min(1).max(limits.hookValues)], {
    error: `must be a text, a number, true or false, or a list of 1 to ${limits.hookValues} of these`,
  }),
});

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "must be a time of day such as 21:00" });

/** Between these times of the person's day nothing is sent. */
const quietHoursSchema = z.strictObject({ from: clock, to: clock }).refine(({ from, to }) => from !== to, {
  error: "must begin and end at different times",
});

/** Bitrix24's outgoing webhook, which tells no more than which item has changed. */
const bitrix24Schema = z.strictObject({
  /** The token that Bitrix24 shows beside the outgoing webhook, and sends with each event. */
  application_token: filledTextUpTo(limits.hookSecretCharacters),
  /** The address of an inbound webhook, by which the item is fetched: https://shop.bitrix24.eu/rest/1/…/ */
  inbound_url: filledTextUpTo(limits.webhookUrlCharacters),
  /** A field of the item that gets the link, so that Bitrix24 sends it itself. */
  link_field: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,79}$/, { error: "must be the name of a field such as UF_CRM_SURVEY_LINK" })
    .exactOptional(),
});
export type Bitrix24 = z.output<typeof bitrix24Schema>;

const wholeFrom = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};
const trueOrFalse = z.boolean({ error: "must be true or false" });

const settings = {
  name: filledTextUpTo(limits.nameCharacters),
  map: mapSchema,
  when: whenSchema.nullable(),
  /** A list within what is sent, of which each member is an event; pointers then begin at the member. Null: one event. */
  each: pointer.nullable(),
  delay_minutes: wholeFrom(0, limits.hookDelayMinutes),
  quiet_hours: quietHoursSchema.nullable(),
  expires_in_days: wholeFrom(1, limits.invitationDays),
  /** Whether the invitation is mailed by the collector. */
  send: trueOrFalse,
  signature: oneOf(hookSignatures).nullable(),
  bitrix24: bitrix24Schema.nullable(),
};
/** The secret with which the sender signs. */
const secret = filledTextUpTo(limits.hookSecretCharacters);

/** The body of `POST /v1/surveys/:survey/hooks`. */
export const newHookSchema = z.strictObject({
  ...settings,
  when: settings.when.default(null),
  each: settings.each.default(null),
  delay_minutes: settings.delay_minutes.default(0),
  quiet_hours: settings.quiet_hours.default(null),
  expires_in_days: settings.expires_in_days.default(limits.invitationDaysUsual),
  send: settings.send.default(false),
  signature: settings.signature.default(null),
  bitrix24: settings.bitrix24.default(null),
  secret: secret.exactOptional(),
});
export type NewHook = z.output<typeof newHookSchema>;
export type NewHookInput = z.input<typeof newHookSchema>;

/** The body of its PATCH. `enabled`: false lets it invite nobody until it is true again. */
export const hookPatchSchema = z.strictObject({
  ...Object.fromEntries(Object.entries(settings).map(([name, schema]) => [name, schema.exactOptional()])),
  secret: secret.exactOptional(),
  enabled: trueOrFalse.exactOptional(),
} as { [Name in keyof typeof settings]: z.ZodExactOptional<(typeof settings)[Name]> } & {
  secret: z.ZodExactOptional<typeof secret>;
  enabled: z.ZodExactOptional<z.ZodBoolean>;
});
export type HookPatch = z.input<typeof hookPatchSchema>;

/** What a hook received last, for a day. */
const lastShape = z.object({
  received_at: instantShape,
  /** `invited`, or why nobody was. Of several events the first. */
  outcome: z.enum(["invited", ...hookSkips]),
  /** Shortened, and without what looks like a secret. Null where it is larger than is kept. */
  payload: z.unknown(),
});

/** A hook as it is listed: never its key and its secrets. */
export const hookShape = z.object({
  id: z.string(),
  url: z.string(),
  ...settings,
  bitrix24: z.object({ host: z.string(), link_field: z.string().exactOptional() }).nullable(),
  enabled: z.boolean(),
  created_at: instantShape,
  last: lastShape.nullable(),
});
export type Hook = z.output<typeof hookShape>;

/** The reply to `POST /v1/surveys/:survey/hooks`, which alone shows the key. */
export const newHookShape = hookShape.extend({ key: z.string() });
export type HookWithKey = z.output<typeof newHookShape>;

/** The body of `POST /v1/surveys/:survey/hooks/:hook/try`: a payload, which may be a form as text, or the last one received. */
export const hookTrialSchema = z
  .strictObject({
    payload: z.unknown().optional(),
    last: z.literal(true, { error: "must be true" }).optional(),
  })
  .refine(({ payload, last }) => (payload === undefined) !== (last === undefined), {
    error: "needs either payload or last",
  });

const readEventShape = z.object({
  event: z.string().nullable(),
  respondent: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  time_zone: z.string().nullable(),
  properties: propertiesSchema,
  /** Whether the condition holds; null where there is none. */
  condition: z.boolean().nullable(),
  skipped: z.enum(hookSkips).exactOptional(),
});

/** The reply to a trial: what would be read of each event. */
export const hookTrialShape = z.object({ events: z.array(readEventShape) });
export type HookTrial = z.output<typeof hookTrialShape>;

const outcomeShape = z.object({
  invitation: z.string().exactOptional(),
  url: z.string().exactOptional(),
  unsubscribe_url: z.string().exactOptional(),
  /** When the delay and the quiet hours are over, where the hook has either. */
  send_at: instantShape.exactOptional(),
  skipped: z.enum(hookSkips).exactOptional(),
});
export type HookOutcome = z.output<typeof outcomeShape>;

/** The reply to `POST /v1/hooks/:hook`: what came of the event; with `each`, of the first and in `events` of all. */
export const hookReplyShape = outcomeShape.extend({ events: z.array(outcomeShape).exactOptional() });
export type HookReply = z.output<typeof hookReplyShape>;

/** The query of `POST /v1/hooks/:hook`; all other parameters are read as the body is. */
export const hookKeySchema = z.object({ key: z.string().optional() });

/** The body of `POST /v1/hooks/:hook`: whatever the sender sends. */
export const hookEventSchema = z.looseObject({});
