/**
 * `npm run restore FILE`: puts a backup in the place of the database on this machine, or with `--remote` of the deployed one.
 * `--replace` is needed where that holds surveys or responses; they are saved in a file first.
 */
import { existsSync } from "node:fs";
import { BackupRefused } from "./backup/file.ts";
import { restoreLocally } from "./backup/local.ts";
import { restoreRemotely } from "./backup/remote.ts";
import { backupName, summaryOf, wordsOf } from "./backup/words.ts";
import { runDeployed } from "./wrangler.ts";

let keptAs: string | null = null;
const kept = () => keptAs !== null && existsSync(keptAs) && console.log(`What was there before is in ${keptAs}.`);

try {
  const { file, remote, replace } = wordsOf(process.argv.slice(2), ["remote", "replace"]);
  if (file === undefined) throw new BackupRefused("Which file? npm run restore FILE");
  keptAs = replace ? backupName(new Date(), "before-restore") : null;
  const contents = remote
    ? await restoreRemotely(file, { keptAs }, runDeployed)
    : await restoreLocally(file, { keptAs });
  console.log(`Restored from ${file}, read at ${contents.at}.`);
  kept();
  console.log(summaryOf(contents));
} catch (error) {
  console.error(error instanceof BackupRefused ? error.message : error);
  kept();
  process.exit(1);
}
