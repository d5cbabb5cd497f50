/** The settings as the reader changes them, saves them and settles what somebody else has changed meanwhile. */

import type { ReadonlySignal, Signal } from "@preact/signals";
import { computed, signal } from "@preact/signals";
import type { ProblemConflict } from "../../../shared/problem.ts";
import type { ApiKey } from "../../../shared/schema/key.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Survey, SurveySettings } from "../../../shared/schema/survey.ts";
import { fieldsOf } from "../../../shared/settings-fields.ts";
import type { Refusal, Reply } from "../../data/api.ts";
import { get } from "../../data/api.ts";
import { keysPath, surveyPath } from "../../data/api-paths.ts";
import { saveSurvey } from "../../data/save-survey.ts";
import { replaceReply } from "../../data/use-reply.ts";
import { faultOf } from "../../i18n/error-messages.ts";
import type { Notes } from "../../ui/notes.tsx";
import { conflictNote } from "./conflict-note.ts";
import type { UnsavedChanges } from "./unsaved-changes.ts";
import { unsavedChangesOf } from "./unsaved-changes.ts";
import { warningsOf } from "./warnings.ts";

export type Draft = Pick<UnsavedChanges, "saved" | "changed" | "settings"> & {
  refusal: Signal<Refusal | null>;
  /** Fields that somebody else has changed too, for the reader to choose between the two values. */
  conflicts: ReadonlySignal<ProblemConflict[]>;
  change(changes: Partial<SurveySettings>): void;
  discard(): void;
  save(): Promise<boolean>;
  /** What is to be said beside the field: why it was refused, what is surely not meant, what somebody else wrote. */
  notes(pointer: string): Notes;
};

/** Saves that met another one at the very same moment are sent again. */
const ATTEMPTS = 3;

export function draftOf(survey: Survey): Draft {
  const changes = unsavedChangesOf(survey);
  const { saved, settings, changed } = changes;
  const refusal = signal<Refusal | null>(null);
  const others = othersOf(changes, refusal);
  const warnings = computed(() => warningsOf(settings.value, Date.now()));
  return {
    saved,
    changed,
    settings,
    refusal,
    conflicts: others.conflicts,
    change: (more) => changes.put({ ...settings.peek(), ...more }),
    discard() {
      refusal.value = null;
      others.forget();
      changes.put(saved.peek());
    },
    async save() {
      others.settle();
      const reply = await send(changes);
      refusal.value = reply.ok ? null : reply.refusal;
      if (!reply.ok) {
        if (reply.refusal.conflicts) await others.show(reply.refusal.conflicts);
        return false;
      }
      saved.value = reply.value;
      others.forget();
      changes.put(reply.value);
      return true;
    },
    notes(pointer) {
      const conflict = others.noteOf(pointer);
      const fault = conflict || refusal.value?.conflicts ? undefined : faultOf(refusal.value, pointer);
      return { fault, warning: warnings.value.get(pointer), conflict };
    },
  };
}

async function send({ saved, kept }: UnsavedChanges): Promise<Reply<Survey>> {
  for (let attempt = 1; ; attempt++) {
    const { patch, version } = kept.peek();
    const reply = await saveSurvey(saved.peek().id, patch, version);
    const isToBeSentAgain = !reply.ok && reply.refusal.code === "conflict" && !reply.refusal.conflicts;
    if (!isToBeSentAgain || attempt === ATTEMPTS) return reply;
  }
}

/** What somebody else has saved meanwhile in the fields that are changed here, and the reader's choice between the two. */
function othersOf(changes: UnsavedChanges, refusal: Signal<Refusal | null>) {
  const { saved, settings, changed } = changes;
  const refused = signal<ProblemConflict[]>([]);
  const keyNames = signal<Record<string, string>>({});
  let hasSeenOthers = false;
  const conflicts = computed(() => refused.value.filter(({ pointer }) => changed.value.includes(pointer)));
  /** Once the reader has chosen everywhere, what they change is made on the newest version, which they have seen. */
  const settle = () => {
    if (!hasSeenOthers || conflicts.peek().length > 0) return;
    hasSeenOthers = false;
    refused.value = [];
    refusal.value = null;
    changes.moveToNewest();
  };
  const choose = (pointer: string, whose: "mine" | "theirs") => {
    if (whose === "theirs") changes.takeBack(pointer);
    refused.value = refused.peek().filter((each) => each.pointer !== pointer);
    settle();
  };
  return {
    conflicts,
    settle,
    forget() {
      refused.value = [];
    },
    /** Reads what the others saved: it stands beside what was typed here, and nothing of either is lost. */
    async show(list: ProblemConflict[]) {
      const path = surveyPath(saved.peek().id);
      const [newest, keys] = await Promise.all([get<Survey>(path), get<Page<ApiKey>>(keysPath)]);
      if (!newest.ok) return;
      if (keys.ok) keyNames.value = Object.fromEntries(keys.value.items.map((key) => [key.id, key.name]));
      saved.value = newest.value;
      replaceReply(path, newest.value);
      refused.value = list;
      hasSeenOthers = true;
    },
    noteOf(pointer: string): Notes["conflict"] {
      const conflict = conflicts.value.find((each) => each.pointer === pointer);
      if (!conflict) return undefined;
      return conflictNote(conflict, {
        keyNames: keyNames.value,
        mine: [settings.value, fieldsOf(settings.value).get(pointer)],
        theirs: [saved.value, fieldsOf(saved.value).get(pointer)],
        choose: (whose) => choose(pointer, whose),
      });
    },
  };
}
