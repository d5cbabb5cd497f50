/** What a sender sends, whichever way: JSON, a form, or query parameters. */
import type { Nested } from "../../shared/hooks/nested-form.ts";
import { FormFault, nestedForm } from "../../shared/hooks/nested-form.ts";
import { limits } from "../../shared/limits.ts";
import { readText } from "../http/body.ts";
import { invalid, Problem } from "../problem.ts";

/** `raw`: the body as it came, for signatures. */
export type Payload = { raw: string; value: unknown };

/** The parameter by which a sender that can set no header gives its key. */
export const KEY_PARAMETER = "key";

/**
 * The body, with the query parameters beneath it: where both name a field, the body's counts. Throws `body_too_large`,
 * `incomplete_body`, `unsupported_media_type`, `not_json`, `invalid`.
 */
export async function readPayload(request: Request): Promise<Payload> {
  const query = new URL(request.url).searchParams;
  query.delete(KEY_PARAMETER);
  const raw = await readText(request, limits.hookEventBytes);
  const fromQuery = formIn(query.toString());
  const body = bodyOf(raw, request.headers.get("Content-Type"));
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  return { raw, value: isObject ? { ...fromQuery, ...body } : (body ?? fromQuery) };
}

/** A pasted payload: a text may be JSON or a form. */
export function pastedPayload(payload: unknown): unknown {
  return typeof payload === "string" ? bodyOf(payload, null) : payload;
}

/** Undefined where there is no body. Some senders name no type, or a wrong one, so a text that begins like JSON is JSON. */
function bodyOf(raw: string, header: string | null): unknown {
  const type = header?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type.startsWith("multipart/"))
    throw new Problem("unsupported_media_type", {
      detail: "Send JSON, a form as application/x-www-form-urlencoded, or query parameters.",
    });
  const text = raw.trim();
  if (text === "") return undefined;
  if (/^[[{]/.test(text) || /[/+]json$/.test(type)) return parsed(text);
  return formIn(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("not_json");
  }
}

function formIn(text: string): Nested {
  try {
    return nestedForm(text);
  } catch (error) {
    if (!(error instanceof FormFault)) throw error;
    throw invalid("", `the form ${error.message}`);
  }
}
