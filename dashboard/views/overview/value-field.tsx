import { useEffect, useId, useRef } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import { firstCharacters } from "../../../shared/text.ts";
import type { Span } from "../../address/period.ts";
import { metricsPath } from "../../data/api-paths.ts";
import { useReply } from "../../data/use-reply.ts";
import { segmentName, valueName } from "../../i18n/segment-names.ts";

type Props = { survey: string; segment: string; span: Span; value: string; onChange: (value: string) => void };

/** A field for any value of a segment. It suggests the values with the most answers in these days, and takes any that is typed. */
export function ValueField({ survey, segment, span, value, onChange }: Props) {
  const id = useId();
  const ref = useRef<HTMLInputElement>(null);
  const query = { from: span.from, to: span.to, group_by: segment };
  const groups = useReply<Metrics>(metricsPath(survey, query)).value.value?.groups ?? [];
  const values = groups.flatMap((group) => (group.value ? [group.value] : []));
  useEffect(() => {
    if (ref.current && document.activeElement !== ref.current) ref.current.value = value;
  }, [value]);
  const take = (text: string) => {
    const typed = firstCharacters(text.trim(), limits.whereCharacters);
    if (ref.current) ref.current.value = typed;
    if (typed !== value) onChange(typed);
  };
  return (
    <div class="select">
      <label for={id}>{segmentName(segment)}</label>
      <input
        ref={ref}
        id={id}
        list={`${id}-values`}
        defaultValue={value}
        dir="auto"
        autocomplete="off"
        enterkeyhint="search"
        onChange={(event) => take(event.currentTarget.value)}
        // A suggestion that is picked needs no Enter.
        onInput={(event) => event.inputType === "insertReplacementText" && take(event.currentTarget.value)}
      />
      <datalist id={`${id}-values`}>
        {values.map((each) => (
          <option key={each} value={each} label={valueName(segment, each)} />
        ))}
      </datalist>
    </div>
  );
}
