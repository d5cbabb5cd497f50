/** What `npm run mail:test` serves on the operator's machine, in place of the collector: it sends one mail by the mailer. */
import type { Env } from "./env.ts";
import { mailAddress } from "./mail/address.ts";
import { openMailer } from "./mail/open.ts";

type Settings = Pick<Env, "MAILER" | "MAIL_FROM" | "EMAIL" | "ADMIN_TOKEN">;

const TEXT = "This is a test. The collector of your surveys can send mails.";

export default {
  async fetch(request, env) {
    if (request.method !== "POST") return Response.json({ ok: true });
    // Any page in a browser of this machine can reach this address while it is served.
    if (request.headers.get("Authorization") !== `Bearer ${env.ADMIN_TOKEN}`)
      return new Response(null, { status: 401 });
    const address = mailAddress(await request.text());
    if (!address) return Response.json({ problem: "That is no address that a mail can be sent to." });
    const mailer = openMailer(env, { fetch: (...asked) => fetch(...asked), clock: Date.now });
    if ("missing" in mailer) return Response.json({ problem: mailer.missing });
    const outcome = await mailer.send({
      id: `test-${crypto.randomUUID()}`,
      to: { address, name: "" },
      subject: "A test of your collector's mail",
      text: TEXT,
      html: `<p>${TEXT}</p>`,
      language: "en",
    });
    await mailer.close();
    return Response.json(outcome);
  },
} satisfies ExportedHandler<Settings>;
