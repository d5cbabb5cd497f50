/** The largest body that each schema allows is not refused for its size. */

import { beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { limits } from "../../../shared/limits.ts";
import type { Operation } from "../../../shared/schema/openapi/operation.ts";
import { operations } from "../../../shared/schema/openapi/operations.ts";
import { surveySettingsSchema } from "../../../shared/schema/survey.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse } from "../support/collector.ts";

type Shape = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  oneOf?: Shape[];
  properties?: Record<string, Shape>;
  propertyNames?: Shape;
  additionalProperties?: Shape | boolean;
  items?: Shape;
  pattern?: string;
  format?: string;
  maxLength?: number;
  maxItems?: number;
  maxProperties?: number;
  maximum?: number;
};

let collector: Collector;
let survey: string;
let response: string;
/** Its segments stay: the settings of the other survey are changed by a test. */
let told: string;
let webhook: string;
let hook: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
  told = await collector.makeSurvey({ segments: SEGMENTS });
  const made = async (path: string, body: object) =>
    (await collector.request<{ id: string }>("POST", path, body, ADMIN)).body.id;
  webhook = await made(`/v1/surveys/${told}/webhooks`, { url: "https://shop.example/", events: ["score.dropped"] });
  hook = await made(`/v1/surveys/${survey}/hooks`, { name: "Case closed", map: { event: "/id", respondent: "/who" } });
  response = aResponse(survey).id;
  expect((await collector.post({ ...aResponse(survey), id: response })).status).toBe(201);
});

/** The JSON as an encoder writes it that uses ASCII only, which is the longest form in use. */
const written = (value: unknown) =>
  JSON.stringify(value).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** A character of two UTF-16 units takes twelve bytes, one of a single unit six. */
const astral = "😀";
const padded = (start: string, length: number, fill = "я") => start + fill.repeat(length - start.length);

/** Segments of the longest names. */
const SEGMENTS = Array.from({ length: limits.wheres }, (_, index) =>
  padded(String.fromCodePoint(0x1f600 + index), limits.propertyNameCharacters * 3 + 3, "я"),
);

/** Where a schema has a pattern, or counts UTF-16 units, its largest value is given by the path: `#` is any place in a list. */
const EXACT: Record<string, (index: number) => unknown> = {
  "/survey": () => survey,
  "/id": () => anId(),
  "/secret": () => "s".repeat(64),
  "/locale": () => padded("en", limits.localeCharacters, "-abcdefgh").slice(0, limits.localeCharacters),
  "/respondent/token": () => padded("", limits.identityTokenCharacters),
  "/token": () => padded("", limits.identityTokenCharacters),
  "/page": () => padded("https://shop.example/", limits.pageCharacters * 8),
  "/turnstile": () => padded("", 2048),
  "/expires_at": () => `2099-01-01T00:00:00.${"0".repeat(limits.instantCharacters - 26)}+00:00`,
  "/created_at": () => "2024-02-29T23:59:59.123456789+00:00",
  "/asked_at": () => "2024-02-29T23:59:59.123456789+00:00",
  // They go with `send`, which is refused without a mailer.
  "/send_at": () => undefined,
  "/remind_after_days": () => undefined,
  "/starts_at": () => `2026-01-01T00:00:00.${"0".repeat(limits.instantCharacters - 26)}+00:00`,
  "/ends_at": () => `2099-01-01T00:00:00.${"0".repeat(limits.instantCharacters - 26)}+00:00`,
  "/timezone": () => "America/Argentina/ComodRivadavia",
  "/origins/#": (index) => `https://*.${"a.".repeat(120)}${padded(`h${index}`, 14, "a")}:65535`,
  "/targeting/languages/#": (index) => `en-${padded(`${index}`, 8, "a")}-abcdefgh-abcdefgh-abcde`,
  "/theme/accent": () => "#1f6feb",
  "/privacy_url": () => padded("https://shop.example/", limits.urlCharacters),
  "/thanks/promoter/url": () => padded("https://shop.example/", limits.urlCharacters),
  "/thanks/passive/url": () => padded("https://shop.example/", limits.urlCharacters),
  "/thanks/detractor/url": () => padded("https://shop.example/", limits.urlCharacters),
  "/respondents/#/email": () => padded("", 320),
  "/key": () => padded("", 200),
  "/code": () => padded("", 200),
  ...Object.fromEntries(
    ["/map/event", "/map/respondent", "/map/email", "/map/language", "/map/time_zone", "/map/properties/*"]
      .concat(["/when/pointer", "/each"])
      .map((path) => [path, () => `/${astral.repeat(limits.pointerCharacters - 1)}`]),
  ),
  "/quiet_hours/from": () => "21:00",
  "/quiet_hours/to": () => "09:00",
  "/bitrix24/inbound_url": () => padded("https://shop.example/", limits.webhookUrlCharacters),
  "/bitrix24/link_field": () => padded("UF", 80, "A"),
  "/payload": () => astral.repeat(40_000),
  "/last": () => undefined,
  "/url": () => padded("https://shop.example/", limits.webhookUrlCharacters),
  "/filter/segment": () =>
    Object.fromEntries(SEGMENTS.map((name) => [name, astral.repeat(limits.propertyValueCharacters * 3 + 2)])),
  // Of the forms only this one is built, and it has no chat.
  "/format": () => "standard",
  "/chat": () => null,
};

/** Settings have their own form of what is called the same in a response. */
const EXACT_SETTINGS = { ...EXACT, "/turnstile": () => "0".repeat(64) };

/** A call of invitations is bounded by its bytes, as its description says: one person at the largest gets in. */
const FEWER: Record<string, number> = { "/respondents": 1 };

/** The largest value that the shape allows. Throws where the shape sets no bound. */
function largest(shape: Shape, exact: typeof EXACT, path = "", index = 0): unknown {
  const given = exact[path];
  const { type, anyOf = shape.oneOf } = shape;
  if (given && type !== "null") return given(index);
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return longest(shape.enum);
  if (anyOf) return longest(anyOf.map((each) => largest(each, exact, path, index)));
  if (type === "null") return null;
  if (type === "boolean") return false;
  if (type === "integer" || type === "number") return shape.maximum ?? -1.7976931348623157e308;
  if (type === "array") {
    const { items = {}, maxItems } = shape;
    if (items.enum) return items.enum.slice(0, maxItems);
    if (maxItems === undefined) throw new Error(`no bound: ${path}`);
    return Array.from({ length: FEWER[path] ?? maxItems }, (_, place) => largest(items, exact, `${path}/#`, place));
  }
  if (type === "object" && shape.properties)
    return Object.fromEntries(
      Object.entries(shape.properties).map(([name, each]) => [name, largest(each, exact, `${path}/${name}`)]),
    );
  if (type === "object") {
    const { propertyNames = {}, additionalProperties, maxProperties } = shape;
    if (!propertyNames.enum && maxProperties === undefined) throw new Error(`no bound: ${path}`);
    const names =
      propertyNames.enum ??
      Array.from({ length: maxProperties! }, (_, place) => largest(propertyNames, exact, `${path}/name`, place));
    return Object.fromEntries(names.map((name) => [name, largest(additionalProperties as Shape, exact, `${path}/*`)]));
  }
  if (type !== "string" || shape.pattern || shape.format || shape.maxLength === undefined)
    throw new Error(`no bound: ${path} ${JSON.stringify(shape)}`);
  // The entries of a list, and names, must differ.
  const start = String.fromCodePoint(0x1f600 + index);
  return start + astral.repeat(shape.maxLength - 1);
}

function longest(values: readonly unknown[]): unknown {
  return values.reduce((best, value) => (written(value).length > written(best).length ? value : best));
}

const withBody = operations.flatMap((operation) => (operation.body ? [[operation.id, operation] as const] : []));

it("there are bodies to try", () => {
  expect(withBody.map(([id]) => id)).toContain("makeSurvey");
});

it.each(withBody)(
  "the largest body of %s is none too large",
  async (id, { method, path, body, bodyTypes }: Operation) => {
    const isSettings = path.startsWith("/v1/surveys") && /^\/v1\/surveys(\/\{\w+\})?$/.test(path);
    // PATCH accepts each of the settings in the same form as POST does.
    const schema = isSettings ? surveySettingsSchema : body!;
    const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
    const made = largest(shape, isSettings ? EXACT_SETTINGS : EXACT);
    expect(schema.safeParse(made).error).toBeUndefined();
    const of = path.includes("/webhooks") ? told : survey;
    const address = path
      .replace("{survey}", of)
      .replace("{response}", response)
      .replace("{webhook}", webhook)
      .replace("{hook}", hook)
      .replace("{mailing}", "nothing");
    expect(address).not.toContain("{");
    const reply = await collector.request(method.toUpperCase(), address, written(made), {
      ...ADMIN,
      ...(bodyTypes && { "Content-Type": bodyTypes[0] }),
    });
    expect([id, reply.status, reply.text.slice(0, 300)]).toEqual([
      id,
      reply.status,
      expect.not.stringContaining("larger"),
    ]);
    expect([400, 413, 415, 422]).not.toContain(reply.status);
    if (isSettings || /Response$/.test(id)) expect(reply.status).toBeLessThan(300);
  },
);

it.each([
  ["settings", () => ["POST", "/v1/surveys", limits.settingsBytes] as const],
  ["a response", () => ["POST", "/v1/responses", limits.responseBytes] as const],
  [
    "what the team does with one",
    () => ["PATCH", `/v1/surveys/${survey}/responses/${response}`, limits.responseBytes] as const,
  ],
  ["an event", () => ["POST", "/v1/events", limits.bodyBytes] as const],
])("one byte more than the bound of %s is refused unread", async (_, asked) => {
  const [method, path, most] = asked();
  const status = async (bytes: number) =>
    (await collector.request(method, path, `{${" ".repeat(bytes - 2)}}`, ADMIN)).status;
  expect(await status(most + 1)).toBe(413);
  expect(await status(most)).toBe(422);
});
