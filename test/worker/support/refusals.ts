/** Every kind of send that is refused, each with values of segments that nobody has had before. */
import { env } from "cloudflare:workers";
import { limits } from "../../../shared/limits.ts";
import type { Collector, Reply } from "./collector.ts";
import { ADMIN, anId, aResponse, DAY, withoutSecret } from "./collector.ts";
import { anInvitation, hiddenFields, PERSON, sendForm } from "./links.ts";

export type Refusal = { name: string; status: number; send: (index: number) => Promise<Reply> };

const SEGMENTS = ["plan", "shop", "plan×shop", "plan×device", "language"];

/** Needs a collector without rate limits, whose Turnstile (site key `SITE_KEY`) refuses every token. */
export const SITE_KEY = "1x00000000000000000000AA";

/** Makes the surveys and responses that the refusals need. None of the sends that it returns writes anything. */
export async function refusals(collector: Collector): Promise<{ survey: string; all: Refusal[] }> {
  const segments = SEGMENTS;
  const survey = await collector.makeSurvey({ segments });
  const shut = await collector.makeSurvey({ segments, origins: ["https://shop.example"] });
  const full = await collector.makeSurvey({ segments, daily_limit: 1 });
  const guarded = await collector.makeSurvey({ segments, turnstile: SITE_KEY });
  const deleted = await collector.makeSurvey({ segments });
  await collector.request("DELETE", `/v1/surveys/${deleted}`, undefined, ADMIN);
  await collector.post(aResponse(full));
  const there = aResponse(survey, { secret: "a".repeat(22), rev: 5, nps: 1 });
  await collector.post(there);
  const erased = aResponse(survey, { nps: 1 });
  await collector.post(erased);
  await collector.request("DELETE", `/v1/surveys/${survey}/responses/${erased.id}`, undefined, ADMIN);
  const bare = withoutSecret(aResponse(survey, { nps: 1 }));
  await collector.post(bare);
  const old = aResponse(survey, { nps: 1 });
  await collector.post(old);
  await env.DB.prepare(
    "UPDATE responses SET received_at = received_at - ?2, created_at = created_at - ?2 WHERE id = ?1",
  )
    .bind(old.id, 3 * DAY)
    .run();
  const withdrawn = await anInvitation(collector, survey);
  await collector.request("DELETE", `/v1/surveys/${survey}/invitations/${withdrawn.id}`, undefined, ADMIN);
  const invited = await anInvitation(collector, survey, { id: "ann", properties: { plan: "new", shop: "new" } });
  const page = hiddenFields((await collector.get(`/s/${survey}`)).text);
  const invitedPage = hiddenFields((await collector.get(invited.url)).text);
  const key = (await collector.request("POST", "/v1/keys", { name: "reader", scope: "comments" }, ADMIN)).body.key;
  const reader = { Authorization: `Bearer ${key}` };

  const fresh = (index: number) => ({ plan: `new ${index}`, shop: `shop ${index}` });
  const locales = (index: number) => `x${String.fromCharCode(97 + (index % 26), 97 + ((index / 26) % 26))}`;
  const body = (index: number, fields: object) => ({
    ...aResponse(survey, { locale: locales(index), properties: fresh(index) }),
    ...fields,
  });
  const post =
    (fields: (index: number) => object, headers?: Record<string, string>) =>
    (index: number): Promise<Reply> =>
      collector.post(body(index, fields(index)), headers);
  const form = (path: string, fields: Record<string, string>) => () => sendForm(collector, path, fields);

  return {
    survey,
    all: [
      { name: "not JSON", status: 400, send: (index) => collector.post(`{"plan":"${index}"`) },
      { name: "no key that we know", status: 401, send: post(() => ({}), { Authorization: "Bearer nobody" }) },
      { name: "another origin", status: 403, send: post(() => ({ survey: shut }), { Origin: "https://x.example" }) },
      { name: "no origin", status: 403, send: post(() => ({ survey: shut }), {}) },
      {
        name: "not yours, another secret",
        status: 403,
        send: post(() => ({ ...there, secret: "b".repeat(22), rev: 9 })),
      },
      { name: "not yours, no secret", status: 403, send: post(() => ({ id: there.id, secret: undefined, nps: 2 })) },
      { name: "not yours, a key", status: 403, send: post(() => ({ id: there.id, secret: undefined, nps: 2 }), ADMIN) },
      { name: "nobody's, by a stranger", status: 403, send: post(() => ({ id: bare.id, nps: 2 })) },
      { name: "an invitation's id", status: 403, send: post(() => ({ id: invited.id })) },
      { name: "an invitation's id, and a key", status: 403, send: post(() => ({ id: invited.id }), ADMIN) },
      { name: "a withdrawn invitation's id", status: 403, send: post(() => ({ id: withdrawn.id })) },
      { name: "no proof of a person", status: 403, send: post(() => ({ survey: guarded })) },
      { name: "a false proof", status: 403, send: post(() => ({ survey: guarded, turnstile: "false" })) },
      { name: "no such survey", status: 404, send: post(() => ({ survey: "srv_nobody" })) },
      { name: "a deleted survey", status: 404, send: post(() => ({ survey: deleted })) },
      { name: "closed", status: 409, send: post(() => ({ id: old.id, nps: 2 })) },
      { name: "too large", status: 413, send: post(() => ({ comment: "x".repeat(limits.responseBytes) })) },
      { name: "another type", status: 415, send: post(() => ({}), { "Content-Type": "text/html" }) },
      { name: "a wrong score", status: 422, send: post(() => ({ nps: 11 })) },
      { name: "an unknown field", status: 422, send: post(() => ({ colour: "red" })) },
      { name: "no answer", status: 422, send: post(() => ({ nps: undefined })) },
      { name: "a comment of blanks", status: 422, send: post(() => ({ nps: undefined, comment: "\u200b \n" })) },
      {
        name: "a clock that is off, without a secret",
        status: 422,
        send: post(() => ({ id: anId(collector.clock.now - 30 * DAY), secret: undefined })),
      },
      {
        name: "a name that cannot be counted",
        status: 422,
        send: (index) => collector.post(nameless(body(index, {}))),
      },
      { name: "a full day", status: 429, send: post(() => ({ survey: full })) },
      { name: "an older send than the stored one", status: 200, send: post(() => ({ ...there, rev: 4, nps: 9 })) },
      { name: "a send to an erased response", status: 200, send: post(() => ({ id: erased.id, nps: 9 })) },
      { name: "a form of a machine", status: 422, send: form(`/s/${survey}`, { ...page, nps: "9" }) },
      { name: "an empty form", status: 422, send: form(`/s/${survey}`, { ...page, ...PERSON }) },
      {
        name: "a form with a false stamp",
        status: 422,
        send: form(`/s/${survey}`, { ...PERSON, stamp: "x", nps: "9" }),
      },
      { name: "an invited form of a machine", status: 422, send: form(invited.url, { ...invitedPage, nps: "9" }) },
      { name: "a withdrawn link", status: 410, send: form(withdrawn.url, { ...invitedPage, ...PERSON, nps: "9" }) },
      { name: "a false link", status: 404, send: form("/r/x", { ...invitedPage, ...PERSON, nps: "9" }) },
      {
        name: "a key without the scope",
        status: 403,
        send: () => collector.request("PATCH", `/v1/surveys/${survey}/responses/${there.id}`, { note: "x" }, reader),
      },
      {
        name: "a view of a survey that does not exist",
        status: 404,
        send: () => collector.request("POST", "/v1/events", { survey: "srv_nobody", type: "shown" }),
      },
    ],
  };
}

/** The body as text, with a property named `__proto__`: an object literal cannot have one. */
function nameless(body: object): string {
  return JSON.stringify(body).replace('"properties":{', '"properties":{"__proto__":"x",');
}
