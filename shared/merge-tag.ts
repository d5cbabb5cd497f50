/**
 * What a mailer leaves in a link where it had nothing to put in: its own mark for a field. Everybody who reads such a mailing
 * would be one and the same respondent, so one rule says what is a mark, whichever mailer it is of.
 */

/** Marks that no id holds, whole or cut off, alone or in the middle of more: `{{`, `*|`, `${`, `<%`, `[[`, `{=`, `[%`… */
const ANYWHERE =
  /\{[{%#=!$]|[%}#]\}|[$%@#^&]\{|\$\[|\[\[|\]\]|\[[%*-]|[%*-]\]|\*\||\|\*|<[%<{@]|[%>}@]>|%%[!\p{L}_].*%%|^%%|%\([^)]*\)[sd]/u;

/** A name in braces or between percent signs, in the middle of more as well: `user-{id}`, `user-%ID%`. */
const NAMED = /\{(?![0-9a-fA-F]{8}-)[\p{L}_][\p{L}\w .:|=-]*\}|%[A-Z_][A-Z0-9_.]*%/u;

/** Pairs that an id may hold as well: a mark only when they enclose all of it, and what they enclose begins like a name. */
const ENCLOSING = [
  /^\[[\p{L}_][^[\]]*\]$/u,
  /^<[\p{L}_][^<>@]*>$/u,
  /^«[\w.]+»$/,
  /^([%#@$])\1*!?[\p{L}_][^%#@$]*\1+$/u,
  /^([~+!|^:_])\1+[\p{L}_].*\1\1$/u,
  /^\$!?[\p{L}_][\w.]*(\(.*\))?$/u,
  /^%(\d+\$)?[sd]$/,
];

/** What a template prints for nothing. */
const NOTHING = /^(undefined|null|NaN|\[object Object\])$/;

/** Whether the text is a mailer's mark, not filled in, however often the mailer has encoded it for the address. */
export function isMergeTag(text: string): boolean {
  const tried = text.trim();
  if (NOTHING.test(tried) || ANYWHERE.test(tried) || NAMED.test(tried) || ENCLOSING.some((form) => form.test(tried)))
    return true;
  const decoded = decode(tried);
  return decoded !== tried && isMergeTag(decoded);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
