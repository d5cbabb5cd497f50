/** Patterns of addresses, by which pages are targeted. The widget carries this. */

/** `*` is any run of characters, all else is itself; a pattern from `/` on is held against the path alone. */
export function covers(glob: string, page: string): boolean {
  const pattern = glob.replace(/\W/g, (each) => (each === "*" ? ".*" : `\\${each}`));
  return RegExp(`^${glob[0] === "/" ? "\\w+://[^/]*" : ""}${pattern}$`).test(page);
}
