/** Addresses that may stand in a mail and in the commands of SMTP: none that is unchecked has this type. */
export type MailAddress = string & { readonly checked: "MailAddress" };

/** An address and the name of whoever has it; "" for none. */
export type Mailbox = { address: MailAddress; name: string };

/** The part before the @ as RFC 5322 writes it without quotes. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const MOST_LOCAL = 64;
const MOST = 254;

/**
 * The address, with the domain in lower case and as ASCII; null for what is none. A domain is a name with a dot in it, so that no
 * mail goes to this machine or to an address of numbers. The part before the @ is ASCII, without blanks and quotes: few servers
 * take another.
 */
export function mailAddress(text: string): MailAddress | null {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  if (at < 1 || local.length > MOST_LOCAL || !LOCAL_PART.test(local)) return null;
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === null) return null;
  const address = `${local}@${domain}`;
  return address.length <= MOST ? (address as MailAddress) : null;
}

/** What comes after the @. */
export function domainOf(address: MailAddress): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

function asciiDomain(text: string): string | null {
  // The URL parser would read other characters as a port, a path or an escape.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(text) || !URL.canParse(`http://${text}`)) return null;
  const domain = new URL(`http://${text}`).hostname;
  const labels = domain.split(".");
  const isName = labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
  return isName ? domain : null;
}
