import type { AuditItem } from "../../shared/schema/audit.ts";
import type { StoredAct } from "../db/audit.ts";

export function publicAct(act: StoredAct): AuditItem {
  return {
    at: new Date(act.at).toISOString(),
    request: act.request,
    key: act.key_id,
    act: act.act,
    survey: act.survey_id,
    target: act.target,
    respondent: act.respondent,
    detail: JSON.parse(act.detail),
    count: act.count,
  };
}
