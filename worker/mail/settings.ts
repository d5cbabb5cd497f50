/** Who sends the mails, as the operator sets it. What a setting holds is in no message: it may be a secret, or a part of one. */
import { eitherOf } from "../../shared/vocabulary.ts";
import type { Env } from "../env.ts";
import type { Mailbox } from "./address.ts";
import { mailAddress } from "./address.ts";

/** `isLoopback`: the server is this machine itself, where nobody can listen to what is sent in the clear. */
export type SmtpServer = {
  host: string;
  port: number;
  /** TLS from the first byte; else it begins by STARTTLS. */
  isTls: boolean;
  isLoopback: boolean;
  login: { user: string; password: string } | null;
};

export type MailSettings = { from: Mailbox } & (
  | { by: "cloudflare" }
  | { by: "smtp"; server: SmtpServer }
  | { by: "resend" | "postmark"; key: string }
);

/** Why there is no mailer, as a whole sentence. */
export type NoMailer = { missing: string };

const SPELLINGS = ["cloudflare", "smtp://USER:PASSWORD@HOST:587", "smtps://USER:PASSWORD@HOST:465", "resend:KEY"];
const HOW = `MAILER must be ${eitherOf([...SPELLINGS, "postmark:KEY"])}`;

export function mailSettings({ MAILER, MAIL_FROM }: Pick<Env, "MAILER" | "MAIL_FROM">): MailSettings | NoMailer {
  if (!MAILER) return { missing: "This collector sends no mail: its operator has not set MAILER and MAIL_FROM." };
  const from = mailbox(MAIL_FROM ?? "");
  if (!from) return { missing: "This collector sends no mail: MAIL_FROM must be like Name <feedback@example.com>." };
  const sender = senderOf(MAILER.trim());
  return sender ? { from, ...sender } : { missing: `This collector sends no mail: ${HOW}.` };
}

/** `Name <address>` or the address alone; null for anything else. */
export function mailbox(text: string): Mailbox | null {
  const parts = /^(?<name>[^<>]*)<(?<address>[^<>]*)>$/.exec(text.trim())?.groups;
  const address = mailAddress(parts ? parts.address!.trim() : text.trim());
  const name = (parts?.name ?? "").trim().replace(/^"(.*)"$/, "$1");
  return address && { address, name };
}

type Sender = MailSettings extends infer Each ? (Each extends unknown ? Omit<Each, "from"> : never) : never;

function senderOf(text: string): Sender | null {
  if (text === "cloudflare") return { by: "cloudflare" };
  const api = /^(resend|postmark):([\x21-\x7e]+)$/.exec(text);
  if (api) return { by: api[1] as "resend" | "postmark", key: api[2]! };
  const server = smtpServer(text);
  return server && { by: "smtp", server };
}

function smtpServer(text: string): SmtpServer | null {
  const isTls = text.startsWith("smtps://");
  // Read as an https address: the rules for hosts, ports and escapes are those of the web, whatever the scheme.
  const asHttps = text.replace(/^smtps?:\/\//, "https://");
  if (asHttps === text || !URL.canParse(asHttps)) return null;
  const { hostname, port, username, password, pathname, search, hash } = new URL(asHttps);
  if (pathname !== "/" || search !== "" || hash !== "" || (username === "") !== (password === "")) return null;
  const user = unescaped(username);
  const secret = unescaped(password);
  if (user === null || secret === null) return null;
  return {
    host: hostname,
    // The parser leaves out https's own port.
    port: Number(port || (/:443\/?$/.test(text) ? 443 : isTls ? 465 : 587)),
    isTls,
    isLoopback: /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname),
    login: user === "" ? null : { user, password: secret },
  };
}

/** null for an escape that is none, and for control characters, which would end a command of SMTP. */
function unescaped(text: string): string | null {
  try {
    const plain = decodeURIComponent(text);
    return /\p{Cc}/u.test(plain) ? null : plain;
  } catch {
    return null;
  }
}
