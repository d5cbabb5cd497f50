/** The only requests: one POST that outlives its page, needs no preflight and never throws. */

import type { ProblemBody } from "../shared/problem.ts";
import type { Eligibility } from "../shared/schema/eligibility.ts";
import type { ResponseReceipt } from "../shared/schema/response.ts";
import { toJson } from "./json.ts";

/**
 * Whatever JSON came, from the collector or from somebody who answered in its place: a field counts once it is looked at.
 * Null: it was no JSON. Status 0: nobody answered, or what the page has in the place of fetch gave no response.
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
      body: toJson(body),
      keepalive: true,
      credentials: "omit",
    });
    const retryAfterSeconds = Number(response.headers.get("Retry-After"));
    return {
      status: response.status,
      body: await response.json().catch(() => null),
      ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
    };
  } catch {
    return { status: 0, body: null };
  }
}

/** The same without fetch, for a page that has put something of its own in the place of it. Does not outlive the page. */
export async function postWithoutFetch(url: string, body: unknown): Promise<Reply> {
  try {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    await new Promise((resolve) => {
      request.onloadend = resolve;
      request.send(toJson(body));
    });
    return { status: request.status, body: JSON.parse(request.responseText) };
  } catch {
    return { status: 0, body: null };
  }
}
