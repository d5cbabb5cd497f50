/** Reads bodies that strangers send: the size is bounded before the body is parsed, and the value is checked by a schema. */
import type * as z from "zod";
import { limits } from "../../shared/limits.ts";
import type { ProblemError } from "../../shared/problem.ts";
import { cleanText } from "../../shared/text.ts";
import { invalid, Problem } from "../problem.ts";

/** `text/plain` is taken as JSON because a browser sends it across origins without asking first. */
const ACCEPTED = new Set(["application/json", "text/plain"]);

/**
 * The body as the schema's output. Throws `body_too_large`, `incomplete_body`, `unsupported_media_type`, `not_json`,
 * `invalid`, `unknown_field`.
 */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  mostBytes: number = limits.bodyBytes,
): Promise<z.output<Schema>> {
  const type = request.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type && !ACCEPTED.has(type)) throw unsupported(type);
  const text = await readText(request, mostBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem("not_json");
  }
  // The whole value is searched only where the text may hold the name, as it is or escaped, for that is rare.
  if (/__proto__|\\u00/i.test(text)) refuseProto(value);
  return checked(value, schema);
}

/**
 * A schema for objects of any names would ignore `__proto__` without a refusal, and the field would be lost. The search keeps a
 * list and does not recurse, because a body may be nested a thousand levels deep.
 */
function refuseProto(body: unknown): void {
  const waiting: { value: unknown; path: string[] }[] = [{ value: body, path: [] }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value !== "object" || value === null) continue;
    if (Object.hasOwn(value, "__proto__"))
      throw invalid(pointerTo([...path, "__proto__"]), "is a name that cannot be kept");
    // No schema here is as deep as this, so nothing below is stored.
    if (path.length < MOST_LEVELS)
      for (const [name, inner] of Object.entries(value)) waiting.push({ value: inner, path: [...path, name] });
  }
}

const MOST_LEVELS = 6;

/** The value as the schema's output. Throws `invalid` or `unknown_field`, with a pointer to each fault. */
export function checked<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(errorsOf);
  const unknown = result.error.issues.some((issue) => issue.code === "unrecognized_keys");
  throw new Problem(unknown ? "unknown_field" : "invalid", { errors: errors.slice(0, MOST_ERRORS) });
}

/** A refusal names at most so many faults of a body. */
const MOST_ERRORS = 20;

function errorsOf(issue: z.core.$ZodIssue): ProblemError[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), detail: "is not a known field" }));
  if (issue.code === "invalid_key") return [{ pointer: pointerTo(issue.path), detail: keyDetail(issue) }];
  return [{ pointer: pointerTo(issue.path), detail: detailOf(issue) }];
}

function detailOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return lowerFirst(issue.message);
  if (issue.input === undefined) return "is missing";
  // Where a schema has no message of its own, zod's message speaks of input and records.
  const named = issue.message.startsWith("Invalid input") && NAMED[issue.expected];
  return named ? `must be ${named}` : lowerFirst(issue.message);
}

const NAMED: Record<string, string> = { array: "a list", object: "an object", record: "an object", string: "a string" };

function keyDetail(issue: { issues: z.core.$ZodIssue[] }): string {
  return `as a name ${lowerFirst(issue.issues[0]?.message ?? "is not allowed")}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A JSON pointer (RFC 6901). Names are cut to 60 characters and cleaned, because a refusal repeats what a stranger sent. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${cleanText(String(part).slice(0, 60)).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The body as text. Throws `body_too_large`, `incomplete_body`, and `not_json` for what is not UTF-8. */
export async function readText(request: Request, mostBytes: number): Promise<string> {
  const text = decodeUtf8(await readBytes(request, mostBytes));
  if (text === null) throw new Problem("not_json");
  return text;
}

/** The text without its byte order mark; null where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** The body's bytes. Throws `body_too_large`, `incomplete_body`. */
export async function readBytes(request: Request, mostBytes: number): Promise<Uint8Array> {
  const announced = request.headers.get("Content-Length");
  if (Number(announced) > mostBytes) throw tooLarge(mostBytes);
  // The platform passes on no more bytes than Content-Length says; counting chunks would cost a tenth of the request's time.
  const bytes = await arrived(() => (announced === null ? readAtMost(request, mostBytes) : request.arrayBuffer()));
  return new Uint8Array(bytes);
}

/** Turns what the platform throws when the sender breaks off into a refusal: it is no fault of the collector. */
async function arrived(read: () => Promise<ArrayBuffer | Uint8Array>): Promise<ArrayBuffer | Uint8Array> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof Problem ? error : new Problem("incomplete_body");
  }
}

async function readAtMost(request: Request, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = request.body?.getReader();
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    bytes += step.value.byteLength;
    if (bytes > mostBytes) {
      await reader?.cancel();
      throw tooLarge(mostBytes);
    }
    chunks.push(step.value);
  }
  return joined(chunks, bytes);
}

function unsupported(type: string): Problem {
  const sent = type.slice(0, 60);
  return new Problem("unsupported_media_type", {
    detail: `The body came as ${sent}. Send JSON with \`Content-Type: application/json\` (or text/plain).`,
  });
}

function tooLarge(mostBytes: number): Problem {
  return new Problem("body_too_large", { detail: `The body is larger than ${mostBytes} bytes.` });
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
