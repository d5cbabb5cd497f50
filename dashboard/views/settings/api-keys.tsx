import { limits } from "../../../shared/limits.ts";
import type { ApiKey, NewApiKey } from "../../../shared/schema/key.ts";
import { scopes } from "../../../shared/vocabulary.ts";
import { keyPath, keysPath } from "../../data/api-paths.ts";
import { faultOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";
import { Copyable } from "../../ui/copyable.tsx";
import { Field } from "../../ui/field.tsx";
import { keepWithin } from "../../ui/keep-within.ts";
import { ColleagueAddress } from "./colleague-address.tsx";
import { KeyRows } from "./key-rows.tsx";
import type { KeyList } from "./use-key-list.ts";
import { useKeyList } from "./use-key-list.ts";

/** Keys for colleagues and programs, each with as much as it needs. Those made here reach this survey only. */
export function ApiKeys({ survey }: { survey: string }) {
  const list = useKeyList<ApiKey, NewApiKey>(keysPath, keyPath);
  const keys = list.keys?.filter((key) => key.survey === null || key.survey === survey) ?? [];
  return (
    <>
      <NewKeyForm survey={survey} list={list} />
      {list.made.value && (
        <div class="note" role="status">
          <p>{t("key_once")}</p>
          <Copyable key={list.made.value.id} label={t("new_key")} text={list.made.value.key} />
          <ColleagueAddress key={list.made.value.key} apiKey={list.made.value.key} />
        </div>
      )}
      <KeyRows
        keys={keys}
        row={(key) => (
          <>
            <strong>{key.name}</strong>
            <span>{t(`scope_${key.scope}`)}</span>
            <span>{key.survey === null ? t("all_surveys") : t("this_survey")}</span>
            {key.made_by !== null && <span>{t("key_maker", { maker: nameOfKey(key.made_by, list.keys ?? []) })}</span>}
          </>
        )}
        nameOf={(key) => key.name}
        consequenceOf={(key) => {
          const n = countMadeBy(key, list.keys ?? []);
          return n === 0 ? t("revoke_text") : `${t("revoke_text")} ${t("revoke_made", { n })}`;
        }}
        onRevoke={list.revoke}
      />
      {list.keys && keys.length === 0 && <p class="help">{t("no_keys")}</p>}
    </>
  );
}

/** The key's name; its id where the key is gone or out of reach. */
function nameOfKey(id: string, keys: readonly ApiKey[]): string {
  return keys.find((key) => key.id === id)?.name ?? id;
}

/** How many keys the key made, with those that they made: all go when it is revoked. */
function countMadeBy({ id }: ApiKey, keys: readonly ApiKey[]): number {
  const made = keys.filter((key) => key.made_by === id);
  return made.reduce((sum, key) => sum + 1 + countMadeBy(key, keys), 0);
}

function NewKeyForm({ survey, list }: { survey: string; list: KeyList<ApiKey, NewApiKey> }) {
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    if (await list.make({ name: fields.get("name"), scope: fields.get("scope"), survey })) form.reset();
  };
  return (
    <form class="row" onSubmit={submit} noValidate>
      <Field label={t("key_name")} fault={faultOf(list.refusal.value, "/name")}>
        {(attributes) => (
          <input
            {...attributes}
            name="name"
            onInput={(event) => keepWithin(event.currentTarget, limits.nameCharacters)}
          />
        )}
      </Field>
      <Field label={t("key_scope")}>
        {(attributes) => (
          <select {...attributes} name="scope">
            {scopes.map((scope) => (
              <option key={scope} value={scope}>
                {t(`scope_${scope}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button type="submit">{t("make_key")}</button>
    </form>
  );
}
