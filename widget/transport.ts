/** The only fetch: one POST that outlives its page, needs no preflight and never throws. */
import type { ProblemBody } from "../shared/problem.ts";
import type { Eligibility } from "../shared/schema/eligibility.ts";
import type { ResponseReceipt } from "../shared/schema/response.ts";

/**
 * Whatever JSON came, from the collector or from somebody who answered in its place: a field counts once it is looked at.
 * Status 0: nobody answered, or not in JSON.
 */
export type Reply = {
  status: number;
  body: Partial<ProblemBody & ResponseReceipt & Eligibility> | null;
  retryAfterSeconds?: number;
};

export async function post(url: string, body: unknown): Promise<Reply> {
  try {
    // A string body goes as text/plain, which a browser sends without asking the server first.
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify(body),
      keepalive: true,
      credentials: "omit",
    });
    const retryAfterSeconds = Number(response.headers.get("Retry-After"));
    return {
      status: response.status,
      body: await response.json(),
      ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
    };
  } catch {
    return { status: 0, body: {} };
  }
}
