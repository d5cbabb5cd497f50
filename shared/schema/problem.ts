import * as z from "zod";
import type { ProblemBody } from "../problem.ts";
import { problemCodes } from "../problem.ts";
import { instantShape } from "./text.ts";

/** The body of every refusal: `application/problem+json`. */
export const problemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(problemCodes),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).exactOptional(),
  conflicts: z
    .array(z.object({ pointer: z.string(), key: z.string().nullable(), at: instantShape.nullable() }))
    .exactOptional(),
  now: instantShape.exactOptional(),
  site_key: z.string().exactOptional(),
  request_id: z.string().exactOptional(),
}) satisfies z.ZodType<ProblemBody>;
