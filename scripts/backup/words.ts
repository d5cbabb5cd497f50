/** What is typed behind the two commands, and what they say. */
import type { Contents } from "./file.ts";
import { BackupRefused } from "./file.ts";

type Words = { file?: string } & Record<string, boolean | string | undefined>;

/** The file and the flags of a command line. npm keeps a flag that has no `--` before it to itself, but tells of it. */
export function wordsOf(words: readonly string[], flags: readonly string[], environment = process.env): Words {
  const wanted = flags.map((flag) => `--${flag}`);
  const others = words.filter((word) => word.startsWith("-") && !wanted.includes(word));
  const [file, ...more] = words.filter((word) => !word.startsWith("-"));
  if (others.length > 0 || more.length > 0)
    throw new BackupRefused(
      `This command does not know ${[...others, ...more].join(" ")}: it takes a file, ${wanted.join(", ")}.`,
    );
  const isSaid = (flag: string) => words.includes(`--${flag}`) || environment[`npm_config_${flag}`] === "true";
  return { ...(file !== undefined && { file }), ...Object.fromEntries(flags.map((flag) => [flag, isSaid(flag)])) };
}

/** A name that sorts by time: `vidhuk-backup-2026-12-01T02-20-05-123.sql`. */
export function backupName(at: Date, what = "backup"): string {
  return `vidhuk-${what}-${at.toISOString().slice(0, 23).replaceAll(/[:.]/g, "-")}.sql`;
}

export function summaryOf({ tables }: Contents): string {
  const filled = Object.entries(tables).filter(([name, { rows }]) => rows > 0 && name !== "d1_migrations");
  return filled.map(([name, { rows }]) => `  ${name.padEnd(22)}${rows} ${rows === 1 ? "row" : "rows"}`).join("\n");
}
