/**
 * Merge tags: the marks for a field that a mailer leaves in a link if it has no value for the field. All readers of such a mail
 * would count as one respondent, so this file recognises the merge tags of all mailers.
 */

/**
 * Characters that no id contains, also where a tag was cut off or other text is around it: `{{`, `*|`, `${`, `<%`, `[[`, `{=`,
 * `[%`…
 */
const ANYWHERE =
  /\{[{%#=!$]|[%}#]\}|[$%@#^&]\{|\$\[|\[\[|\]\]|\[[%*-]|[%*-]\]|\*\||\|\*|<[%<{@]|[%>}@]>|%%[!\p{L}_].*%%|^%%|%\([^)]*\)[sd]/u;

/** A name in braces or between percent signs, also with other text around it: `user-{id}`, `user-%ID%`. */
const NAMED = /\{(?![0-9a-fA-F]{8}-)[\p{L}_][\p{L}\w .:|=-]*\}|%[A-Z_][A-Z0-9_.]*%/u;

/** Pairs of characters that an id may contain too. They are a tag only if they enclose the whole text and a name begins it. */
const ENCLOSING = [
  /^\[[\p{L}_][^[\]]*\]$/u,
  /^<[\p{L}_][^<>@]*>$/u,
  /^«[\w.]+»$/,
  /^([%#@$])\1*!?[\p{L}_][^%#@$]*\1+$/u,
  /^([~+!|^:_])\1+[\p{L}_].*\1\1$/u,
  /^\$!?[\p{L}_][\w.]*(\(.*\))?$/u,
  /^%(\d+\$)?[sd]$/,
];

/** What a template prints for a value that is missing. */
const NOTHING = /^(undefined|null|NaN|\[object Object\])$/;

/** Whether the text is a merge tag that was not filled in, however many times it was encoded for the address. */
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
