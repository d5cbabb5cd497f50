import { useSignal } from "@preact/signals";
import type { Webhook, WebhookTest, WebhookWithSecret } from "../../../../shared/schema/webhook.ts";
import type { Refusal } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { webhookPath } from "../../../data/api-paths.ts";
import { reasonOf } from "../../../i18n/error-messages.ts";
import { formatInstant } from "../../../i18n/format.ts";
import { t } from "../../../i18n/translate.ts";
import { Confirm } from "../../../ui/confirm.tsx";
import { Deliveries } from "./deliveries.tsx";
import { webhookName } from "./places.ts";
import { eventName, failureText, filterText } from "./webhook-words.ts";

type Props = {
  survey: string;
  webhook: Webhook;
  /** Called when what the card shows has changed. */
  onChange: () => void;
  onSecret: (made: WebhookWithSecret) => void;
};

/** One webhook: what it is told of, whether it works, and what can be done with it. */
export function WebhookCard({ survey, webhook, onChange, onSecret }: Props) {
  const path = webhookPath(survey, webhook.id);
  const asking = useSignal<"secret" | "delete" | null>(null);
  const showsMessages = useSignal(false);
  const refusal = useSignal<Refusal | null>(null);
  const { format, enabled, off, dead, waiting } = webhook;
  const name = webhookName(webhook);
  const turn = async () => {
    const reply = await call("PATCH", path, { enabled: !enabled });
    refusal.value = reply.ok ? null : reply.refusal;
    onChange();
  };
  const replaceSecret = async () => {
    const reply = await call<WebhookWithSecret>("POST", `${path}/secret`);
    if (!reply.ok) return reply.refusal;
    onSecret(reply.value);
    return null;
  };
  const remove = async () => {
    const reply = await call("DELETE", path);
    if (!reply.ok) return reply.refusal;
    onChange();
    return null;
  };
  return (
    <li>
      <h3 dir={format === "standard" ? "ltr" : "auto"}>{name}</h3>
      <p>{webhook.events.map(eventName).join(", ")}</p>
      <p class="help">{filterText(webhook.filter)}</p>
      {off && (
        <p class="warning">
          {t(off.why === "gone" ? "webhook_gone" : "webhook_off_since", { at: formatInstant(off.at) })}
        </p>
      )}
      {(waiting > 0 || dead > 0) && (
        <p>
          {waiting > 0 && <span>{t("webhook_waiting", { n: waiting })}</span>}{" "}
          {dead > 0 && <strong class="fault">{t("webhook_dead", { n: dead })}</strong>}
        </p>
      )}
      <div class="acts">
        <TestButton path={path} name={name} />
        <button
          type="button"
          aria-expanded={showsMessages.value}
          onClick={() => (showsMessages.value = !showsMessages.value)}
        >
          {t("webhook_messages")}
          <span class="hidden">: {name}</span>
        </button>
        <button type="button" onClick={turn}>
          {t(enabled ? "webhook_switch_off" : "webhook_switch_on")}
          <span class="hidden">: {name}</span>
        </button>
        {format === "standard" && (
          <button type="button" onClick={() => (asking.value = "secret")}>
            {t("webhook_replace_secret")}
            <span class="hidden">: {name}</span>
          </button>
        )}
        <button type="button" onClick={() => (asking.value = "delete")}>
          {t("webhook_delete")}
          <span class="hidden">: {name}</span>
        </button>
      </div>
      {refusal.value && (
        <p class="fault" role="alert">
          {reasonOf(refusal.value)}
        </p>
      )}
      {showsMessages.value && <Deliveries path={path} isOff={!enabled} onChange={onChange} />}
      {asking.value && (
        <Confirm
          title={t(asking.value === "secret" ? "webhook_secret_sure" : "webhook_delete_sure")}
          act={t(asking.value === "secret" ? "webhook_replace_secret" : "webhook_delete")}
          onAct={asking.value === "secret" ? replaceSecret : remove}
          onClose={() => (asking.value = null)}
        >
          <p dir="auto">{name}</p>
          <p>{t(asking.value === "secret" ? "webhook_secret_text" : "webhook_delete_text")}</p>
        </Confirm>
      )}
    </li>
  );
}

/** Sends a test, and says what came back. */
function TestButton({ path, name }: { path: string; name: string }) {
  const busy = useSignal(false);
  const told = useSignal<{ good: boolean; text: string; answer: string } | null>(null);
  const test = async () => {
    if (busy.value) return;
    busy.value = true;
    told.value = null;
    const reply = await call<WebhookTest>("POST", `${path}/test`);
    busy.value = false;
    if (!reply.ok) told.value = { good: false, text: reasonOf(reply.refusal), answer: "" };
    else {
      const { delivered, status, failure, answer } = reply.value;
      const good = () => (status === null ? t("webhook_test_accepted") : t("webhook_test_good", { status }));
      const text = delivered ? good() : failureText(failure, status);
      told.value = { good: delivered, text, answer };
    }
  };
  return (
    <>
      <button type="button" aria-disabled={busy.value} onClick={test}>
        {t("webhook_test")}
        <span class="hidden">: {name}</span>
      </button>
      <div class="test-result" role="status">
        {told.value && <p class={told.value.good ? "" : "fault"}>{told.value.text}</p>}
        {told.value && told.value.answer !== "" && (
          <p>
            {t("webhook_test_answer")} <code dir="auto">{told.value.answer}</code>
          </p>
        )}
      </div>
    </>
  );
}
