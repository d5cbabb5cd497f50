import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty folder; the caller's to remove. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "vidhuk-"));
}
