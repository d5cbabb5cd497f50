/** Patterns of addresses, by which pages are targeted. This file is part of the widget. */

/**
 * Whether the pattern matches the page. `*` matches any characters; a pattern that begins with `/` is compared with the path
 * alone.
 */
export function covers(glob: string, page: string): boolean {
  const pattern = glob.replace(/\W/g, (each) => (each === "*" ? ".*" : `\\${each}`));
  return RegExp(`^${glob[0] === "/" ? "\\w+://[^/]*" : ""}${pattern}$`).test(page);
}

/** How often a pattern says "any run of characters". */
export function starsIn(glob: string): number {
  return glob.match(/\*+/g)?.length ?? 0;
}
