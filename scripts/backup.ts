/**
 * `npm run backup [FILE]`: the whole database on this machine, or with `--remote` the deployed one, into a file that `npm run
 * restore` takes back. It may run while the collector serves.
 */
import { BackupRefused } from "./backup/file.ts";
import { backUpLocally } from "./backup/local.ts";
import { backUpRemotely } from "./backup/remote.ts";
import { backupName, summaryOf, wordsOf } from "./backup/words.ts";
import { statePlaces } from "./paths.ts";
import { runDeployed } from "./wrangler.ts";

try {
  const { file = backupName(new Date()), remote } = wordsOf(process.argv.slice(2), ["remote"]);
  const contents = remote ? await backUpRemotely(file, runDeployed) : await backUpLocally(file);
  console.log(`${remote ? "The deployed database" : `The database in ${statePlaces().persist}`} is saved in ${file}`);
  console.log(summaryOf(contents));
} catch (error) {
  console.error(error instanceof BackupRefused ? error.message : error);
  process.exit(1);
}
