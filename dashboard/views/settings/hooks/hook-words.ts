/** What the dashboard calls the outcomes of events and the ways to sign. */
import type { HookSignature, HookSkip } from "../../../../shared/vocabulary.ts";
import type { StringKey } from "../../../i18n/translate.ts";
import { t } from "../../../i18n/translate.ts";

const outcomes: Record<"invited" | HookSkip, StringKey> = {
  invited: "hook_invited",
  off: "hook_skip_off",
  no_event: "hook_skip_no_event",
  no_respondent: "hook_skip_no_respondent",
  condition: "hook_skip_condition",
  own_write: "hook_skip_own_write",
  not_fetched: "hook_skip_not_fetched",
  not_written: "hook_skip_not_written",
  duplicate: "hook_skip_duplicate",
  revoked: "hook_skip_revoked",
  closed: "hook_skip_closed",
  unsubscribed: "hook_skip_unsubscribed",
  answered_recently: "hook_skip_answered",
  invited_recently: "hook_skip_invited",
  asked_elsewhere: "hook_skip_elsewhere",
};

export function outcomeText(outcome: "invited" | HookSkip): string {
  return t(outcomes[outcome]);
}

const names: Record<HookSignature, string> = {
  standard: "Standard Webhooks",
  stripe: "Stripe",
  shopify: "Shopify",
  woocommerce: "WooCommerce",
  zendesk: "Zendesk",
  hubspot: "HubSpot",
  chatwoot: "Chatwoot",
};

/** "" is no signature: the key proves the sender. */
export function signatureName(signature: HookSignature | ""): string {
  return signature === "" ? t("hook_by_key") : names[signature];
}
