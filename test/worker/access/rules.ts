/** Who may open which door: one rule per route. A route without a rule here fails the tests. */
import type { Scope } from "../../../shared/schema/key.ts";
import { anId } from "../support/collector.ts";

/** What a route finds there when it is tried. */
export type Place = { survey: string; response: string };

export type Rule = {
  /** The least scope that opens it; `anyone` needs no key. */
  opens: Scope | "anyone";
  /** The address to try, with its parameters filled in; by default the route's own path. */
  path?: (place: Place) => string;
  body?: (place: Place) => unknown;
  headers?: Record<string, string>;
  /** What a key that is bound to a survey gets where neither address nor body names one: its own part, or nothing. */
  bound?: "its own" | "refused";
  /** Any page may call it: it answers with `Access-Control-Allow-Origin: *`. */
  cors?: true;
  /** A key is not asked for, but one that is sent must be good. */
  keyOptional?: true;
};

/** Named by method and path as registered in worker/app.ts. */
export const rules: Record<string, Rule> = {
  "GET /w/:file{.+\\.js}": { opens: "anyone", path: () => "/w/srv_nobodyhere.js", cors: true },
  "POST /v1/responses": {
    opens: "anyone",
    body: ({ survey }) => ({ survey, id: anId(), nps: 9 }),
    cors: true,
    keyOptional: true,
  },
  "GET /health": { opens: "anyone" },

  "GET /v1/keys": { opens: "admin", bound: "its own" },
  "POST /v1/keys": {
    opens: "admin",
    body: ({ survey }) => ({ name: "team", scope: "metrics", survey }),
  },
  "DELETE /v1/keys/:key": { opens: "admin", path: () => "/v1/keys/nosuchkeyhere", bound: "its own" },

  "GET /v1/surveys": { opens: "metrics", bound: "its own" },
  "POST /v1/surveys": { opens: "admin", body: () => ({ name: "Shop" }), bound: "refused" },
  "GET /v1/surveys/:survey": { opens: "metrics" },
  "PATCH /v1/surveys/:survey": { opens: "admin", body: () => ({ brand: "Shop" }) },
  "DELETE /v1/surveys/:survey": { opens: "admin" },
  "GET /v1/surveys/:survey/metrics": { opens: "metrics" },
  "GET /v1/surveys/:survey/comments": { opens: "comments" },
  "PATCH /v1/surveys/:survey/responses/:response": { opens: "write", body: () => ({ excluded: true }) },
};
