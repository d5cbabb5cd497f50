import * as z from "zod";
import { scoreNames } from "../questions.ts";
import { oneOf } from "./text.ts";

/** The query of `GET /v1/surveys/:id/badge`. */
export const badgeQuerySchema = z.strictObject({
  score: oneOf(scoreNames).default("nps"),
});

/** The reply: what shields.io's endpoint badge reads. */
export const badgeShape = z.object({
  schemaVersion: z.literal(1),
  label: z.string(),
  message: z.string(),
  color: z.enum(["brightgreen", "yellow", "orange", "lightgrey"]),
});
export type Badge = z.output<typeof badgeShape>;
