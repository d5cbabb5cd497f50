import * as z from "zod";
import { scoreNames } from "../questions.ts";
import { oneOf } from "./text.ts";

/** The query of `GET /v1/surveys/:id/badge`. */
export const badgeQuerySchema = z.strictObject({
  score: oneOf(scoreNames).default("nps"),
});
