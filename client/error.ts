import type { ProblemBody, ProblemCode } from "./types.ts";

/**
 * `network`: no reply came, or it broke off. `timeout`: it took longer than `timeoutMs`. `not_vidhuk`: the reply was not the
 * collector's, as of a proxy that answers for it.
 */
export type ErrorCode = ProblemCode | "network" | "timeout" | "not_vidhuk";

type About = {
  code: ErrorCode;
  status?: number;
  retryAfter?: number | null;
  body?: ProblemBody | null;
  cause?: unknown;
};

/** Every call that fails throws this one, but for a call that was aborted by the caller's own signal. */
export class VidhukError extends Error {
  override readonly name = "VidhukError";
  /** Why, for programs: codes are only ever added. */
  readonly code: ErrorCode;
  /** The HTTP status; 0 where no reply came. */
  readonly status: number;
  /** What is wrong with the body (a JSON pointer) or the query (`/name`); empty where the code says it all. */
  readonly errors: NonNullable<ProblemBody["errors"]>;
  /** In how many seconds the collector asks to try again; null where it does not say. */
  readonly retryAfter: number | null;
  /** The whole refusal as it came; null where the collector sent none. */
  readonly body: ProblemBody | null;

  constructor(message: string, { code, status = 0, retryAfter = null, body = null, cause }: About) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
    this.errors = body?.errors ?? [];
  }
}

/** The error of a reply that is no success; reads its body. */
export async function errorOf(reply: Response): Promise<VidhukError> {
  const text = await reply.text().catch(() => "");
  const status = reply.status;
  const retryAfter = secondsOf(reply.headers.get("Retry-After"));
  const body = problemOf(text);
  if (body) return errorOfProblem(body, retryAfter);
  // Cloudflare's own pages for a limit that was passed (1015, 1027, 1102) are no replies of the collector.
  const code = status === 429 ? "rate_limited" : "not_vidhuk";
  return new VidhukError(`HTTP ${status}: ${text.slice(0, 200)}`, { code, status, retryAfter });
}

/** The error of a refusal. */
export function errorOfProblem(body: ProblemBody, retryAfter: number | null): VidhukError {
  return new VidhukError(body.detail, { code: body.code, status: body.status, retryAfter, body });
}

function problemOf(text: string): ProblemBody | null {
  try {
    const body = JSON.parse(text);
    return typeof body?.code === "string" && typeof body.detail === "string" ? body : null;
  } catch {
    return null;
  }
}

/** `Retry-After` as seconds from now: a number, or a date. */
function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}
