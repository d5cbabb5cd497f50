/** The separator that stands most often in the first row: a comma, a semicolon or a tab. `text` begins with that row. */
export function delimiterOf(text: string): string {
  const head = text.slice(0, text.search(/[\r\n]|$/)).replaceAll(/"[^"]*"/g, "");
  const counted = [",", ";", "\t"].map((sign) => ({ sign, count: head.split(sign).length }));
  return counted.sort((a, b) => b.count - a.count)[0]!.sign;
}
