import { useSignal } from "@preact/signals";
import type { Webhook, WebhookWithSecret } from "../../../../shared/schema/webhook.ts";
import { webhooksPath } from "../../../data/api-paths.ts";
import { useWholeList } from "../../../data/use-list.ts";
import { reasonOf } from "../../../i18n/error-messages.ts";
import { t } from "../../../i18n/translate.ts";
import { Copyable } from "../../../ui/copyable.tsx";
import type { Draft } from "../draft.ts";
import { NewWebhook } from "./new-webhook.tsx";
import { WebhookCard } from "./webhook-card.tsx";

/** What the survey tells other programs: each webhook with its messages. A secret is shown once, when it is made. */
export function WebhooksSection({ draft }: { draft: Draft }) {
  const { id: survey } = draft.saved.value;
  const refetchKey = useSignal(0);
  const shown = useSignal<WebhookWithSecret | null>(null);
  const { value: webhooks, refusal } = useWholeList<Webhook>(webhooksPath(survey), refetchKey.value).value;
  const refetch = () => {
    refetchKey.value++;
  };
  const show = (made: WebhookWithSecret) => {
    shown.value = made;
    refetch();
  };
  return (
    <>
      <p class="help">{t("webhooks_help")}</p>
      <NewWebhook survey={draft.saved.value} onMade={show} />
      {shown.value && shown.value.format !== "standard" && (
        <p class="note" role="status">
          {t("webhook_added")}
        </p>
      )}
      {shown.value?.format === "standard" && (
        <div class="note" role="status">
          <p>
            {t("webhook_secret_once")} <span dir="auto">{shown.value.url}</span>
          </p>
          <Copyable key={shown.value.secret} label={t("secret")} text={shown.value.secret} />
        </div>
      )}
      {refusal && <p class="fault">{reasonOf(refusal)}</p>}
      <ul class="webhooks">
        {webhooks?.map((webhook) => (
          <WebhookCard key={webhook.id} survey={survey} webhook={webhook} onChange={refetch} onSecret={show} />
        ))}
      </ul>
      {webhooks?.length === 0 && <p class="help">{t("no_webhooks")}</p>}
    </>
  );
}
