/** An import from the choice of a file to its last row: what the page knows, and what the reader can do. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { computed, signal } from "@preact/signals";
import type { DateOrder } from "../../../shared/imports/dates.ts";
import type { ImportField } from "../../../shared/imports/fields.ts";
import { isImportField } from "../../../shared/imports/fields.ts";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import { faultOfPlan } from "../../../shared/imports/plan.ts";
import type { ChosenFile } from "./chosen-file.ts";
import { openChosen } from "./chosen-file.ts";
import type { Pass } from "./pass.ts";
import { openPass } from "./pass.ts";

export type ImportWork = {
  file: Signal<ChosenFile | null>;
  plan: Signal<ImportPlan | null>;
  /** Whether the file's own dates do not tell their order, so that the reader is asked for it. */
  asksForOrder: ReadonlySignal<boolean>;
  /** What is wrong with the file: an error of its reader, `archive` for a whole survey, `empty`. */
  fault: Signal<unknown>;
  isOpening: Signal<boolean>;
  /** What keeps the plan from being used, as shared/imports/ says it; null where nothing does. */
  planFault: ReadonlySignal<string | null>;
  leavesOut: Signal<boolean>;
  check: Signal<Pass | null>;
  run: Signal<Pass | null>;
  isBusy: ReadonlySignal<boolean>;
  choose(file: File | undefined): Promise<void>;
  chooseSource(source: string): void;
  setField(column: number, field: ImportField | null): void;
  setOrder(order: DateOrder): void;
  /** Asks the collector what the file would bring. */
  startCheck(): void;
  /** Imports, or goes on. */
  startRun(): void;
  stop(): void;
};

export function importWork(survey: string): ImportWork {
  const file = signal<ChosenFile | null>(null);
  const plan = signal<ImportPlan | null>(null);
  const recognised = signal<ImportPlan | null>(null);
  const fault = signal<unknown>(null);
  const isOpening = signal(false);
  const leavesOut = signal(false);
  const check = signal<Pass | null>(null);
  const run = signal<Pass | null>(null);
  const isBusy = computed(() => Boolean(check.value?.isBusy.value || run.value?.isBusy.value));
  const stop = () => {
    check.peek()?.stop();
    run.peek()?.stop();
  };
  const take = (next: ImportPlan | null) => {
    recognised.value = next;
    change(next);
  };
  /** What was found by another plan is found no more. */
  const change = (next: ImportPlan | null) => {
    plan.value = next;
    check.value = null;
    run.value = null;
    leavesOut.value = false;
  };

  return {
    ...{ file, plan, fault, isOpening, leavesOut, check, run, isBusy, stop },
    asksForOrder: computed(() => recognised.value?.dateOrder === "ask"),
    planFault: computed(() => plan.value && faultOf(plan.value)),
    async choose(chosen) {
      stop();
      [file.value, fault.value] = [null, null];
      take(null);
      if (!chosen) return;
      isOpening.value = true;
      try {
        const opened = await openChosen(chosen);
        if (opened === null) fault.value = "empty";
        else if (opened === "archive") fault.value = "archive";
        else {
          file.value = opened;
          take(opened.plans[0] ?? null);
        }
      } catch (error) {
        fault.value = error;
      }
      isOpening.value = false;
    },
    chooseSource(source) {
      const found = file.value?.plans.find((each) => each.source === source);
      if (found) take(found);
    },
    setField(column, field) {
      if (!plan.value) return;
      const columns = plan.value.columns.map((each, at) => (at === column ? { ...each, field } : each));
      change({ ...plan.value, columns });
    },
    setOrder(dateOrder) {
      if (plan.value) change({ ...plan.value, dateOrder });
    },
    startCheck() {
      if (!file.value || !plan.value || isBusy.value) return;
      // Stopped, it goes on; else the file is checked from its beginning.
      const last = check.value?.ending.value?.how;
      if (last !== "stopped" && last !== "refused")
        check.value = openPass({
          ...{ survey, file: file.value, plan: plan.value, dryRun: true },
          ...{ leavesOut: () => false, peopleFirst: false },
        });
      run.value = null;
      check.value?.goOn();
    },
    startRun() {
      if (!file.value || !plan.value || isBusy.value) return;
      run.value ??= openPass({
        ...{ survey, file: file.value, plan: plan.value, dryRun: false },
        ...{ leavesOut: () => leavesOut.value, peopleFirst: (check.value?.tally.value.people ?? 0) > 0 },
      });
      run.value.goOn();
    },
  };
}

function faultOf(plan: ImportPlan): string | null {
  const isNamed = plan.columns.every(({ field }) => field === null || isImportField(field));
  return isNamed ? faultOfPlan(plan) : "A property has no name.";
}
