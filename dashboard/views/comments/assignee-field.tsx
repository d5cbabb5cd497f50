import { useEffect, useId, useRef } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import { useAssignees } from "../../data/assignees.ts";
import { t } from "../../i18n/translate.ts";
import { keepWithin } from "../../ui/keep-within.ts";

type Props = {
  survey: string;
  assignee: string | null;
  onChange: (assignee: string | null) => void;
  onClose: () => void;
};

/** Who takes care of a comment: any name, with those in use to choose from. Enter saves; an empty field is nobody. */
export function AssigneeField({ survey, assignee, onChange, onClose }: Props) {
  const id = useId();
  const ref = useRef<HTMLInputElement>(null);
  const names = useAssignees(survey);
  useEffect(() => ref.current?.select(), []);
  const leave = () => {
    const card = ref.current?.closest<HTMLElement>("li");
    onClose();
    card?.focus();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const name = ref.current?.value.trim() || null;
    if (name !== assignee) onChange(name);
    leave();
  };
  return (
    <form class="tag-field" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && leave()}>
      <label>
        {t("assignee")}
        <input
          ref={ref}
          list={id}
          dir="auto"
          defaultValue={assignee ?? ""}
          onInput={(event) => keepWithin(event.currentTarget, limits.assigneeCharacters)}
          enterkeyhint="done"
        />
      </label>
      <datalist id={id}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <button type="submit">{t("assign_save")}</button>
    </form>
  );
}
