/**
 * What the Worker itself writes to its log: one line of JSON for each fault. `request` is the id that the refused caller was
 * shown in `X-Request-Id`. A line holds no body, no comment and no address, so that the log holds no personal data.
 */
type Line = {
  /** Where it happened: a request, a job of the cron, or work that went on after a reply. */
  kind: "request" | "job" | "background";
  request?: string;
  /** The pattern of the path, as it is registered: never the path itself, for it may hold a token or a person's id. */
  route?: string;
  job?: string;
  /** How often the same fault came since its last line. */
  unlogged?: number;
};

/** Logs a fault. */
export function logFault(error: unknown, line: Line): void {
  console.error(JSON.stringify({ level: "error", ...line, error: textOf(error) }));
}

/** The error's message and stack. */
export function textOf(error: unknown): string {
  return String(error instanceof Error ? (error.stack ?? error) : error);
}
