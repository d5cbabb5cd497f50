/** Webhooks: what an owner sets, and the messages that they send. */
import * as z from "zod";
import { limits } from "../limits.ts";
import type { GroupOf, ScoreName } from "../questions.ts";
import { groupsOf, scoreNames } from "../questions.ts";
import {
  deliveryFailures,
  deliveryStates,
  messageLanguages,
  unsubscribeSources,
  webhookEvents,
  webhookFormats,
  webhookOffReasons,
} from "../vocabulary.ts";
import { responseItemShape } from "./comment.ts";
import { pagingSchema } from "./paging.ts";
import { filledTextUpTo, instantShape, oneOf, textUpTo } from "./text.ts";

type GroupFilter<Name extends ScoreName> = z.ZodExactOptional<z.ZodType<GroupOf<Name>[]>>;

/** `nps_group` and its like: the bands of a score of which one must be the response's. */
const groupFilters = Object.fromEntries(
  scoreNames.map((name) => [
    `${name}_group`,
    z
      .array(oneOf(groupsOf(name)))
      .min(1, { error: "must name at least one group" })
      .exactOptional() as z.ZodType,
  ]),
) as { [Name in ScoreName as `${Name}_group`]: GroupFilter<Name> };

/** Which responses a webhook is told of: those that meet every condition. It leaves other events alone. */
const webhookFilterSchema = z.strictObject({
  ...groupFilters,
  has_comment: z.boolean({ error: "must be true or false" }).exactOptional(),
  /** The value of each of these segments, which the survey must declare. */
  segment: z
    .record(filledTextUpTo(limits.propertyNameCharacters * 3 + 2), textUpTo(limits.propertyValueCharacters * 3 + 2))
    .refine((segments) => Object.keys(segments).length <= limits.wheres, {
      error: `must name at most ${limits.wheres} segments`,
    })
    .meta({ maxProperties: limits.wheres })
    .exactOptional(),
});
export type WebhookFilter = z.output<typeof webhookFilterSchema>;

const eventsSchema = z
  .array(oneOf(webhookEvents))
  .min(1, { error: "must name at least one event" })
  .refine((events) => new Set(events).size === events.length, { error: "must name each event once" });

const settings = {
  url: filledTextUpTo(limits.webhookUrlCharacters),
  events: eventsSchema,
  filter: webhookFilterSchema,
  format: oneOf(webhookFormats),
  /** Of a message for people; null: the survey's first language among these. */
  language: oneOf(messageLanguages).nullable(),
  /** The conversation that a bot writes to, where the format has bots. */
  chat: filledTextUpTo(limits.webhookChatCharacters).nullable(),
};

/** The body of `POST /v1/surveys/:survey/webhooks`. */
export const newWebhookSchema = z.strictObject({
  ...settings,
  filter: settings.filter.default({}),
  format: settings.format.default("standard"),
  language: settings.language.default(null),
  chat: settings.chat.default(null),
});
export type NewWebhook = z.output<typeof newWebhookSchema>;

/** The body of its PATCH. `enabled`: true puts a webhook that is off back to work. */
export const webhookPatchSchema = z.strictObject({
  ...Object.fromEntries(Object.entries(settings).map(([name, schema]) => [name, schema.exactOptional()])),
  enabled: z.boolean({ error: "must be true or false" }).exactOptional(),
} as { [Name in keyof typeof settings]: z.ZodExactOptional<(typeof settings)[Name]> } & {
  enabled: z.ZodExactOptional<z.ZodBoolean>;
});
export type WebhookPatch = z.output<typeof webhookPatchSchema>;

/** A webhook as it is listed: never its secret. */
export const webhookShape = z.object({
  id: z.string(),
  ...settings,
  url: z.string(),
  enabled: z.boolean(),
  /** Since when and why it is off. */
  off: z.object({ at: instantShape, why: z.enum(webhookOffReasons) }).nullable(),
  created_at: instantShape,
  /** When a test was last sent. */
  tested_at: instantShape.nullable(),
  /** Messages that wait, and those that are dead; each is counted up to a thousand. */
  waiting: z.int(),
  dead: z.int(),
});
export type Webhook = z.output<typeof webhookShape>;

/** The reply to the POST, and to `POST …/secret`: the one time that a secret is shown. */
export const newWebhookShape = webhookShape.extend({ secret: z.string() });
export type WebhookWithSecret = z.output<typeof newWebhookShape>;

export const deliveriesQuerySchema = pagingSchema.extend({
  state: oneOf(deliveryStates).optional(),
});

/** A message on its way to a webhook. */
export const deliveryShape = z.object({
  /** The `webhook-id` of every attempt. */
  id: z.string(),
  type: z.enum(webhookEvents),
  /** The response that it tells of; null of other events. */
  response: z.string().nullable(),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  created_at: instantShape,
  next_attempt_at: instantShape.nullable(),
  last_attempt_at: instantShape.nullable(),
  /** What the receiver answered to the last attempt; null where there was no answer. */
  status: z.int().nullable(),
  failure: z.enum(deliveryFailures).nullable(),
});
export type Delivery = z.output<typeof deliveryShape>;

/** The reply to a test: what came back. */
export const webhookTestShape = z.object({
  delivered: z.boolean(),
  status: z.int().nullable(),
  failure: z.enum(deliveryFailures).nullable(),
  /** The failure in words; empty where there was none. */
  detail: z.string(),
  /** The beginning of the receiver's answer. */
  answer: z.string(),
  took_ms: z.int(),
});
export type WebhookTest = z.output<typeof webhookTestShape>;

/** The range of days that a figure is of, the score, and how many gave one. */
const scoredShape = z.object({ from: z.string(), to: z.string(), score: z.number(), responses: z.int() });

/** What a webhook is told of a fall of a score. */
export const scoreDropShape = z.object({
  question: z.enum(scoreNames),
  before: scoredShape,
  after: scoredShape,
  /** In points, with bounds at 95 %: both are below 0. */
  change: z.object({ difference: z.number(), low: z.number(), high: z.number() }),
});
export type ScoreDrop = z.output<typeof scoreDropShape>;

/** What a webhook is told of an unsubscribe; `survey` is null where it is from all surveys. */
export const unsubscribedShape = z.object({
  respondent: z.string(),
  survey: z.string().nullable(),
  source: z.enum(unsubscribeSources),
  unsubscribed_at: instantShape,
});
export type Unsubscribed = z.output<typeof unsubscribedShape>;

const message = { timestamp: instantShape, survey: z.string(), test: z.literal(true).exactOptional() };

/** The body of a message in the standard form. `test` is there in a test alone, whose data is made up. */
export const webhookMessageShape = z.discriminatedUnion("type", [
  z.object({
    type: z.enum(["response.created", "response.amended", "comment.created"]),
    ...message,
    data: responseItemShape,
  }),
  z.object({ type: z.literal("respondent.unsubscribed"), ...message, data: unsubscribedShape }),
  z.object({ type: z.literal("score.dropped"), ...message, data: scoreDropShape }),
]);
export type WebhookMessage = z.output<typeof webhookMessageShape>;
