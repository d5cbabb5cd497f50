import * as z from "zod";

/** The query of `GET /v1/surveys/:id/badge`. */
export const badgeQuerySchema = z.strictObject({
  score: z.enum(["nps", "csat"], { error: "must be nps or csat" }).default("nps"),
});
