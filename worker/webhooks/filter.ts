/** Whether a webhook is told of a response. It is asked when the message is sent, so that the last answers count. */
import { groupOfScore, scoreNames } from "../../shared/questions.ts";
import type { WebhookFilter } from "../../shared/schema/webhook.ts";
import { countedValue } from "../../shared/segments.ts";
import type { ItemRow } from "../db/response-items.ts";

export function meets(filter: WebhookFilter, row: ItemRow): boolean {
  const segments: Record<string, string> = JSON.parse(row.segments);
  return (
    scoreNames.every((name) => {
      const groups: readonly string[] | undefined = filter[`${name}_group`];
      const score = row[name];
      return groups === undefined || (score !== null && groups.includes(groupOfScore(name, score)));
    }) &&
    (filter.has_comment === undefined || filter.has_comment === (row.comment !== null)) &&
    // The value as it is counted now, or as older versions counted it.
    Object.entries(filter.segment ?? {}).every(([name, value]) =>
      [countedValue(name, value), value].includes(segments[name] ?? ""),
    )
  );
}
