import { limits } from "../../../shared/limits.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { addDays, addYears } from "../../../shared/time/calendar.ts";
import { hrefTo } from "../../address/routes.ts";
import type { Ending } from "../../data/send-parts.ts";
import { t } from "../../i18n/translate.ts";
import { Check } from "../../ui/inputs.tsx";
import { SendingProgress } from "../../ui/sending-progress.tsx";
import { Ended } from "./ended.tsx";
import { Numbers } from "./numbers.tsx";
import type { Pass } from "./pass.ts";
import { Refused } from "./refused.tsx";
import type { ImportWork } from "./work.ts";

/** The check of the whole file, what it has found, the import, and what it has done. */
export function Outcome({ survey, work }: { survey: Survey; work: ImportWork }) {
  const check = work.check.value;
  const run = work.run.value;
  const isChecked = check?.ending.value?.how === "done";
  return (
    <>
      {!run && (
        <>
          <p class="help">{t("import_check_help")}</p>
          <PassButton
            pass={check}
            isOff={work.planFault.value !== null}
            label={t(isChecked ? "import_check_again" : "import_check")}
            isMain={!isChecked}
            onStart={work.startCheck}
          />
        </>
      )}
      {check && !run && <PassProgress pass={check} />}
      {check && !run && check.ending.value && <Ended ending={check.ending.value} />}
      {check && isChecked && !run && <Numbers title={t("import_would")} pass={check} isDry />}
      {check && isChecked && !run && <Refused pass={check} />}
      {check && isChecked && <Decision survey={survey} work={work} check={check} run={run} />}
    </>
  );
}

type DecisionProps = { survey: Survey; work: ImportWork; check: Pass; run: Pass | null };

function Decision({ survey, work, check, run }: DecisionProps) {
  const { refused, reply } = check.tally.value;
  const leavesOut = work.leavesOut;
  const ending = run?.ending.value ?? null;
  const isDone = ending?.how === "done";
  const isNothing = (reply?.created ?? 0) === 0;
  const mayLeaveOut = !isDone && (ending?.how === "lines" || (!run && refused.count > 0));
  const isOff = (mayLeaveOut && !leavesOut.value) || isNothing;
  return (
    <>
      {run && <PassProgress pass={run} />}
      {ending && !isDone && <Ended ending={ending} />}
      {isDone && run && <Done survey={survey} work={work} run={run} />}
      {!run && isNothing && <p class="note">{t("import_nothing_new")}</p>}
      {mayLeaveOut && !isNothing && (
        <Check
          label={t("import_refused_leave")}
          help={t("import_refused_help")}
          value={leavesOut.value}
          onChange={(value) => (leavesOut.value = value)}
        />
      )}
      {!isDone && !isNothing && mayGoOn(ending) && (
        <PassButton pass={run} isOff={isOff} label={t("import_start")} isMain onStart={work.startRun} />
      )}
    </>
  );
}

/** What the file brings is read anew where it cannot be read to its end. */
function mayGoOn(ending: Ending | null): boolean {
  return ending?.how !== "unreadable";
}

type ButtonProps = { pass: Pass | null; label: string; isOff: boolean; isMain: boolean; onStart: () => void };

/** One button that starts, stops and goes on, so that the focus stays on it. */
function PassButton({ pass, label, isOff, isMain, onStart }: ButtonProps) {
  const isBusy = pass?.isBusy.value ?? false;
  const how = pass?.ending.value?.how;
  const goesOn = how === "stopped" || how === "refused" || how === "lines";
  return (
    <button
      type="button"
      class={isMain && !isBusy ? "main" : ""}
      aria-disabled={isOff && !isBusy}
      onClick={() => (isBusy ? pass?.stop() : isOff || onStart())}
    >
      {isBusy ? t("sending_stop") : goesOn ? t("sending_go_on") : label}
    </button>
  );
}

function PassProgress({ pass }: { pass: Pass }) {
  if (!pass.isBusy.value) return null;
  const { rows, done } = pass.tally.value;
  return (
    <SendingProgress done={done} of={1} text={t("import_progress", { n: rows, percent: Math.floor(100 * done) })} />
  );
}

function Done({ survey, work, run }: { survey: Survey; work: ImportWork; run: Pass }) {
  return (
    <>
      <p class="note" role="status">
        {t("import_done")}
      </p>
      <Numbers title={t("import_did")} pass={run} isDry={false} />
      <Refused pass={run} />
      <p class="acts">
        <a class="button main" ref={takeFocus} href={hrefTo("overview", { survey: survey.id }, daysOf(run))}>
          {t("to_overview")}
        </a>
        <button type="button" onClick={() => work.choose(undefined)}>
          {t("import_again")}
        </button>
      </p>
    </>
  );
}

/** The days of the file's answers up to today, as far as figures can be asked for at once. */
function daysOf(run: Pass): Record<string, string> {
  const { firstDay } = run.tally.value;
  if (firstDay === null) return {};
  const today = new Date().toISOString().slice(0, 10);
  const earliest = addDays(addYears(today, -limits.metricsYears), 1);
  const [, from = firstDay] = [firstDay, earliest].sort();
  return { from, to: today };
}

/** The button that had it is gone. */
function takeFocus(link: HTMLElement | null): void {
  link?.focus();
}
