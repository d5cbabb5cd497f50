/** JSON pointers (RFC 6901): one names a value within a document. */

/** A pointer as it is written: empty for the whole document, else a slash before each name; `~1` is a slash, `~0` a tilde. */
export const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

/** The value that the pointer names; undefined where the document has none. Only the document's own names count. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    // The length of a list is a name of its own too, but no member.
    if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The name as a part of a pointer. */
export function pointerPart(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
