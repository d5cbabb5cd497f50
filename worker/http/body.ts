/** Reads what strangers send: bounded before it is parsed, parsed before it is believed. */
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
  // Rare enough to be looked for only where the text may hold it, plain or escaped.
  if (/__proto__|\\u00/i.test(text)) refuseProto(value);
  return checked(value, schema);
}

/**
 * A shape of any names would pass over `__proto__` in silence: the field would be taken and not kept. A list of what is yet
 * to be looked at, and no recursion: a body may be nested a thousand deep.
 */
function refuseProto(body: unknown): void {
  const waiting: { value: unknown; path: string[] }[] = [{ value: body, path: [] }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value !== "object" || value === null) continue;
    if (Object.hasOwn(value, "__proto__"))
      throw invalid(pointerTo([...path, "__proto__"]), "is a name that cannot be kept");
    // Deeper than any shape here goes nothing is kept anyway.
    if (path.length < MOST_LEVELS)
      for (const [name, inner] of Object.entries(value)) waiting.push({ value: inner, path: [...path, name] });
  }
}

const MOST_LEVELS = 6;

/** The value as the schema's output, or a Problem that points at each fault. */
export function checked<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(errorsOf);
  const unknown = result.error.issues.some((issue) => issue.code === "unrecognized_keys");
  throw new Problem(unknown ? "unknown_field" : "invalid", { errors: errors.slice(0, MOST_ERRORS) });
}

/** A thousand bad names are one lesson, not a thousand. */
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
  // Where a schema has no words of its own, zod's speak of input and records.
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

/** RFC 6901. Long hostile names are cut, and none drives a terminal: a refusal is no place to echo 30 kB. */
function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${cleanText(String(part).slice(0, 60)).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The body as text. Throws `body_too_large`, `incomplete_body`, and `not_json` for what is not UTF-8. */
export async function readText(request: Request, mostBytes: number): Promise<string> {
  const announced = request.headers.get("Content-Length");
  if (Number(announced) > mostBytes) throw tooLarge(mostBytes);
  // Nobody can send more than was announced; counting chunk by chunk would cost a tenth of the whole request.
  const bytes = await arrived(() => (announced === null ? readAtMost(request, mostBytes) : request.arrayBuffer()));
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Problem("not_json");
  }
}

/** A sender who goes away in the middle is no fault of ours: whatever the platform throws then is a refusal. */
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
