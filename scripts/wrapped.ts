/** The parts with commas between, in lines of the width that the other migrations have. */
export function wrapped(parts: readonly string[]): string {
  const lines: string[] = [];
  let line = "   ";
  for (const [index, part] of parts.entries()) {
    const text = index < parts.length - 1 ? `${part},` : part;
    if (line.trim() !== "" && line.length + 1 + text.length > 120) {
      lines.push(line);
      line = "   ";
    }
    line += ` ${text}`;
  }
  return [...lines, line].join("\n");
}
