/** What the collector's audit log says, in the reader's words. What this page does not know is shown as it was written. */
import type { AuditItem } from "../../../shared/schema/audit.ts";
import type { StringKey } from "../../i18n/translate.ts";
import { t } from "../../i18n/translate.ts";
import { settingName } from "../settings/field-text.ts";
import { webhookEventNames } from "../settings/webhooks/webhook-words.ts";

const RESPONSE = "/v1/surveys/:survey/responses/:response";
const HOOKS = "/v1/surveys/:survey/hooks";
const MAILING = "/v1/surveys/:survey/mailings/:mailing";
const WEBHOOKS = "/v1/surveys/:survey/webhooks";

/** The API of Delighted, whose acts are the same acts. */
const DELIGHTED = "/delighted/:survey/v1";

const acts: Record<string, StringKey> = {
  "POST /v1/session": "act_sign_in",
  "POST /v1/surveys": "act_survey_made",
  "PATCH /v1/surveys/:survey": "act_survey_changed",
  "DELETE /v1/surveys/:survey": "act_survey_deleted",
  "POST /v1/keys": "act_key_made",
  "DELETE /v1/keys/:key": "act_key_revoked",
  "POST /v1/surveys/:survey/signing-keys": "act_signing_made",
  "DELETE /v1/surveys/:survey/signing-keys/:key": "act_signing_revoked",
  "DELETE /v1/respondents": "act_person_erased",
  "DELETE /v1/respondents/:respondent": "act_person_erased",
  [`PATCH ${RESPONSE} excluded`]: "act_excluded",
  [`PATCH ${RESPONSE} put back`]: "act_put_back",
  [`DELETE ${RESPONSE} erased`]: "act_erased",
  [`DELETE ${RESPONSE} erased with its score`]: "act_erased_score",
  [`PATCH ${RESPONSE} assignee`]: "act_assigned",
  [`PATCH ${RESPONSE} status`]: "act_status_set",
  [`PATCH ${RESPONSE} answered`]: "act_replied",
  [`PATCH ${RESPONSE} not answered`]: "act_reply_undone",
  [`PATCH ${RESPONSE}`]: "act_response_changed",
  "POST /v1/responses": "act_response_sent",
  "POST /v1/surveys/:survey/invitations": "act_invited",
  "DELETE /v1/surveys/:survey/invitations/:invitation": "act_withdrawn",
  [`PATCH ${MAILING} pause`]: "act_mailing_paused",
  [`PATCH ${MAILING} resume`]: "act_mailing_resumed",
  [`DELETE ${MAILING}`]: "act_mailing_cancelled",
  "GET /v1/surveys/:survey/archive": "act_archived",
  "POST /v1/surveys/:survey/import": "act_imported",
  "POST /v1/unsubscribes": "act_unsubscribed",
  "DELETE /v1/unsubscribes": "act_resubscribed",
  "POST /u/:token": "act_unsubscribed",
  "GET /v1/respondents": "act_person_read",
  "GET /v1/respondents/:respondent": "act_person_read",
  "GET /v1/surveys/:survey/comments": "act_answers_read",
  "GET /v1/surveys/:survey/responses": "act_answers_read",
  "GET /v1/surveys/:survey/responses csv": "act_exported",
  "GET /v1/surveys/:survey/responses ndjson": "act_exported",
  "POST /v1/session/codes": "act_code_made",
  "DELETE /v1/session/all": "act_signed_out",
  [`POST ${HOOKS}`]: "act_hook_made",
  [`PATCH ${HOOKS}/:hook`]: "act_hook_changed",
  [`DELETE ${HOOKS}/:hook`]: "act_hook_deleted",
  [`POST ${WEBHOOKS}`]: "act_webhook_made",
  [`PATCH ${WEBHOOKS}/:webhook`]: "act_webhook_changed",
  [`DELETE ${WEBHOOKS}/:webhook`]: "act_webhook_deleted",
  [`POST ${WEBHOOKS}/:webhook/secret`]: "act_webhook_secret",
  [`POST ${WEBHOOKS}/:webhook/test`]: "act_webhook_tested",
  [`POST ${WEBHOOKS}/:webhook/deliveries/:delivery/redeliver`]: "act_redelivered",
  [`POST ${DELIGHTED}/survey_responses`]: "act_response_sent",
  [`PUT ${DELIGHTED}/survey_responses`]: "act_response_changed",
  [`PUT ${DELIGHTED}/survey_responses/:response`]: "act_response_changed",
  [`POST ${DELIGHTED}/people`]: "act_invited",
  [`DELETE ${DELIGHTED}/people/:person`]: "act_person_erased",
  [`DELETE ${DELIGHTED}/people/:person/survey_requests/pending`]: "act_withdrawn",
  [`POST ${DELIGHTED}/unsubscribes`]: "act_unsubscribed",
  [`GET ${DELIGHTED}/people`]: "act_person_read",
  [`GET ${DELIGHTED}/people/:person`]: "act_person_read",
  [`GET ${DELIGHTED}/survey_responses`]: "act_answers_read",
};

const details: Record<string, StringKey> = {
  metrics: "scope_metrics",
  comments: "scope_comments",
  write: "scope_write",
  admin: "scope_admin",
  identity: "use_identity",
  links: "use_links",
};

/** What the log calls the events and the settings of a webhook. */
const ofWebhook: Record<string, StringKey> = {
  ...webhookEventNames,
  url: "webhook_url",
  events: "webhook_events",
  filter: "webhook_filter",
  format: "webhook_format",
  language: "webhook_language",
  chat: "webhook_chat",
  enabled: "webhook_enabled",
};

/** What was done, and what the log adds to it. */
export function auditSentence({ act, detail, count }: AuditItem): { what: string; more: string } {
  const whole = acts[`${act} ${detail.join(" ")}`];
  if (whole) return { what: t(whole), more: "" };
  const known = acts[act];
  if (!known) return { what: act, more: detail.join(", ") };
  if (known === "act_invited") return { what: t(known), more: String(count ?? "") };
  if (known === "act_survey_changed") return { what: t(known), more: [...new Set(detail.map(settingName))].join("; ") };
  if (act.includes(WEBHOOKS)) return { what: t(known), more: detail.map((each) => named(each, ofWebhook)).join(", ") };
  const isOfKey = known === "act_key_made" || known === "act_signing_made";
  return { what: t(known), more: detail.map((each) => (isOfKey ? named(each, details) : counted(each))).join(", ") };
}

function named(detail: string, names: Readonly<Record<string, StringKey>>): string {
  return Object.hasOwn(names, detail) ? t(names[detail]!) : detail;
}

function counted(detail: string): string {
  const [, n, of] = /^(\d+) (responses|invitations)$/.exec(detail) ?? [];
  if (n === undefined) return detail;
  return t(of === "responses" ? "person_answers" : "person_invitations", { n: Number(n) });
}
