import * as z from "zod";
import { limits } from "../limits.ts";
import { metricsQuerySchema } from "./metrics-query.ts";

const forError = `must be a whole number of seconds from 0 to ${limits.liveSeconds}`;

/** The query of `GET /v1/surveys/:id/live`: the metrics wanted, and how long to stay. */
export const liveQuerySchema = metricsQuerySchema.extend({
  /** The stream ends after so many seconds; 0: what is new now, and no more. */
  for: z
    .string()
    .regex(/^\d{1,4}$/, { error: forError })
    .transform(Number)
    .refine((seconds) => seconds <= limits.liveSeconds, { error: forError })
    .default(limits.liveSeconds),
});

/** The event `more`: comments that were told of in a number, and the list of comments from the newest of them on. */
export const moreCommentsShape = z.object({
  comments: z.int(),
  /** No more than `comments` were counted, but there may be. */
  or_more: z.boolean(),
  path: z.string(),
});
export type MoreComments = z.output<typeof moreCommentsShape>;
