/** Checks the settings of a webhook as far as no schema can. */
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { StoredWebhook } from "../db/webhooks.ts";
import { invalid } from "../problem.ts";
import { declaredSegments, listed } from "../surveys/where.ts";
import { isRefused, targetOf } from "./address.ts";
import { formOf } from "./forms.ts";
import { mailtoAddress } from "./mailto.ts";
import type { Sending } from "./send.ts";

/**
 * Throws `invalid` for a format that needs a mailer where there is none, an address where nothing may be sent or which is not one of
 * the format's service, a chat that it cannot write to, and a segment that the survey does not declare. Names are resolved when a
 * message is sent, because what a name leads to can change.
 */
export function checkWebhook(
  { url, format, chat, filter }: Pick<StoredWebhook, "url" | "format" | "chat" | "filter">,
  survey: SurveySettings,
  { loopback, mailer }: Pick<Sending, "loopback" | "mailer">,
): void {
  const form = formOf(format, chat);
  if (form.isMail) {
    if ("missing" in mailer) throw invalid("/format", `cannot be ${format}. ${mailer.missing}`);
    if (!mailtoAddress(url)) throw invalid("/url", "must be mailto: and one address, such as mailto:ann@example.com");
  } else {
    const target = targetOf(url, loopback);
    if (isRefused(target)) throw invalid("/url", target.refused);
    const misfit = form.misfit?.(target.url, chat);
    if (misfit) throw invalid(misfit.pointer, misfit.detail);
  }
  const declared = declaredSegments([survey]);
  for (const name of Object.keys(filter.segment ?? {}))
    if (!declared.includes(name))
      throw invalid(`/filter/segment/${name}`, `is not a segment of the survey: ${listed(declared)}`);
}
