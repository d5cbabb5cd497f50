/** A whole collector on real D1, with a clock that stands still until moved and a meter on every statement. */
import { env } from "cloudflare:workers";
import { mintResponseId } from "../../../shared/response-id.ts";
import type { ResponseBody } from "../../../shared/schema/response.ts";
import type { Survey, SurveySettingsInput } from "../../../shared/schema/survey.ts";
import { createApp } from "../../../worker/app.ts";
import type { Env } from "../../../worker/env.ts";
import { meter } from "./meter.ts";

export const NOON = Date.parse("2026-11-22T12:00:00Z");
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const ADMIN = { Authorization: "Bearer test-admin-token" };

export type Reply<Body = Record<string, unknown>> = { status: number; headers: Headers; text: string; body: Body };

type Options = { rateLimit?: string; fetch?: typeof globalThis.fetch; secrets?: Partial<Env> };

export function aCollector({ rateLimit = "off", fetch, secrets }: Options = {}) {
  const clock = { now: NOON };
  const app = createApp({ clock: () => clock.now, ...(fetch && { fetch }) });
  const { database, rows } = meter(env.DB);
  const bindings: Env = { ...env, DB: database, RATE_LIMIT: rateLimit, ...secrets };

  /** The reply as it comes, its body not read yet. */
  const open = async (path: string, headers: Record<string, string> = ADMIN): Promise<Response> =>
    app.request(path, { headers }, bindings);

  async function request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<Body>> {
    const raw = typeof body === "string" || body instanceof Uint8Array;
    const reply = await app.request(
      path,
      {
        method,
        headers: { "Content-Type": "application/json", ...headers },
        ...(body !== undefined && { body: raw ? body : JSON.stringify(body) }),
      },
      bindings,
    );
    const text = await reply.text();
    const isJson = text !== "" && /[/+]json\b/.test(reply.headers.get("Content-Type") ?? "");
    return { status: reply.status, headers: reply.headers, text, body: (isJson ? JSON.parse(text) : {}) as Body };
  }

  return {
    clock,
    /** Its variables and bindings. A test may change them between requests. */
    variables: bindings,
    rows,
    /** The metered database, for what no route calls. */
    database,
    request,
    open,
    /** The reply to a request as it is. */
    fetch: async (request: Request): Promise<Response> => app.fetch(request, bindings),
    get: <Body = Record<string, unknown>>(path: string, headers: Record<string, string> = ADMIN) =>
      request<Body>("GET", path, undefined, headers),
    /** What a page sends. */
    post: (response: unknown, headers: Record<string, string> = { Origin: "https://shop.example" }) =>
      request("POST", "/v1/responses", response, headers),
    async makeSurvey(settings: Partial<SurveySettingsInput> = {}): Promise<string> {
      const reply = await request<Survey>("POST", "/v1/surveys", { name: "Shop", ...settings }, ADMIN);
      if (reply.status !== 201) throw new Error(reply.text);
      return reply.body.id;
    },
  };
}

export type Collector = ReturnType<typeof aCollector>;

/** An id as a browser mints it at `now`. */
export function anId(now: number = NOON): string {
  return mintResponseId(now, crypto.getRandomValues(new Uint8Array(10)));
}

/** The secret of a response that says nothing of its own: only with it is a response changed. */
export const SECRET = "A".repeat(22);

/** A response of the survey as a page sends it; what matters to the test is said in `fields`. */
export function aResponse(survey: string, fields: Partial<ResponseBody> = {}): ResponseBody {
  const answered = ["nps", "csat", "comment"].some((name) => name in fields);
  return { survey, id: anId(), secret: SECRET, ...(!answered && { nps: 9 }), ...fields };
}

/** The same from a sender that keeps no secret. */
export function withoutSecret({ secret: _, ...rest }: ResponseBody): ResponseBody {
  return rest;
}
