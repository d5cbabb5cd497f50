/** Which schema a backup has, beside the one of this version of the project. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.ts";
import { BackupRefused } from "./file.ts";

/** The migrations of this version, in order. */
export function migrationNames(): string[] {
  return readdirSync(join(root, "worker/migrations"))
    .filter((name) => name.endsWith(".sql"))
    .sort();
}

/** Whether a backup with these migrations is older than this version. Throws where it is newer. */
export function isOlder(migrations: readonly string[]): boolean {
  const known = migrationNames();
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new BackupRefused(
      `The backup is of a newer version of Vidhuk (${unknown.join(", ")}): get that version first. Nothing was changed.`,
    );
  return migrations.length < known.length;
}
