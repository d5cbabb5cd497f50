/**
 * The parameters of Delighted's API, as its clients send them: in JSON, in a form or in a query, where every value is a text.
 * Unknown parameters are let through, as Delighted did: its clients send back whole objects when they save one.
 */
import * as z from "zod";
import { limits } from "../limits.ts";
import { propertiesSchema, respondentIdSchema, responsePatchSchema } from "./response.ts";
import { textUpTo } from "./text.ts";

/** A whole number, also as the text of one. */
function whole(low: number, high: number) {
  const error = `must be a whole number from ${low} to ${high}`;
  const inText = z
    .string({ error })
    .regex(/^-?\d{1,12}$/, { error })
    .transform(Number);
  return z.union([z.int({ error }), inText], { error }).refine((value) => value >= low && value <= high, { error });
}

/** Seconds since 1970, as milliseconds. */
const unixTime = whole(0, 253_402_300_799).transform((seconds) => seconds * 1000);

/** What a form or a library sends for an absent value. */
const absent = z.literal("").or(z.null());
const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([absent, schema])
    .transform((value) => (value === "" || value === null ? undefined : (value as z.output<Schema>)))
    .optional();

/** A parameter of Delighted's that cannot be done here. */
const never = (error: string) => maybe(z.never({ error }));

const yesOrNo = z
  .union([z.boolean(), z.enum(["true", "false", "1", "0"])], { error: "must be true or false" })
  .transform((value) => value === true || value === "true" || value === "1");

/** An id as a text, for some clients send numbers. */
const id = z.union([z.int().transform(String), z.string()], { error: "must be a text" }).pipe(respondentIdSchema);

const email = respondentIdSchema.refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), {
  error: "is not an e-mail address",
});
const phone = respondentIdSchema.refine((text) => /^\+\d{6,15}$/.test(text), {
  error: "must be a number in E.164 form, such as +14155551212",
});

/** A person named in a body: by id, or as an object that a client gives back. */
export const personRefSchema = z.union(
  [
    id,
    z
      .object({ id: id.optional(), email: maybe(email), phone_number: maybe(phone) })
      .transform((person) => person.id ?? person.email ?? person.phone_number)
      .pipe(respondentIdSchema),
  ],
  { error: "must be the id of a person, their e-mail address or their phone number" },
);

/** `POST people`. `delay` and `channel` change nothing, because nothing is sent from here. */
export const delightedPersonSchema = z
  .object({
    email: maybe(email),
    phone_number: maybe(phone),
    name: maybe(textUpTo(limits.propertyValueCharacters)),
    properties: propertiesSchema.nullish().transform((given) => given ?? {}),
    send: yesOrNo.default(true),
    last_sent_at: maybe(unixTime),
    email_update: never("is not possible here: a person is known by the address they were made with"),
    phone_number_update: never("is not possible here: a person is known by the number they were made with"),
  })
  .refine(({ email, phone_number }) => email !== undefined || phone_number !== undefined, {
    error: "can't be blank",
    path: ["email"],
  });

const noteTexts = z
  .array(z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)]))
  .transform((texts) => texts.join("\n"))
  .pipe(textUpTo(limits.commentCharacters));

const answerFields = {
  score: whole(-1_000_000, 1_000_000),
  comment: textUpTo(limits.commentCharacters).nullable(),
  tags: responsePatchSchema.shape.tags,
  notes: noteTexts,
};

/** `POST survey_responses`. Whether the score is on the scale is for the survey to say. */
export const newDelightedResponseSchema = z.object({
  person: personRefSchema,
  score: answerFields.score,
  comment: answerFields.comment.optional(),
  person_properties: propertiesSchema.nullish(),
  created_at: maybe(unixTime),
  tags: answerFields.tags,
  notes: answerFields.notes.optional(),
});
export type NewDelightedResponse = z.output<typeof newDelightedResponseSchema>;

/** `PUT survey_responses/:id`: what is absent stays; a property that is null goes. */
export const changedDelightedResponseSchema = z.object({
  person: personRefSchema.nullish(),
  score: answerFields.score.nullish(),
  comment: answerFields.comment.optional(),
  person_properties: propertiesSchema.nullish(),
  tags: answerFields.tags,
  notes: answerFields.notes.optional(),
});
export type ChangedDelightedResponse = z.output<typeof changedDelightedResponseSchema>;

/** `POST unsubscribes`. */
export const delightedUnsubscribeSchema = z
  .object({
    person_email: maybe(respondentIdSchema),
    person_phone_number: maybe(respondentIdSchema),
    person_id: maybe(id),
  })
  .transform((sent) => sent.person_email ?? sent.person_phone_number ?? sent.person_id)
  .refine((person) => person !== undefined, { error: "can't be blank", path: ["person_email"] })
  .transform((person) => person as string);

const notHere = never("is not known here: there are no trends");
const expandable = z.enum(["person", "notes"], { error: "must be person or notes" });

/** The paging and the times of every list. */
export const delightedListSchema = z.object({
  page: whole(1, limits.pagedRows).default(1),
  per_page: whole(1, limits.pageLimit).default(20),
  cursor: z.string().max(400).optional(),
  since: maybe(unixTime),
  until: maybe(unixTime),
});
export type DelightedList = z.output<typeof delightedListSchema>;

export const delightedPeopleSchema = delightedListSchema.extend({
  email: maybe(respondentIdSchema),
  phone_number: maybe(respondentIdSchema),
});

export const delightedResponsesSchema = delightedListSchema.extend({
  updated_since: maybe(unixTime),
  updated_until: maybe(unixTime),
  order: z
    .enum(["asc", "desc", "asc:created_at", "desc:created_at", "asc:updated_at", "desc:updated_at"], {
      error: "must be asc, desc, asc:updated_at or desc:updated_at",
    })
    .default("asc"),
  person_id: maybe(id),
  person_email: maybe(respondentIdSchema),
  person_phone_number: maybe(respondentIdSchema),
  trend: notHere,
  expand: z.union([expandable.transform((each) => [each]), z.array(expandable)]).default([]),
});
export type DelightedResponses = z.output<typeof delightedResponsesSchema>;

/** `GET survey_responses/:id`. */
export const delightedOneSchema = delightedResponsesSchema.pick({ expand: true });

const group = z.literal("core", { error: "must be core: nothing is sent from here, so no sending is counted" });

export const delightedMetricsSchema = z.object({
  since: maybe(unixTime),
  until: maybe(unixTime),
  trend: notHere,
  groups: z.union([group, z.array(group)]).optional(),
});
