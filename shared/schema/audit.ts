/** One item of `GET /v1/audit`: an act on people, keys or settings, or a read of one person, that was not refused. */
export type AuditItem = {
  at: string;
  /** Also in the reply's `X-Request-Id` and in the log. */
  request: string;
  /** The key's id, or `root`; `link` for the person whom a link of ours was sent to. */
  key: string;
  /** Method and address, as `DELETE /v1/keys/:key`. */
  act: string;
  survey: string | null;
  /** What was acted on: a key's id, a response's id. */
  target: string | null;
  /** Whom it was about, where it was one person; null for anybody else, and after that person's erasure. */
  respondent: string | null;
  /** Names of what changed, never values. */
  detail: string[];
  /** How many rows it changed: of inviting, the people. Null for a read. */
  count: number | null;
};
