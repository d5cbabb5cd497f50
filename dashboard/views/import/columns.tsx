import type { DateOrder } from "../../../shared/imports/dates.ts";
import { dateOrderOf, readMoment } from "../../../shared/imports/dates.ts";
import type { ImportField } from "../../../shared/imports/fields.ts";
import { isImportField, propertyField, propertyOf } from "../../../shared/imports/fields.ts";
import type { OpenedFile } from "../../../shared/imports/open-file.ts";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import { limits } from "../../../shared/limits.ts";
import { formatDay } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { Choices } from "../../ui/choices.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Select } from "../../ui/select.tsx";
import { fieldName, offeredFields, sourceTitle } from "./field-names.ts";
import type { ImportWork } from "./work.ts";

type Props = { work: ImportWork; file: OpenedFile; plan: ImportPlan };

/** How the file is read: as whose, what each column is, and how its dates are meant. */
export function Columns({ work, file, plan }: Props) {
  const rows = file.head(plan).map((row) => row.cells(plan));
  const examples = plan.columns.map((_, at) => rows.map((cells) => cells[at]?.trim() ?? "").filter(Boolean));
  return (
    <>
      <Select
        label={t("import_read_as")}
        help={t("import_read_as_help")}
        value={plan.source}
        options={file.plans.map(({ source }) => [source, sourceTitle(source)])}
        onChange={work.chooseSource}
      />
      <h2>{t("import_columns")}</h2>
      <p class="help">{t("import_columns_help")}</p>
      <ul class="columns">
        {plan.columns.map(({ header, field }, at) => (
          <li key={at}>
            <Column header={header} field={field} example={examples[at]?.[0]} set={(next) => work.setField(at, next)} />
          </li>
        ))}
      </ul>
      {work.asksForOrder.value && <Order work={work} plan={plan} dates={examples.flat()} />}
    </>
  );
}

type ColumnProps = {
  header: string;
  field: ImportField | null;
  example: string | undefined;
  set: (field: ImportField | null) => void;
};

/** Stands for the field of a property, whose name is typed beside it. */
const PROPERTY = "property";
const SHOWN_CHARACTERS = 80;

function Column({ header, field, example, set }: ColumnProps) {
  const name = header.trim() || t("import_unnamed");
  const property = field === null ? null : propertyOf(field);
  const choose = (value: string) => {
    if (value === PROPERTY) set(propertyField(header) ?? "properties.");
    else set(value === "" ? null : (value as ImportField));
  };
  return (
    <>
      <p dir="auto">
        <strong>{name}</strong>
        <span class="help">
          {example === undefined
            ? t("import_no_example")
            : t("import_example", { value: [...example].slice(0, SHOWN_CHARACTERS).join("") })}
        </span>
      </p>
      <Select
        label={t("import_column", { name })}
        quiet
        value={property === null ? (field ?? "") : PROPERTY}
        options={[
          ["", t("import_leave_out")],
          ...offeredFields.map((each) => [each, fieldName(each)] as const),
          [PROPERTY, t("import_as_property")],
        ]}
        onChange={choose}
      />
      {property !== null && field !== null && (
        <TextInput
          label={t("import_property_name", { name })}
          value={property}
          notes={{
            fault: isImportField(field) ? undefined : t("import_property_fault", { n: limits.propertyNameCharacters }),
          }}
          onChange={(text) => set(`properties.${text}`)}
        />
      )}
    </>
  );
}

/** Asks for the order of day and month, by the first date of the file that can be read in two ways. */
function Order({ work, plan, dates }: { work: ImportWork; plan: ImportPlan; dates: readonly string[] }) {
  const example = dates.find((text) => dateOrderOf([text]) === "ask") ?? "";
  const shown = (order: DateOrder) => {
    const read = readMoment(example, order);
    return "moment" in read ? formatDay(read.moment.slice(0, 10), "long") : "";
  };
  return (
    <Choices<DateOrder | "ask">
      legend={t("import_dates", { example })}
      value={plan.dateOrder ?? "ask"}
      options={[
        ["day_first", t("import_day_first", { day: shown("day_first") })],
        ["month_first", t("import_month_first", { day: shown("month_first") })],
      ]}
      onChange={(order) => order !== "ask" && work.setOrder(order)}
    />
  );
}
