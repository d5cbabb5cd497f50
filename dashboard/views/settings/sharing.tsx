import { t } from "../../i18n/translate.ts";
import { Copyable } from "../../ui/copyable.tsx";
import { Check } from "../../ui/inputs.tsx";
import { TagToCopy } from "../../ui/tag-to-copy.tsx";
import { BadgeToCopy } from "./badge-to-copy.tsx";
import type { Draft } from "./draft.ts";
import { LinkCodes } from "./link-codes/link-codes.tsx";

/** What the owner puts elsewhere: the tag, the link to the survey page, the badge. */
export function Sharing({ draft }: { draft: Draft }) {
  const { id, public_badge } = draft.saved.value;
  const link = `${location.origin}/s/${id}`;
  return (
    <>
      <h3>{t("script_tag")}</h3>
      <p class="help">{t("tag_help")}</p>
      <TagToCopy survey={id} />
      <h3>{t("link")}</h3>
      <p class="help">{t("link_help")}</p>
      <Copyable label={t("link")} text={link} />
      <img class="qr" src={`${link}/qr.svg`} alt={t("qr_code")} width={132} height={132} />
      <p class="ways">
        <a href={link}>{t("link_open")}</a>
        <a href={`${link}?kiosk=1`}>{t("tablet_open")}</a>
        <a href={`${link}/qr.svg`} download={`${id}.svg`}>
          {t("qr_save")}
        </a>
      </p>
      <Check
        label={t("kiosk")}
        notes={draft.notes("/kiosk")}
        help={t("kiosk_help")}
        value={draft.settings.value.kiosk}
        onChange={(kiosk) => draft.change({ kiosk })}
      />
      <LinkCodes draft={draft} link={link} />
      <h3>{t("badge")}</h3>
      <Check
        label={t("badge_public")}
        notes={draft.notes("/public_badge")}
        help={t("badge_help")}
        value={draft.settings.value.public_badge}
        onChange={(public_badge) => draft.change({ public_badge })}
      />
      {public_badge && <BadgeToCopy survey={id} />}
    </>
  );
}
