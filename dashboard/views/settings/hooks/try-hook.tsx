import { useSignal } from "@preact/signals";
import { payloadIn } from "../../../../shared/hooks/pointers-in.ts";
import type { HookTrial } from "../../../../shared/schema/hook.ts";
import type { Reply } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { reasonOf } from "../../../i18n/error-messages.ts";
import { t } from "../../../i18n/translate.ts";
import { Field } from "../../../ui/field.tsx";
import { outcomeText } from "./hook-words.ts";

/** Says what the hook would read of a pasted payload or of the last one; nobody is invited. */
export function TryHook({ path, hasLast }: { path: string; hasLast: boolean }) {
  const pasted = useSignal("");
  const told = useSignal<Reply<HookTrial> | null>(null);
  const attempt = async (body: object) => {
    told.value = await call<HookTrial>("POST", `${path}/try`, body);
  };
  const reply = told.value;
  return (
    <div class="try-hook">
      <Field label={t("hook_payload")} help={t("hook_try_help")}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={4}
            dir="ltr"
            spellcheck={false}
            value={pasted.value}
            onInput={(event) => (pasted.value = event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="acts">
        <button type="button" onClick={() => attempt({ payload: payloadIn(pasted.value) ?? pasted.value })}>
          {t("hook_try_pasted")}
        </button>
        {hasLast && (
          <button type="button" onClick={() => attempt({ last: true })}>
            {t("hook_try_last")}
          </button>
        )}
      </div>
      <div role="status">
        {reply && !reply.ok && <p class="fault">{reasonOf(reply.refusal)}</p>}
        {reply?.ok && reply.value.events.length === 0 && <p>{outcomeText("no_event")}</p>}
        {reply?.ok && reply.value.events.map((event, index) => <ReadEvent key={index} event={event} />)}
      </div>
    </div>
  );
}

function ReadEvent({ event }: { event: HookTrial["events"][number] }) {
  const rows: [string, string | null][] = [
    [t("hook_event"), event.event],
    [t("hook_respondent"), event.respondent],
    [t("hook_email"), event.email],
    [t("hook_language"), event.language],
    [t("hook_time_zone"), event.time_zone],
    ...Object.entries(event.properties).map(([name, value]): [string, string] => [name, String(value)]),
  ];
  return (
    <>
      <p>{event.skipped ? outcomeText(event.skipped) : t("hook_would_invite")}</p>
      <ul class="pointers">
        {rows
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <li key={name}>
              <span dir="auto">{name}</span>: <span dir="auto">{value}</span>
            </li>
          ))}
      </ul>
    </>
  );
}
