/**
 * The collector's mailer, driven from a test: it opens the mailer that the body describes, sends the mails one after another or at
 * once, and replies with their outcomes. `named`: the server is reached under this name, and is on this machine.
 */
import { connect } from "cloudflare:sockets";
import type { Mail } from "../../worker/mail/mail.ts";
import { openMailer } from "../../worker/mail/open.ts";

export type Asked = { MAILER: string; mails: Mail[]; atOnce?: boolean; timeoutMs?: number; named?: string };

export default {
  async fetch(request: Request, { EMAIL }: { EMAIL: SendEmail }): Promise<Response> {
    if (request.method === "GET") return new Response("ok");
    const { MAILER, mails, atOnce = false, timeoutMs = 10_000, named } = await request.json<Asked>();
    const mailer = openMailer(
      { MAILER, MAIL_FROM: '"Відгуки, крамниця" <feedback@shop.example>', EMAIL },
      {
        fetch,
        clock: () => Date.UTC(2026, 10, 22, 12),
        timeoutMs,
        connect: ({ hostname, port }, options) =>
          connect({ hostname: hostname === named ? "localhost" : hostname, port }, options),
      },
    );
    if ("missing" in mailer) return Response.json(mailer, { status: 500 });
    const outcomes = [];
    if (atOnce) outcomes.push(...(await Promise.all(mails.map(mailer.send))));
    else for (const mail of mails) outcomes.push(await mailer.send(mail));
    await mailer.close();
    return Response.json(outcomes);
  },
};
