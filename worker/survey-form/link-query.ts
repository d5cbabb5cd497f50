/** The parameters of a link, read through what mailers, mail programs and chats do to links on their way. */

import { scoreNames } from "../../shared/questions.ts";

/** Names that our own links carry. */
const SCORES: ReadonlySet<string> = new Set(scoreNames);

/** What a mail program takes for a part of an address at its end. */
const TRAILING = /[).,;:!>\]"'»”’]+$/;

/**
 * The query of `address`, after whatever stands in `tail` between the link's own end and the question mark. `&amp;` is `&`; a
 * second `?` begins further parameters; `=3D` is the `=` of quoted-printable, where a score or a language shows that it
 * was not undone; a plus in an address (`ann+news@…`) or before a telephone number is a plus, elsewhere a blank; an encoded
 * query is a query. A score may have the sentence's full stop or bracket behind it.
 */
export function readLinkQuery(address: string, tail = ""): URLSearchParams {
  const at = address.indexOf("?");
  const query = `${tail}&${at < 0 ? "" : address.slice(at + 1)}`;
  const pairs = query
    .split(/[?&](?:amp;|#38;)*/i)
    .map((pair) => (pair.includes("=") ? pair : decode(pair)))
    .flatMap((pair) => pair.split(/[?&](?:amp;|#38;)*/i))
    .map(pairOf);
  const isQuotedPrintable = pairs.some(
    ([name, value]) => (name === "lang" || SCORES.has(name)) && value.startsWith("3D"),
  );
  const fields = new URLSearchParams();
  for (const [name, value] of pairs) {
    const whole = isQuotedPrintable ? value.replace(/^3D/, "") : value;
    if (name !== "") fields.append(name, SCORES.has(name) ? whole.replace(TRAILING, "") : whole);
  }
  return fields;
}

function pairOf(pair: string): [name: string, value: string] {
  const [[name, value] = ["", ""]] = new URLSearchParams(withPluses(pair));
  return [name, value];
}

/** Encodes each plus that can only be one. */
function withPluses(pair: string): string {
  const [name = "", value = ""] = pair.split(/=(.*)/s);
  const isAddress = /@|%40/i.test(value);
  return `${name}=${isAddress ? value.replaceAll("+", "%2B") : value.replace(/^\+(?=\d)/, "%2B")}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
