/** Reads the parameters of a link, which mailers, mail programs and chats may have changed on the way. */

import { scoreNames } from "../../shared/questions.ts";
import { withoutInvisible } from "../../shared/text.ts";

/** The names of scores in our own links. */
const SCORES: ReadonlySet<string> = new Set(scoreNames);

/** Characters after a link that a mail program, or a chat program with its marks for bold and italics, may take for a part of it. */
const TRAILING = /[\s).,;:!>\]"'»”’…/*_~`]+$/;

/**
 * The parameters of `address`. `tail`: the text between the link's own end and the question mark, which may hold parameters too.
 * `&amp;` counts as `&`, and a second `?` begins further parameters. `=3D` is the `=` of quoted-printable, if a score or a
 * language shows that the encoding was not undone. A plus in a mail address (`ann+news@…`) or before a telephone number is a
 * plus, and elsewhere a blank. An encoded query is decoded. Around a score, blanks and invisible characters are dropped, and after
 * it the full stop or bracket of a sentence and further parameters behind an encoded question mark.
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
    if (name !== "") fields.append(name, SCORES.has(name) ? scoreIn(whole) : whole);
  }
  return fields;
}

function scoreIn(value: string): string {
  const [score = ""] = withoutInvisible(value).split("?");
  return score.replace(/^[\s=]+/, "").replace(TRAILING, "");
}

function pairOf(pair: string): [name: string, value: string] {
  const [[name, value] = ["", ""]] = new URLSearchParams(withPluses(pair));
  return [name, value];
}

/** Encodes each plus that can only be a plus, so that it is not read as a blank. */
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
