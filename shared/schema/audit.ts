/** One item of `GET /v1/audit`: an act that an admin's key did and that was not refused. */
export type AuditItem = {
  at: string;
  /** Also in the reply's `X-Request-Id` and in the log. */
  request: string;
  /** The key's id, or `root`. */
  key: string;
  /** Method and address, as `DELETE /v1/keys/:key`. */
  act: string;
  survey: string | null;
  /** What was acted on: a key's id, a response's id. A respondent is never named: erasure must not leave a trace here. */
  target: string | null;
  /** Names of what changed, never values. */
  detail: string[];
};
