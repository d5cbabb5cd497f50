import type { PluralForms } from "../plural-forms.ts";

/** The strings of the log, in English. */
export const en = {
  log_title: "What administrators did",
  log_lead:
    "Newest first. The log names the settings that were changed, never their values. Whoever signs in with the admin token is called “Admin token”. To tell colleagues apart, make a key for each of them under Settings, Keys.",
  log_none: "Nothing yet.",
  log_link: "The person, by a link",
  act_sign_in: "signed in",
  act_survey_made: "made a survey",
  act_survey_changed: "changed settings",
  act_survey_deleted: "deleted a survey",
  act_key_made: "made a key",
  act_key_revoked: "revoked a key",
  act_signing_made: "made a signing key",
  act_signing_revoked: "revoked a signing key",
  act_person_erased: "erased everything held on a person",
  act_excluded: "marked a response as spam",
  act_put_back: "put a response back",
  act_erased: "erased the words of a response",
  act_erased_score: "erased a response with its score",
  act_response_changed: "worked on a response",
  act_response_sent: "stored or changed a response",
  act_invited: "invited people",
  act_withdrawn: "withdrew an invitation",
  act_archived: "saved the survey as an archive",
  act_imported: "imported answers",
  act_unsubscribed: "unsubscribed a person",
  act_resubscribed: "let a person be invited again",
  act_person_read: "read everything held on a person",
  act_answers_read: "read a person’s responses",
  act_exported: "exported responses",
  act_code_made: "made a sign-in code",
  act_signed_out: "signed out everywhere",
  act_webhook_made: "made a webhook",
  act_webhook_changed: "changed a webhook",
  act_webhook_deleted: "deleted a webhook",
  act_webhook_secret: "replaced the secret of a webhook",
  act_webhook_tested: "sent a test to a webhook",
  act_redelivered: "sent a message of a webhook again",
} as const satisfies Record<string, string | PluralForms>;

export type LogStrings = Record<keyof typeof en, string | PluralForms>;
