/** What is changed in the settings and not yet saved. The device keeps it, so that a closed tab loses nothing. */

import type { ReadonlySignal, Signal } from "@preact/signals";
import { computed, signal } from "@preact/signals";
import { isRecord } from "../../../shared/is-record.ts";
import type { Survey, SurveySettings } from "../../../shared/schema/survey.ts";
import { changedFields, mergeSettings, patchOf } from "../../../shared/settings-fields.ts";
import { recall, remember } from "../../device/local-storage.ts";

/** What is changed, as the body of a `PATCH`, and the version of the settings that it was changed on. */
type Kept = { version: string; patch: Record<string, unknown> };

export type UnsavedChanges = {
  /** The settings as they are saved, as far as this page knows. */
  saved: Signal<Survey>;
  kept: ReadonlySignal<Kept>;
  /** The settings as they would be. */
  settings: ReadonlySignal<SurveySettings>;
  /** The pointers of the fields that are changed. */
  changed: ReadonlySignal<string[]>;
  /** Makes `next` the settings as they would be. */
  put(next: object): void;
  /** Takes back the change of one field. */
  takeBack(pointer: string): void;
  /** What is changed is changed on the newest version from now on: the reader has seen it. */
  moveToNewest(): void;
};

/** The version of a draft that does not say its own: older than any. */
const UNKNOWN_VERSION = new Date(0).toISOString();

export function unsavedChangesOf(survey: Survey): UnsavedChanges {
  const name = `draft:${survey.id}`;
  const saved = signal(survey);
  const kept = signal<Kept>(keptOf(recall(name), survey.updated_at));
  const settings = computed(() => mergeSettings(saved.value, kept.value.patch, true) as SurveySettings);
  const changed = computed(() => changedFields(saved.value, settings.value));
  const put = (next: object) => {
    const fields = changedFields(saved.peek(), next);
    const isEmpty = fields.length === 0;
    const { version } = changed.peek().length === 0 || isEmpty ? { version: saved.peek().updated_at } : kept.peek();
    kept.value = { version, patch: patchOf(next, fields) };
    remember(name, isEmpty ? null : JSON.stringify(kept.peek()));
  };
  return {
    saved,
    kept,
    settings,
    changed,
    put,
    takeBack(pointer) {
      const others = changed.peek().filter((each) => each !== pointer);
      put(mergeSettings(saved.peek(), patchOf(settings.peek(), others), true));
    },
    moveToNewest() {
      kept.value = { ...kept.peek(), version: saved.peek().updated_at };
      put(settings.peek());
    },
  };
}

/** What the device kept; a draft from before drafts had versions is one on a version that nobody knows. */
function keptOf(text: string | null, newest: string): Kept {
  const there = parsed(text);
  if (!there) return { version: newest, patch: {} };
  const { version, patch } = there;
  if (typeof version === "string" && isRecord(patch)) return { version, patch };
  return { version: UNKNOWN_VERSION, patch: there };
}

function parsed(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
