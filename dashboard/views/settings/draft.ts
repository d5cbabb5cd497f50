/** The settings that are changed and not yet saved. The device keeps them, so that a closed tab loses nothing. */

import type { ReadonlySignal, Signal } from "@preact/signals";
import { computed, signal } from "@preact/signals";
import type { Survey, SurveySettings } from "../../../shared/schema/survey.ts";
import type { Refusal } from "../../data/api.ts";
import { saveSurvey } from "../../data/save-survey.ts";
import { recall, remember } from "../../device/local-storage.ts";
import { faultOf } from "../../i18n/error-messages.ts";

export type Draft = {
  saved: Signal<Survey>;
  changes: Signal<Partial<SurveySettings>>;
  /** The settings as they would be. */
  settings: ReadonlySignal<SurveySettings>;
  refusal: Signal<Refusal | null>;
  change(changes: Partial<SurveySettings>): void;
  discard(): void;
  save(): Promise<boolean>;
  fault(pointer: string): string | undefined;
};

export function draftOf(survey: Survey): Draft {
  const name = `draft:${survey.id}`;
  const saved = signal(survey);
  const changes = signal<Partial<SurveySettings>>(kept(recall(name)));
  const refusal = signal<Refusal | null>(null);
  const put = (next: Partial<SurveySettings>) => {
    const real = Object.entries(next).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(saved.peek()[key as keyof Survey]),
    );
    changes.value = Object.fromEntries(real);
    remember(name, real.length > 0 ? JSON.stringify(changes.value) : null);
  };
  return {
    saved,
    changes,
    settings: computed(() => ({ ...saved.value, ...changes.value })),
    refusal,
    change: (more) => put({ ...changes.peek(), ...more }),
    discard() {
      refusal.value = null;
      put({});
    },
    async save() {
      const reply = await saveSurvey(survey.id, changes.peek());
      refusal.value = reply.ok ? null : reply.refusal;
      if (!reply.ok) return false;
      saved.value = reply.value;
      put({});
      return true;
    },
    fault: (pointer) => faultOf(refusal.value, pointer),
  };
}

function kept(text: string | null): Partial<SurveySettings> {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return {};
  }
}
