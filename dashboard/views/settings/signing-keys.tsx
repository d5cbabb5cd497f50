import { useSignal } from "@preact/signals";
import type { NewSigningKey, SigningKey } from "../../../shared/schema/signing-key.ts";
import type { SigningUse } from "../../../shared/vocabulary.ts";
import { signingUses } from "../../../shared/vocabulary.ts";
import { signingKeyPath, signingKeysPath } from "../../data/api-paths.ts";
import { reasonOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";
import { Copyable } from "../../ui/copyable.tsx";
import { Select } from "../../ui/select.tsx";
import { KeyRows } from "./key-rows.tsx";
import { useKeyList } from "./use-key-list.ts";

/** The keys that vouch for visitors and for links. The secret of an identity key is shown once, that of a link key never. */
export function SigningKeys({ survey }: { survey: string }) {
  const list = useKeyList<SigningKey, NewSigningKey>(signingKeysPath(survey), (key) => signingKeyPath(survey, key));
  const use = useSignal<SigningUse>("identity");
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    list.make({ use: use.value });
  };
  return (
    <section aria-labelledby="signing">
      <h3 id="signing">{t("signing_keys")}</h3>
      <p class="help">{t("signing_help")}</p>
      <form class="row" onSubmit={make}>
        <Select
          label={t("signing_use")}
          value={use.value}
          options={signingUses.map((each) => [each, t(`use_${each}`)])}
          onChange={(next) => (use.value = next as SigningUse)}
        />
        <button type="submit">{t("make_signing_key")}</button>
      </form>
      {list.refusal.value && (
        <p class="fault" role="alert">
          {reasonOf(list.refusal.value)}
        </p>
      )}
      {list.made.value && <SigningKeyMade key={list.made.value.id} made={list.made.value} />}
      <KeyRows
        keys={list.keys ?? []}
        row={(key) => (
          <>
            <code>{key.id}</code>
            <span>{t(`use_${key.use}`)}</span>
          </>
        )}
        nameOf={(key) => key.id}
        consequenceOf={(key) => t(`revoke_${key.use}`)}
        onRevoke={list.revoke}
      />
      {list.keys?.length === 0 && <p class="help">{t("no_signing_keys")}</p>}
    </section>
  );
}

function SigningKeyMade({ made }: { made: NewSigningKey }) {
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
