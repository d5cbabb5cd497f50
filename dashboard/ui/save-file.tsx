import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Reply } from "../data/api.ts";
import { unreachable } from "../data/api.ts";
import { saveFile } from "../files/save-file.ts";
import { reasonOf } from "../i18n/error-messages.ts";
import type { StringKey } from "../i18n/translate.ts";
import { t } from "../i18n/translate.ts";

type Props = {
  label: string;
  /** The file's name. */
  name: string;
  /** Fetches what the file holds, and calls `onCount` with how much of it has come. */
  fetchContent: (progress: { signal: AbortSignal; onCount: (count: number) => void }) => Promise<Reply<Blob>>;
  /** The words for how much has come; those for answers where nothing is said. */
  counted?: StringKey;
};

/** A button that fetches a file and saves it; while it comes, how much has come so far and a way to stop. */
export function SaveFile({ label, name, fetchContent, counted = "saving_answers" }: Props) {
  const count = useSignal<number | null>(null);
  const failed = useSignal<string | null>(null);
  const flight = useRef<AbortController | null>(null);
  useEffect(() => () => flight.current?.abort(), []);
  const save = async () => {
    const controller = new AbortController();
    const { signal } = controller;
    flight.current = controller;
    count.value = 0;
    failed.value = null;
    const onCount = (soFar: number) => {
      if (!signal.aborted) count.value = soFar;
    };
    // The code that makes the file is fetched too, and may not come.
    const reply = await fetchContent({ signal, onCount }).catch(() => unreachable);
    if (signal.aborted) return;
    count.value = null;
    failed.value = reply.ok ? null : reasonOf(reply.refusal);
    if (reply.ok) saveFile(name, reply.value.type, reply.value);
  };
  const stop = () => {
    flight.current?.abort();
    count.value = null;
  };
  const isBusy = count.value !== null;
  return (
    <>
      <button type="button" onClick={isBusy ? stop : save}>
        {isBusy ? t("save_stop") : label}
      </button>
      <span class="help" role="status">
        {isBusy && t(counted, { n: count.value ?? 0 })}
      </span>
      {failed.value && (
        <p class="fault" role="alert">
          {failed.value}
        </p>
      )}
    </>
  );
}
