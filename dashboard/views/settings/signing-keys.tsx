import { useSignal } from "@preact/signals";
import type { NewSigningKey, SigningKey, SigningUse } from "../../../shared/schema/signing-key.ts";
import type { Refusal } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { useWholeList } from "../../data/use-list.ts";
import { reasonOf } from "../../i18n/error-messages.ts";
import { formatInstant } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Copyable } from "../../ui/copyable.tsx";
import { Select } from "../../ui/select.tsx";

/** What vouches for visitors and for links. A secret is shown once; a link key's never. */
export function SigningKeys({ survey }: { survey: string }) {
  const base = `/v1/surveys/${survey}/signing-keys`;
  const refetchKey = useSignal(0);
  const use = useSignal<SigningUse>("identity");
  const made = useSignal<NewSigningKey | null>(null);
  const revoking = useSignal<SigningKey | null>(null);
  const refusal = useSignal<Refusal | null>(null);
  const { value } = useWholeList<SigningKey>(base, refetchKey.value).value;
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const reply = await call<NewSigningKey>("POST", base, { use: use.value });
    refusal.value = reply.ok ? null : reply.refusal;
    if (!reply.ok) return;
    made.value = reply.value;
    refetchKey.value++;
  };
  const revoke = async (key: SigningKey) => {
    const reply = await call("DELETE", `${base}/${key.id}`);
    if (!reply.ok) return reply.refusal;
    if (made.value?.id === key.id) made.value = null;
    refetchKey.value++;
    return null;
  };
  return (
    <section aria-labelledby="signing">
      <h3 id="signing">{t("signing_keys")}</h3>
      <p class="help">{t("signing_help")}</p>
      <form class="row" onSubmit={make}>
        <Select
          label={t("signing_use")}
          value={use.value}
          options={(["identity", "links"] as const).map((each) => [each, t(`use_${each}`)])}
          onChange={(next) => (use.value = next as SigningUse)}
        />
        <button type="submit">{t("make_signing_key")}</button>
      </form>
      {refusal.value && (
        <p class="fault" role="alert">
          {reasonOf(refusal.value)}
        </p>
      )}
      {made.value && <Made key={made.value.id} made={made.value} />}
      <ul class="keys">
        {value?.map((key) => (
          <li key={key.id}>
            <code>{key.id}</code>
            <span>{t(`use_${key.use}`)}</span>
            <time dateTime={key.created_at}>{formatInstant(key.created_at)}</time>
            <button type="button" onClick={() => (revoking.value = key)}>
              {t("revoke")}
              <span class="hidden">: {key.id}</span>
            </button>
          </li>
        ))}
      </ul>
      {value?.length === 0 && <p class="help">{t("no_signing_keys")}</p>}
      {revoking.value && (
        <Confirm
          title={t("revoke_title", { name: revoking.value.id })}
          act={t("revoke")}
          onAct={() => revoke(revoking.value!)}
          onClose={() => (revoking.value = null)}
        >
          <p>{t(`revoke_${revoking.value.use}`)}</p>
        </Confirm>
      )}
    </section>
  );
}

function Made({ made }: { made: NewSigningKey }) {
  return (
    <div class="note" role="status">
      {made.secret === undefined ? (
        <p>{t("signing_links_made")}</p>
      ) : (
        <>
          <p>
            {t("signing_once")} <code>{made.id}</code>
          </p>
          <Copyable label={t("secret")} text={made.secret} />
        </>
      )}
    </div>
  );
}
