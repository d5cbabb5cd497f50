/**
 * The migrations that this version of the collector needs, in order: the files of worker/migrations, which the Worker cannot
 * list for itself. A test compares the two.
 */
export const migrations: readonly string[] = [
  "0001_surveys_and_keys.sql",
  "0002_responses.sql",
  "0003_rollups.sql",
  "0010_filling.sql",
  "0020_signing_keys.sql",
  "0021_invitations.sql",
  "0022_mailings.sql",
  "0030_sessions.sql",
  "0031_responses_of_tests.sql",
  "0040_audit.sql",
  "0041_salts.sql",
  "0050_makers_of_keys.sql",
  "0051_lasting_unsubscribes.sql",
  "0055_acts_on_people.sql",
  "0056_folding_values.sql",
  "0060_language_and_device.sql",
  "0061_changed_late.sql",
  "0065_fields_of_changes.sql",
  "0070_purged_before.sql",
  "0071_restoring.sql",
  "0080_webhooks.sql",
  "0081_dashboard_of_webhooks.sql",
  "0085_cases.sql",
  "0086_unhappy.sql",
  "0087_counted_cases.sql",
  "0090_mailings.sql",
  "0095_hooks.sql",
];
