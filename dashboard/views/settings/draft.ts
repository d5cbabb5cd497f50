/** The settings that are changed and not yet saved. The device keeps them, so that a closed tab loses nothing. */

import type { ReadonlySignal, Signal } from "@preact/signals";
import { computed, signal } from "@preact/signals";
import { isRecord } from "../../../shared/is-record.ts";
import type { ProblemConflict } from "../../../shared/problem.ts";
import type { ApiKey } from "../../../shared/schema/key.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Survey, SurveySettings } from "../../../shared/schema/survey.ts";
import { changedFields, fieldsOf, mergeSettings, patchOf } from "../../../shared/settings-fields.ts";
import type { Refusal, Reply } from "../../data/api.ts";
import { get } from "../../data/api.ts";
import { keysPath, surveyPath } from "../../data/api-paths.ts";
import { saveSurvey } from "../../data/save-survey.ts";
import { replaceReply } from "../../data/use-reply.ts";
import { recall, remember } from "../../device/local-storage.ts";
import { faultOf } from "../../i18n/error-messages.ts";
import type { Notes } from "../../ui/notes.tsx";
import { conflictNote } from "./conflict-note.ts";
import { warningsOf } from "./warnings.ts";

export type Draft = {
  saved: Signal<Survey>;
  /** The pointers of the fields that are changed. */
  changed: ReadonlySignal<string[]>;
  /** The settings as they would be. */
  settings: ReadonlySignal<SurveySettings>;
  refusal: Signal<Refusal | null>;
  /** Fields that somebody else has changed too, for the reader to choose between the two values. */
  conflicts: ReadonlySignal<ProblemConflict[]>;
  change(changes: Partial<SurveySettings>): void;
  discard(): void;
  save(): Promise<boolean>;
  /** What is to be said beside the field: why it was refused, what is surely not meant, what somebody else wrote. */
  notes(pointer: string): Notes;
};

/** What is changed, as the body of a `PATCH`, and the version of the settings that it was changed on. */
type Kept = { version: string; patch: Record<string, unknown> };

/** The version of a draft that does not say its own: older than any. */
const UNKNOWN_VERSION = new Date(0).toISOString();
/** Saves that met another one at the very same moment are sent again. */
const ATTEMPTS = 3;

export function draftOf(survey: Survey): Draft {
  const name = `draft:${survey.id}`;
  const path = surveyPath(survey.id);
  const saved = signal(survey);
  const { version, patch } = keptOf(recall(name), survey.updated_at);
  const kept = signal<Kept>({ version, patch });
  const refusal = signal<Refusal | null>(null);
  const refused = signal<ProblemConflict[]>([]);
  const keyNames = signal<Record<string, string>>({});
  let hasSeenOthers = false;
  const settings = computed(() => mergeSettings(saved.value, kept.value.patch, true) as SurveySettings);
  const changed = computed(() => changedFields(saved.value, settings.value));
  const conflicts = computed(() => refused.value.filter(({ pointer }) => changed.value.includes(pointer)));
  const warnings = computed(() => warningsOf(settings.value, Date.now()));

  const put = (next: object) => {
    const fields = changedFields(saved.peek(), next);
    const isEmpty = fields.length === 0;
    const { version } = changed.peek().length === 0 || isEmpty ? { version: saved.peek().updated_at } : kept.peek();
    kept.value = { version, patch: patchOf(next, fields) };
    remember(name, isEmpty ? null : JSON.stringify(kept.peek()));
  };
  /** Once the reader has chosen everywhere, what they change is made on the newest version, which they have seen. */
  const settle = () => {
    if (!hasSeenOthers || conflicts.peek().length > 0) return;
    hasSeenOthers = false;
    refused.value = [];
    refusal.value = null;
    kept.value = { ...kept.peek(), version: saved.peek().updated_at };
    put(settings.peek());
  };
  const choose = (pointer: string, whose: "mine" | "theirs") => {
    if (whose === "theirs") put(withoutField(saved.peek(), settings.peek(), pointer));
    refused.value = refused.peek().filter((each) => each.pointer !== pointer);
    settle();
  };
  const send = async (): Promise<Reply<Survey>> => {
    let reply: Reply<Survey>;
    let attempt = 0;
    do {
      const { patch, version } = kept.peek();
      reply = await saveSurvey(survey.id, patch, version);
      attempt++;
    } while (!reply.ok && reply.refusal.code === "conflict" && !reply.refusal.conflicts && attempt < ATTEMPTS);
    return reply;
  };
  /** Reads what the others saved: it stands beside what was typed here, and nothing of either is lost. */
  const showOthers = async (list: ProblemConflict[]) => {
    const [newest, keys] = await Promise.all([get<Survey>(path), get<Page<ApiKey>>(keysPath)]);
    if (!newest.ok) return;
    if (keys.ok) keyNames.value = Object.fromEntries(keys.value.items.map((key) => [key.id, key.name]));
    saved.value = newest.value;
    replaceReply(path, newest.value);
    refused.value = list;
    hasSeenOthers = true;
  };

  return {
    saved,
    changed,
    settings,
    refusal,
    conflicts,
    change: (more) => put({ ...settings.peek(), ...more }),
    discard() {
      refusal.value = null;
      refused.value = [];
      put(saved.peek());
    },
    async save() {
      settle();
      const reply = await send();
      refusal.value = reply.ok ? null : reply.refusal;
      if (!reply.ok) {
        if (reply.refusal.conflicts) await showOthers(reply.refusal.conflicts);
        return false;
      }
      saved.value = reply.value;
      refused.value = [];
      put(reply.value);
      return true;
    },
    notes(pointer) {
      const conflict = conflicts.value.find((each) => each.pointer === pointer);
      return {
        fault: conflict || refusal.value?.conflicts ? undefined : faultOf(refusal.value, pointer),
        warning: warnings.value.get(pointer),
        conflict:
          conflict &&
          conflictNote(conflict, {
            keyNames: keyNames.value,
            mine: [settings.value, fieldsOf(settings.value).get(pointer)],
            theirs: [saved.value, fieldsOf(saved.value).get(pointer)],
            choose: (whose) => choose(pointer, whose),
          }),
      };
    },
  };
}

/** `settings` with the value that `saved` has in the field. */
function withoutField(saved: object, settings: object, pointer: string): object {
  const others = changedFields(saved, settings).filter((each) => each !== pointer);
  return mergeSettings(saved, patchOf(settings, others), true);
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
