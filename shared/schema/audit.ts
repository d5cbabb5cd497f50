import * as z from "zod";
import { instantShape } from "./text.ts";

/** One item of `GET /v1/audit`: an act on people, keys or settings, or a read of one person, that was not refused. */
export const auditItemShape = z.object({
  at: instantShape,
  /** Also in the reply's `X-Request-Id` and in the log. */
  request: z.string(),
  /** The key's id, or `root`; `link` for the person whom a link of ours was sent to. */
  key: z.string(),
  /** Method and address, as `DELETE /v1/keys/:key`. */
  act: z.string(),
  survey: z.string().nullable(),
  /** What was acted on: a key's id, a response's id. */
  target: z.string().nullable(),
  /** Whom it was about, where it was one person; null for anybody else, and after that person's erasure. */
  respondent: z.string().nullable(),
  /** Names of what changed, never values. */
  detail: z.array(z.string()),
  /** How many rows it changed: of inviting, the people. Null for a read. */
  count: z.int().nullable(),
});
export type AuditItem = z.output<typeof auditItemShape>;
