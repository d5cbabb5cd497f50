/** Makes the files of answers: a CSV as the collector writes it, and a workbook. Fetched when the first is wanted. */
import type { Separator } from "../../shared/csv.ts";
import { isByDefault, scoreNames } from "../../shared/questions.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { Survey } from "../../shared/schema/survey.ts";
import { CROSS, isBuiltInSegment } from "../../shared/segments.ts";
import { instantInZone } from "../../shared/time/calendar.ts";
import type { Reply } from "../data/api.ts";
import { withQuery } from "../data/api-paths.ts";
import { fetchAnswers } from "../data/fetch-answers.ts";
import type { Cell, Column } from "./write-xlsx.ts";
import { openWorkbook } from "./write-xlsx.ts";

type Progress = { signal: AbortSignal; onCount: (answers: number) => void };

/** `path`: a list of responses with its filters. */
export async function answersCsv(
  path: string,
  separator: Separator,
  { signal, onCount }: Progress,
): Promise<Reply<Blob>> {
  const parts: BlobPart[] = [];
  let count = 0;
  const reply = await fetchAnswers(separator === ";" ? withQuery(path, { separator: "semicolon" }) : path, "csv", {
    signal,
    onRows(rows, answers) {
      parts.push(rows);
      count += answers;
      onCount(count);
    },
  });
  return reply.ok ? { ok: true, value: new Blob(parts, { type: "text/csv" }) } : reply;
}

/** The same answers as a workbook: scores are numbers, times are times of the survey's zone, texts stay texts. */
export async function answersXlsx(
  path: string,
  survey: Pick<Survey, "questions" | "segments" | "timezone">,
  title: string,
  { signal, onCount }: Progress,
): Promise<Reply<Blob>> {
  const columns = columnsOf(survey);
  const workbook = openWorkbook(title, columns);
  const decoder = new TextDecoder();
  let count = 0;
  const reply = await fetchAnswers(path, "ndjson", {
    signal,
    async onRows(rows, answers) {
      for (const line of decoder.decode(rows).split("\n").slice(0, -1)) {
        const item: ResponseItem = JSON.parse(line);
        await workbook.addRow(columns.map(({ cell }) => cell(item)));
      }
      count += answers;
      onCount(count);
    },
  });
  return reply.ok ? { ok: true, value: await workbook.end() } : reply;
}

type AnswerColumn = Column & { cell: (item: ResponseItem) => Cell };

/** The columns have the names of the CSV. A question that is not asked may have answers of earlier times: it stands at the end. */
function columnsOf({
  questions,
  segments,
  timezone,
}: Pick<Survey, "questions" | "segments" | "timezone">): AnswerColumn[] {
  const isAsked = (name: (typeof scoreNames)[number]) => isByDefault(name) || questions.includes(name);
  const time = (name: "created_at" | "updated_at" | "answered_at"): AnswerColumn => ({
    name: `${name} (${timezone})`,
    width: 20,
    cell: ({ [name]: instant }) => instant && { local: instantInZone(Date.parse(instant), timezone) },
  });
  const scoreColumns = (name: (typeof scoreNames)[number]): AnswerColumn[] => [
    { name, width: 7, cell: (item) => item[name] },
    { name: `${name}_group`, width: 12, cell: (item) => item[`${name}_group`] },
  ];
  const plain = (
    name: "id" | "comment" | "channel" | "locale" | "page" | "status" | "note" | "excluded" | "assignee",
    width: number,
  ) => ({
    name,
    width,
    cell: (item: ResponseItem) => item[name],
  });
  const list = (name: "topics" | "tags" | "flags") => ({
    name,
    width: 16,
    cell: (item: ResponseItem) => item[name].join(", "),
  });
  const declared = segments.filter((name) => !name.includes(CROSS) && !isBuiltInSegment(name));
  return [
    time("created_at"),
    ...scoreNames.filter(isAsked).flatMap(scoreColumns),
    plain("comment", 60),
    { name: "respondent", width: 24, cell: (item) => item.respondent?.id },
    { name: "respondent_verified", width: 10, cell: (item) => item.respondent?.verified },
    ...declared.map((name) => ({
      name: `property: ${name}`,
      width: 14,
      cell: ({ properties }: ResponseItem) => (Object.hasOwn(properties, name) ? properties[name] : null),
    })),
    plain("channel", 11),
    plain("locale", 8),
    plain("page", 30),
    list("topics"),
    list("tags"),
    plain("status", 10),
    plain("note", 24),
    plain("excluded", 9),
    list("flags"),
    { name: "properties", width: 30, cell: (item) => JSON.stringify(item.properties) },
    time("updated_at"),
    plain("id", 38),
    ...scoreNames.filter((name) => !isAsked(name)).flatMap(scoreColumns),
    plain("assignee", 20),
    time("answered_at"),
  ];
}
