import type { Unsubscribe } from "../../shared/schema/unsubscribe.ts";
import type { StoredUnsubscribe } from "../db/unsubscribes.ts";

export function publicUnsubscribe(row: StoredUnsubscribe): Unsubscribe {
  const { respondent_id: respondent, source, created_at } = row;
  return { respondent, survey: row.survey_id || null, source, created_at: new Date(created_at).toISOString() };
}
