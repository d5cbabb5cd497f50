import type { Refusal } from "../../data/api.ts";
import { t } from "../../i18n/translate.ts";
import { Confirm } from "../../ui/confirm.tsx";

type Props = {
  /** Whether the bare score stays in the figures. */
  score: "keep" | "drop";
  onErase: () => Promise<Refusal | null>;
  onClose: () => void;
};

/** Says what goes for good before a comment is erased. */
export function EraseConfirm({ score, onErase, onClose }: Props) {
  return (
    <Confirm
      title={t(score === "keep" ? "erase_words_sure" : "erase_all_sure")}
      act={t("erase_for_good")}
      onAct={onErase}
      onClose={onClose}
    >
      <p>{t(score === "keep" ? "erase_words_text" : "erase_all_text")}</p>
    </Confirm>
  );
}
