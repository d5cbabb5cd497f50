/**
 * `npm run import -- FILE`: answers of earlier times, and people who are not to be asked, out of a file of another product or of a
 * spreadsheet. Says first what the file would bring; asks; stores. Run again after a cut, it stores nothing twice.
 */
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { VidhukError } from "../client/index.ts";
import { UnreadableFile } from "../shared/imports/text.ts";
import { openFile } from "./import/open-file.ts";
import { refusedFile } from "./import/refused-file.ts";
import { progressOf, summaryOf } from "./import/say.ts";
import type { Sending, Sent } from "./import/send.ts";
import { sendFile } from "./import/send.ts";
import { surveyOf } from "./import/survey.ts";
import type { Words } from "./import/words.ts";
import { ImportRefused, wordsOf } from "./import/words.ts";

try {
  process.exitCode = await run(wordsOf(process.argv.slice(2)));
} catch (error) {
  console.error(saidOf(error));
  process.exitCode = 1;
}

/** Gives the exit code: 0 where everything that was asked for is stored. */
async function run(words: Words): Promise<number> {
  const size = await sizeOf(words.file);
  const file = await openFile(words);
  const { survey, name } = await surveyOf(words);
  console.log(file.description.join("\n"));
  console.log(`The survey is: ${name}\n`);

  const refusedName = `${words.file}.refused.csv`;
  const send = async (what: string, sending: Pick<Sending, "dryRun" | "only">): Promise<Sent> => {
    const progress = progressOf(what, size, process.stderr);
    const refused = await refusedFile(refusedName, file.headers, (text) => {
      progress.end();
      console.log(text);
    });
    const { skipInvalid } = words;
    const sent = await sendFile(file, survey, {
      ...{ ...sending, skipInvalid, onProgress: progress.tell, onRefused: refused.add },
    });
    progress.end();
    await refused.end();
    return sent;
  };

  const dry = await send("Looking", { dryRun: true, only: "all" });
  console.log(["This is what the file brings:", ...summaryOf(dry, true)].join("\n"));
  if (dry.refused > 0) console.log(`The refused rows are in ${refusedName}.`);
  if (dry.refused > 0 && !words.skipInvalid) {
    console.log("Nothing was stored. Mend these rows and run it again, or say --skip-invalid to leave them out.");
    return 1;
  }
  if (dry.reply === null || dry.reply.created === 0) {
    console.log("There is nothing new to store.");
    return 0;
  }
  if (!words.yes && !(await agrees())) {
    console.log("Nothing was stored. Run it again with --yes to store it.");
    return 1;
  }

  // People who are not to be asked come first, so that nobody is asked while the answers are being stored.
  if (dry.people > 0) await send("Storing people", { dryRun: false, only: "people" });
  const done = await send("Storing", { dryRun: false, only: "answers" });
  console.log([done.complete ? "Done:" : "Not all was stored:", ...summaryOf(done, false)].join("\n"));
  if (done.complete) return 0;
  console.log("A row was refused that was not before. Mend it and run it again: what is stored is not stored twice.");
  return 1;
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (found.isFile()) return found.size;
  } catch {
    // Said below.
  }
  throw new ImportRefused(`There is no file ${file}.`);
}

async function agrees(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Store it? [y/N] ");
  terminal.close();
  return /^(y|yes)$/i.test(answer.trim());
}

function saidOf(error: unknown): unknown {
  if (error instanceof ImportRefused || error instanceof UnreadableFile) return error.message;
  if (error instanceof VidhukError)
    return `${error.message}\nWhat was stored until then stays. Run the same command again: nothing is stored twice.`;
  return error;
}
