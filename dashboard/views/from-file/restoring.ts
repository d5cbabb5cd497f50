/** A survey made from an archive: what the page knows of it, and what the reader can do. */
import type { Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import { limits } from "../../../shared/limits.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { goTo } from "../../address/address.ts";
import { hrefTo } from "../../address/routes.ts";
import type { Refusal, Reply } from "../../data/api.ts";
import { call, sendLines } from "../../data/api.ts";
import { importPath, surveyPath, surveysPath } from "../../data/api-paths.ts";
import type { Ending, Sending } from "../../data/send-parts.ts";
import { sendParts } from "../../data/send-parts.ts";
import type { ArchiveFault, ArchiveFile } from "../../files/archive-file.ts";
import { openArchive } from "../../files/archive-file.ts";
import { linesOf, partsOf } from "../../files/lines.ts";

export type Restoring = {
  /** The survey that was begun; null before. */
  survey: Signal<string | null>;
  chosen: Signal<ArchiveFile | ArchiveFault | null>;
  rows: Signal<number>;
  isBusy: Signal<boolean>;
  ending: Signal<Ending | null>;
  choose(file: File | undefined): Promise<void>;
  /** Makes the survey, or goes on with it. */
  goOn(): Promise<void>;
  stop(): void;
  /** Deletes the survey that was begun. */
  remove(): Promise<void>;
};

/** `begun`: the survey that an earlier visit of the page has begun. */
export function restoring(begun: string | null): Restoring {
  let chosenFile: File | undefined;
  let sending: Sending | null = null;
  let flight = new AbortController();
  const survey = signal(begun);
  const chosen: Restoring["chosen"] = signal(null);
  const rows = signal(0);
  const isBusy = signal(false);
  const ending: Restoring["ending"] = signal(null);

  /** The survey, its refusal where it could not be made. */
  const begin = async ({ head: { settings } }: ArchiveFile): Promise<Reply<string>> => {
    if (survey.value !== null) return { ok: true, value: survey.value };
    const { name, brand } = settings;
    const made = await call<Survey>("POST", surveysPath, { name, brand });
    if (!made.ok) return made;
    survey.value = made.value.id;
    location.replace(hrefTo("fromFile", { survey: made.value.id }));
    return { ok: true, value: made.value.id };
  };

  const open = (file: File, id: string): Sending => {
    const lines = linesOf(file.stream().pipeThrough(new TextDecoderStream()), limits.settingsBytes);
    const path = importPath(id, {});
    return sendParts(
      partsOf(lines),
      (part, signal) => sendLines(path, part.text, signal),
      (part) => {
        // The head and the end are lines and no rows.
        rows.value = part.first + part.lines.length - 2;
      },
    );
  };

  return {
    ...{ survey, chosen, rows, isBusy, ending },
    async choose(file) {
      chosenFile = file;
      sending = null;
      ending.value = null;
      rows.value = 0;
      chosen.value = file ? await openArchive(file).catch((): ArchiveFault => "no_archive") : null;
    },
    async goOn() {
      const archive = chosen.value;
      if (isBusy.value || !chosenFile || archive === null || typeof archive === "string") return;
      isBusy.value = true;
      ending.value = null;
      flight = new AbortController();
      const begun = await begin(archive);
      if (begun.ok) {
        sending ??= open(chosenFile, begun.value);
        ending.value = await sending.goOn(flight.signal);
      } else ending.value = { how: "refused", refusal: begun.refusal };
      if (ending.value.how === "unreadable") [sending, chosen.value] = [null, null];
      isBusy.value = false;
    },
    stop: () => flight.abort(),
    async remove() {
      const reply = survey.value === null ? null : await call("DELETE", surveyPath(survey.value));
      if (reply === null || reply.ok) goTo("surveys", {});
      else ending.value = { how: "refused", refusal: reply.refusal };
    },
  };
}

/** Whether it is no use to send the same again. */
export function isFinal({ status }: Refusal): boolean {
  return status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;
}
