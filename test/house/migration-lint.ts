/**
 * What a migration may not hold, because Cloudflare's remote splitter has cut files apart on it while the local one did
 * not. Gives a sentence for each fault.
 */
export function lintMigration(sql: string): string[] {
  const faults: string[] = [];
  const bare = withoutTexts(sql);
  const statements = bare.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, "");
  if (sql.includes("\r")) faults.push("lines must end in LF");
  if (sql.startsWith("\ufeff")) faults.push("must not begin with a byte order mark");
  if (!sql.endsWith("\n")) faults.push("must end with a line end");
  if (/;\s*(--|\/\*)[^;]*$/.test(bare)) faults.push("must not end with a comment");
  if (!/;\s*$/.test(statements)) faults.push("must end its last statement with a semicolon");
  for (const [word] of statements.matchAll(/\b(begin|end)\b/gi))
    if (word !== word.toUpperCase()) faults.push(`must write ${word.toUpperCase()} in upper case`);
  for (const [trigger] of statements.matchAll(/CREATE\s+(TEMP\s+)?TRIGGER[\s\S]*?\bEND\s*;/gi))
    if (/\bCASE\b/i.test(trigger))
      faults.push("must not use CASE in a trigger: iif() and sums of comparisons do the same");
  return faults;
}

/**
 * The file names, faulty where they are not 0001_name.sql and the like, or take a number twice. Gaps are free: each part
 * of the collector counts from a ten of its own, so that two people do not take the same number.
 */
export function lintNumbering(files: readonly string[]): string[] {
  const numbers = files.map((file) => file.slice(0, 4));
  return files.filter(
    (file, index) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(file) || numbers.indexOf(numbers[index]!) < index,
  );
}

/** Quoted texts may contain anything. */
function withoutTexts(sql: string): string {
  return sql.replaceAll(/'(?:[^']|'')*'/g, "''");
}
