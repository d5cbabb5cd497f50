/**
 * What is found on a device may have been damaged, cut off or written by somebody else. A response is taken from there
 * field by field, so that one bad field costs neither the others nor a later answer.
 */
import { limits } from "../../shared/limits.ts";
import type { ResponseBody } from "../../shared/schema/response.ts";
import { characters } from "../../shared/text.ts";
import { ofEachScale, widgetQuestions } from "../../shared/widget-questions.ts";
import type { PendingResponse } from "../page.ts";

type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === "string" && value.trim().length >= least && value.length <= most * 2 && characters(value) <= most;
const isLike =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === "string" && pattern.test(value);
const isWhole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const isProperty: Check = (value) =>
  value === null ||
  typeof value === "boolean" ||
  Number.isFinite(value) ||
  isText(0, limits.propertyValueCharacters)(value);

function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** As in shared/schema/response.ts, which brings zod along. */
const checks: Record<Exclude<keyof ResponseBody, "turnstile">, Check> = {
  survey: isLike(/^srv_[a-z0-9]{4,32}$/),
  id: isLike(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  secret: isLike(/^[\w-]{22,64}$/),
  rev: isWhole(1, 2 ** 31),
  ...ofEachScale(isWhole),
  comment: isText(0, limits.commentCharacters),
  respondent: (value) =>
    isObject(value) &&
    isText(1, limits.respondentCharacters)(value.id) &&
    (value.token === undefined || isText(0, limits.identityTokenCharacters)(value.token)) &&
    Object.keys(value).every((name) => name === "id" || name === "token"),
  properties: (value) =>
    isObject(value) &&
    Object.keys(value).length <= limits.properties &&
    !Object.hasOwn(value, "__proto__") &&
    Object.entries(value).every(([name, each]) => isText(1, limits.propertyNameCharacters)(name) && isProperty(each)),
  locale: isLike(/^(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/),
  page: (value) => isText(1, limits.pageCharacters * 8)(value) && isWebAddress(value as string),
  test: (value) => typeof value === "boolean",
};

const dayMs = 864e5;

/**
 * The response in what was found, with only those fields that the collector takes. `intact`: nothing had to be left out
 * or put right. Undefined where there is no answer in it that the collector could store.
 */
export function readPending(found: unknown, now: number): { entry: PendingResponse; intact: boolean } | undefined {
  if (!isObject(found) || !isObject(found.body)) return;
  const { at, sent, step, declined } = found;
  const fields = Object.entries(found.body);
  const good = fields.filter(
    ([name, value]) => Object.hasOwn(checks, name) && checks[name as keyof typeof checks](value),
  );
  const body = Object.fromEntries(good) as ResponseBody;
  if (!body.survey || !body.id) return;
  if (!widgetQuestions.all.some((name) => name in body)) return;
  const isTimed = Number.isFinite(at) && (at as number) <= now + dayMs;
  const intact = good.length === fields.length && !!body.secret && !!body.rev && isTimed;
  return {
    intact,
    entry: {
      body: { ...body, rev: body.rev ?? 1 },
      at: isTimed ? (at as number) : now,
      ...(isWhole(1, 2 ** 31)(sent) && body.rev && { sent: sent as number }),
      ...(isWhole(0, 9)(step) && { step: step as number }),
      ...(declined === true && { declined }),
    },
  };
}
