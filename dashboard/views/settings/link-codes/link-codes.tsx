import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { limits } from "../../../../shared/limits.ts";
import { linkedNames } from "../../../../shared/links/link-parameters.ts";
import { saveFile } from "../../../files/save-file.ts";
import { writeCsv } from "../../../files/write-csv.ts";
import { separatorHere } from "../../../i18n/separator.ts";
import { t } from "../../../i18n/translate.ts";
import { Field } from "../../../ui/field.tsx";
import { TextInput } from "../../../ui/inputs.tsx";
import type { Draft } from "../draft.ts";
import type { LinkList, ListFault } from "./link-list.ts";
import { linkOf, linkTable, readLinkList } from "./link-list.ts";

/** A link and a code for each branch, table or employee in a list. */
export function LinkCodes({ draft, link }: { draft: Draft; link: string }) {
  const { id } = draft.saved.value;
  const { segments } = draft.settings.value;
  const known = linkedNames(segments);
  const chosen = useSignal<string | null>(null);
  const name = (chosen.value ?? known[0] ?? "").trim();
  const text = useSignal("");
  const list = useSignal<LinkList>({ places: [] });
  const isMaking = useSignal(false);
  useEffect(() => {
    let isLast = true;
    readLinkList(text.value, name, segments).then((read) => {
      if (isLast) list.value = read;
    });
    return () => {
      isLast = false;
    };
  }, [text.value, name, segments]);
  const { fault } = { fault: undefined, ...list.value };
  const places = "places" in list.value ? list.value.places : [];
  const isEmpty = text.value.trim() === "";
  const isDeclared = name === "" || known.includes(name);
  const isSaved = linkedNames(draft.saved.value.segments).includes(name);
  const savePdf = async () => {
    if (isMaking.value) return;
    isMaking.value = true;
    const { codesPdf } = await import("./codes-pdf.ts");
    const codes = places.map((place) => ({ link: linkOf(link, place), caption: place.caption }));
    saveFile(`codes-${id}.pdf`, "application/pdf", await codesPdf(codes));
    isMaking.value = false;
  };
  return (
    <>
      <h3>{t("codes")}</h3>
      <p class="help">{t("codes_help")}</p>
      <TextInput
        label={t("codes_property")}
        help={t("codes_property_help")}
        value={chosen.value ?? known[0] ?? ""}
        most={limits.propertyNameCharacters}
        choices={known}
        onChange={(value) => (chosen.value = value)}
      />
      {!isDeclared && (
        <p class="note">
          {t("codes_undeclared", { name })}{" "}
          <button type="button" onClick={() => draft.change({ segments: [...segments, name] })}>
            {t("codes_declare", { name })}
          </button>
        </p>
      )}
      {isDeclared && !isSaved && name !== "" && <p class="note">{t("codes_unsaved")}</p>}
      <Field label={t("codes_list")} help={t("codes_list_help")} fault={isEmpty ? undefined : faultText(fault)}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={6}
            dir="auto"
            spellcheck={false}
            value={text.value}
            onInput={(event) => (text.value = event.currentTarget.value)}
          />
        )}
      </Field>
      <p class="acts">
        <button type="button" disabled={places.length === 0} aria-disabled={isMaking.value} onClick={savePdf}>
          {t("codes_pdf", { n: places.length })}
        </button>
        <button
          type="button"
          disabled={places.length === 0}
          onClick={() => saveFile(`links-${id}.csv`, "text/csv", writeCsv(linkTable(link, places), separatorHere()))}
        >
          {t("codes_csv", { n: places.length })}
        </button>
      </p>
    </>
  );
}

function faultText(fault: ListFault | undefined): string | undefined {
  return (
    fault &&
    t(`codes_${fault.reason}`, {
      about: fault.about ?? "",
      most: fault.reason === "too_many" ? limits.listedLinks : limits.propertyValueCharacters,
    })
  );
}
