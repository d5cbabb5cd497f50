import type { MailAddress } from "../mail/address.ts";
import { mailAddress } from "../mail/address.ts";

/** The address of a webhook that writes mails; null where it is not `mailto:` and one address, without anything behind it. */
export function mailtoAddress(url: string): MailAddress | null {
  return /^mailto:/i.test(url) ? mailAddress(url.slice("mailto:".length)) : null;
}
