/** Answers of one person to several surveys, as a table for a file. Pure. */
import { isByDefault, scoreNames } from "../../../shared/questions.ts";
import type { PersonResponse } from "../../../shared/schema/person.ts";
import type { Table } from "../../files/write-csv.ts";

/** The columns have the names of the collector's own export. */
export function answersTable(answers: readonly PersonResponse[], nameOf: (survey: string) => string): Table {
  const scores = scoreNames.filter((name) => isByDefault(name) || answers.some((answer) => answer[name] != null));
  return {
    columns: [
      "survey",
      "id",
      "created_at",
      ...scores,
      "comment",
      "channel",
      "locale",
      "page",
      "tags",
      "status",
      "note",
      "properties",
      "test",
    ],
    rows: answers.map((answer) => [
      nameOf(answer.survey),
      answer.id,
      answer.created_at,
      ...scores.map((name) => answer[name] ?? null),
      answer.comment,
      answer.channel,
      answer.locale,
      answer.page,
      answer.tags.join(", "),
      answer.status,
      answer.note,
      JSON.stringify(answer.properties),
      String(answer.test),
    ]),
  };
}
