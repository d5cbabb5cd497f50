import * as z from "zod";
import { surveyIdSchema } from "./response.ts";

/** The body of `POST /v1/events`: the survey was shown, or closed without an answer. */
export const eventSchema = z.strictObject({
  survey: surveyIdSchema,
  type: z.enum(["shown", "dismissed"], { error: "must be shown or dismissed" }),
});
