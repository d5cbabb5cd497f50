/** Signing in at a mail server (RFC 4954), by PLAIN or by LOGIN, whichever it offers. */
import { base64 } from "../base64.ts";
import type { SmtpServer } from "../settings.ts";
import type { Reply } from "./connection.ts";

type Ask = (line: string) => Promise<Reply>;

/** Why the server lets nobody in, as a whole sentence; null if it did. Nothing that it said is repeated: it may be the password. */
export async function signIn(
  { user, password }: NonNullable<SmtpServer["login"]>,
  offered: readonly string[],
  ask: Ask,
): Promise<string | null> {
  if (offered.length === 0) return "The mail server lets nobody sign in, though MAILER has a user name.";
  if (offered.includes("PLAIN")) return judged(await ask(`AUTH PLAIN ${base64(`\0${user}\0${password}`)}`));
  if (!offered.includes("LOGIN")) return "The mail server offers neither of the ways to sign in, PLAIN and LOGIN.";
  // Each answer is asked for by 334.
  for (const line of ["AUTH LOGIN", base64(user)]) {
    const reply = await ask(line);
    if (reply.code !== 334) return judged(reply);
  }
  return judged(await ask(base64(password)));
}

function judged({ code, lines }: Reply): string | null {
  if (code === 235) return null;
  const enhanced = /^[245]\.\d{1,3}\.\d{1,3}(?= |$)/.exec(lines[0] ?? "")?.[0];
  const shown = enhanced ? `${code} ${enhanced}` : String(code);
  // 454 and its like pass; 534 and 535 stay until somebody changes MAILER.
  return code < 500
    ? `The mail server cannot sign anybody in at present (${shown}).`
    : `The mail server refuses the user name or the password of MAILER (${shown}).`;
}
