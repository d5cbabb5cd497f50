import { useEffect, useRef } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import { t } from "../../i18n/translate.ts";
import { keepWithin } from "../../ui/keep-within.ts";

type Props = { tags: string[]; onChange: (tags: string[]) => void; onClose: () => void };

/** Enter adds the tag that is typed, or takes it off where the comment has it already. */
export function TagField({ tags, onChange, onClose }: Props) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => ref.current?.focus(), []);
  const leave = () => {
    const card = ref.current?.closest<HTMLElement>("li");
    onClose();
    card?.focus();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const tag = ref.current?.value.trim().replace(/^#/, "") ?? "";
    if (tag) onChange(tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag]);
    leave();
  };
  return (
    <form class="tag-field" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && leave()}>
      <label>
        {t("tag_name")}
        <input
          ref={ref}
          onInput={(event) => keepWithin(event.currentTarget, limits.tagCharacters)}
          enterkeyhint="done"
        />
      </label>
      <button type="submit">{t("add_tag")}</button>
    </form>
  );
}
