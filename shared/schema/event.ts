import * as z from "zod";
import { eventTypes } from "../vocabulary.ts";
import { surveyIdSchema } from "./response.ts";
import { oneOf } from "./text.ts";

/** The body of `POST /v1/events`: the survey was shown, or closed without an answer. */
export const eventSchema = z.strictObject({
  survey: surveyIdSchema,
  type: oneOf(eventTypes),
});

/** The reply: whether the survey counts views, and so counted this one. */
export const countedShape = z.object({ counted: z.boolean() });
export type Counted = z.output<typeof countedShape>;
