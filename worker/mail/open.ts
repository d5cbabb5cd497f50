/** The mailer that the operator has set. */
import { connect } from "cloudflare:sockets";
import { limits } from "../../shared/limits.ts";
import type { Env } from "../env.ts";
import { cloudflareMailer } from "./apis/cloudflare.ts";
import { postmarkMailer } from "./apis/postmark.ts";
import { resendMailer } from "./apis/resend.ts";
import type { Mailer } from "./mail.ts";
import type { NoMailer } from "./settings.ts";
import { mailSettings } from "./settings.ts";
import type { Connect } from "./smtp/connection.ts";
import { smtpMailer } from "./smtp/mailer.ts";

export type MailWorld = {
  fetch: typeof globalThis.fetch;
  clock: () => number;
  /** The platform's sockets, if nothing else is given. */
  connect?: Connect;
  /** For one mail; shared/limits.ts has the default. */
  timeoutMs?: number;
};

const NO_BINDING: NoMailer = {
  missing:
    "This collector sends no mail: MAILER is cloudflare, and wrangler.toml has no [[send_email]] with the name EMAIL.",
};

/** The mailer, or why there is none. Nothing is connected before the first mail. */
export function openMailer(env: Pick<Env, "MAILER" | "MAIL_FROM" | "EMAIL">, world: MailWorld): Mailer | NoMailer {
  const settings = mailSettings(env);
  if ("missing" in settings) return settings;
  const { from } = settings;
  const { fetch, clock, timeoutMs = limits.mailTimeoutSeconds * 1000 } = world;
  switch (settings.by) {
    case "cloudflare":
      return env.EMAIL ? cloudflareMailer(env.EMAIL, from) : NO_BINDING;
    case "smtp":
      return smtpMailer(settings.server, from, { connect: world.connect ?? connect, clock, timeoutMs });
    case "resend":
      return resendMailer(settings.key, from, { fetch, timeoutMs });
    case "postmark":
      return postmarkMailer(settings.key, from, { fetch, timeoutMs });
  }
}
