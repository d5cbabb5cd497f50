import { useSignal } from "@preact/signals";
import type { Delivery } from "../../../../shared/schema/webhook.ts";
import type { DeliveryState } from "../../../../shared/vocabulary.ts";
import { deliveryStates } from "../../../../shared/vocabulary.ts";
import type { Refusal } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { withQuery } from "../../../data/api-paths.ts";
import { useList } from "../../../data/use-list.ts";
import { reasonOf } from "../../../i18n/error-messages.ts";
import { formatInstant } from "../../../i18n/format.ts";
import { t } from "../../../i18n/translate.ts";
import { Select } from "../../../ui/select.tsx";
import { eventName, failureText } from "./webhook-words.ts";

type Props = { path: string; isOff: boolean; onChange: () => void };

/** The messages of one webhook, the newest first. Those that are not on their way can be sent again. */
export function Deliveries({ path, isOff, onChange }: Props) {
  const state = useSignal<DeliveryState | "">("");
  const refetchKey = useSignal(0);
  const refused = useSignal<Refusal | null>(null);
  const query = { limit: "20", ...(state.value && { state: state.value }) };
  const { list, more } = useList<Delivery>(withQuery(`${path}/deliveries`, query), refetchKey.value);
  const { items, next, refusal, loading } = list.value;
  const sendAgain = async (id: string) => {
    const reply = await call<Delivery>("POST", `${path}/deliveries/${encodeURIComponent(id)}/redeliver`);
    refused.value = reply.ok ? null : reply.refusal;
    refetchKey.value++;
    onChange();
  };
  const fault = refusal ?? refused.value;
  return (
    <div class="deliveries">
      <Select
        label={t("webhook_messages")}
        quiet
        value={state.value}
        options={[["", t("deliveries_all")], ...deliveryStates.map((each) => [each, t(`deliveries_${each}`)] as const)]}
        onChange={(next) => (state.value = next as DeliveryState | "")}
      />
      {fault && (
        <p class="fault" role="alert">
          {reasonOf(fault)}
        </p>
      )}
      <ul class="keys" aria-busy={loading}>
        {items?.map((each) => (
          <li key={each.id}>
            <p>
              <time dateTime={each.created_at}>{formatInstant(each.created_at)}</time>
              <span>{eventName(each.type)}</span>
              <span class={each.state === "dead" ? "fault" : ""}>{stateText(each)}</span>
            </p>
            {!isOff && (
              <button type="button" onClick={() => sendAgain(each.id)}>
                {t("send_again")}
                <span class="hidden">: {formatInstant(each.created_at)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {items?.length === 0 && <p class="help">{t("no_deliveries")}</p>}
      {next && (
        <button type="button" class="more" onClick={more}>
          {t("more")}
        </button>
      )}
    </div>
  );
}

/** What became of the message so far, and when it is tried next. */
function stateText({ state, status, failure, attempts, next_attempt_at }: Delivery): string {
  if (state === "delivered") return status === null ? t("delivery_accepted") : t("delivery_delivered", { status });
  const why = failure === null ? "" : failureText(failure, status);
  if (state === "dead") return `${t("delivery_dead", { n: attempts })} ${why}`;
  const next = next_attempt_at === null ? "" : t("delivery_next", { at: formatInstant(next_attempt_at) });
  return `${why} ${next}`.trim();
}
