/** Mails by HTTP and by Cloudflare: what is sent, and what each recorded answer means. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Mailer } from "../../../worker/mail/mail.ts";
import { openMailer } from "../../../worker/mail/open.ts";
import { aWorld } from "../support/receivers.ts";
import { aMail } from "./support.ts";

const MAIL_FROM = "Крамниця <feedback@shop.example>";
const world = aWorld();

beforeEach(() => {
  world.got.splice(0);
});

function open(MAILER: string, EMAIL?: SendEmail): Mailer {
  const env = { MAILER, MAIL_FROM, ...(EMAIL && { EMAIL }) };
  const mailer = openMailer(env, { fetch: world.fetch, clock: Date.now, timeoutMs: 500 });
  if ("missing" in mailer) throw new Error(mailer.missing);
  return mailer;
}

const json = (status: number, body: object) => Response.json(body, { status });
const refusal = (kind: string, detail: unknown, uncertain = false) => ({ accepted: false, kind, detail, uncertain });
const inWords = (sender: string) => expect.stringMatching(new RegExp(`^${sender} answered: `));
const extra = {
  "Auto-Submitted": "auto-generated",
  "Content-Language": "en",
  "List-Unsubscribe": "<https://feedback.example/u/1>",
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
};
const attack = { subject: "Hello\r\nBcc: evil@example.com" };

describe("Resend", () => {
  const key = "re_SECRET";
  const mailer = open(`resend:${key}`);
  const refused = (status: number, name: string, message: string) =>
    json(status, { statusCode: status, name, message });

  it("gets the mail", async () => {
    world.answers.push(json(200, { id: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794" }));
    const outcome = await mailer.send(aMail(attack));
    expect(outcome).toEqual({ accepted: true, id: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794" });
    const [{ url, headers, body } = expect.fail()] = world.got;
    expect(url).toBe("https://api.resend.com/emails");
    expect([headers.get("Authorization"), headers.get("Idempotency-Key")]).toEqual([`Bearer ${key}`, "dlv_1"]);
    expect(JSON.parse(body)).toEqual({
      from: '"Крамниця" <feedback@shop.example>',
      to: ['"Ann \\"A\\" Оля" <ann@example.com>'],
      subject: "Hello Bcc: evil@example.com",
      text: "Hello",
      html: "<p>Hello</p>",
      headers: extra,
    });
  });

  it.each([
    [refused(422, "validation_error", "Invalid `to` field."), "hard"],
    [refused(413, "validation_error", "Too large."), "hard"],
    [refused(409, "invalid_idempotent_request", "Same key, other mail."), "hard"],
    [refused(409, "concurrent_idempotent_requests", "Under way."), "soft"],
    [refused(429, "rate_limit_exceeded", "Too many requests."), "soft"],
    [refused(429, "daily_quota_exceeded", "You have reached your daily quota."), "soft"],
    [refused(422, "invalid_from_address", "Invalid `from` field."), "unreachable"],
    [refused(401, "restricted_api_key", "This API key is restricted."), "unreachable"],
    [refused(403, "validation_error", "The shop.example domain is not verified."), "unreachable"],
    [refused(500, "internal_server_error", "An unexpected error occurred."), "unreachable"],
    [new Response("<html>bad gateway</html>", { status: 502 }), "unreachable"],
    [new Response(null, { status: 302, headers: { Location: "https://elsewhere.example/" } }), "unreachable"],
  ])("%#: what an answer means", async (answer, kind) => {
    world.answers.push(answer);
    expect(await mailer.send(aMail())).toEqual(refusal(kind, inWords("Resend")));
    expect(world.got).toHaveLength(1);
  });
});

describe("Postmark", () => {
  const key = "11111111-SECRET";
  const mailer = open(`postmark:${key}`);
  const refused = (status: number, ErrorCode: number, Message: string) => json(status, { ErrorCode, Message });

  it("gets the mail", async () => {
    const said = { To: "ann@example.com", SubmittedAt: "2026-11-22T12:00:00Z", ErrorCode: 0, Message: "OK" };
    world.answers.push(json(200, { ...said, MessageID: "b7bc2f4a-e38e-4336-af7d-e6c392c2f817" }));
    expect(await mailer.send(aMail(attack))).toEqual({ accepted: true, id: "b7bc2f4a-e38e-4336-af7d-e6c392c2f817" });
    const [{ url, headers, body } = expect.fail()] = world.got;
    expect([url, headers.get("X-Postmark-Server-Token")]).toEqual(["https://api.postmarkapp.com/email", key]);
    const { Headers, ...rest } = JSON.parse(body);
    expect(rest).toEqual({
      From: '"Крамниця" <feedback@shop.example>',
      To: '"Ann \\"A\\" Оля" <ann@example.com>',
      Subject: "Hello Bcc: evil@example.com",
      TextBody: "Hello",
      HtmlBody: "<p>Hello</p>",
    });
    const named = Object.fromEntries(Headers.map(({ Name, Value }: Record<string, string>) => [Name, Value]));
    expect(named).toEqual({ "Message-ID": "<dlv_1@shop.example>", "X-PM-KeepID": "true", ...extra });
  });

  it.each([
    [refused(422, 300, "Invalid 'To' address"), "hard"],
    [refused(422, 406, "You tried to send to a recipient that has been marked as inactive."), "hard"],
    [refused(413, 0, "Payload too large"), "hard"],
    [refused(429, 429, "Rate limit exceeded"), "soft"],
    [refused(401, 10, "No Account or Server API tokens were supplied."), "unreachable"],
    [refused(422, 400, "The 'From' address you supplied is not a Sender Signature."), "unreachable"],
    [refused(422, 405, "Not allowed to send"), "unreachable"],
    [refused(503, 100, "Maintenance"), "unreachable"],
    [new Response("", { status: 500 }), "unreachable"],
  ])("%#: what an answer means", async (answer, kind) => {
    world.answers.push(answer);
    expect(await mailer.send(aMail())).toEqual(refusal(kind, inWords("Postmark")));
  });
});

describe.each(["resend", "postmark"])("%s", (name) => {
  const mailer = open(`${name}:SECRET`);
  const cut = () => new Response(new ReadableStream({ start: (body) => body.error(new Error("cut")) }));

  it.each([
    ["is not reached", () => "broken" as const, expect.stringContaining("could not be reached")],
    ["says nothing", () => "never" as const, "The sender of mails did not answer within 0.5 seconds."],
    ["breaks off in its answer", cut, expect.stringContaining("broke the connection off")],
    ["says nothing that can be read", () => new Response("ok"), expect.stringContaining("answered: 200")],
    ["says yes without a name for the mail", () => json(200, {}), expect.stringContaining("answered: 200")],
  ])("that %s has not said that it accepted the mail", async (_, answer, detail) => {
    world.answers.push(answer());
    const outcome = await mailer.send(aMail());
    expect(outcome).toEqual(refusal("unreachable", detail, true));
    expect(JSON.stringify(outcome)).not.toContain("SECRET");
  });
});

describe("Cloudflare", () => {
  const sent: unknown[] = [];
  const binding = (answer: () => EmailSendResult) =>
    ({
      send: async (mail: unknown) => {
        sent.push(mail);
        return answer();
      },
    }) as SendEmail;

  it("gets the mail", async () => {
    const mailer = open(
      "cloudflare",
      binding(() => ({ messageId: "<1@cf.example>" })),
    );
    expect(await mailer.send(aMail(attack))).toEqual({ accepted: true, id: "<1@cf.example>" });
    expect(sent).toEqual([
      {
        from: { email: "feedback@shop.example", name: "Крамниця" },
        to: { email: "ann@example.com", name: 'Ann "A" Оля' },
        subject: "Hello Bcc: evil@example.com",
        text: "Hello",
        html: "<p>Hello</p>",
        headers: extra,
      },
    ]);
  });

  it.each([
    ["E_RECIPIENT_SUPPRESSED", "hard"],
    ["E_RECIPIENT_NOT_ALLOWED", "hard"],
    ["E_CONTENT_TOO_LARGE", "hard"],
    ["E_DELIVERY_FAILED", "hard"],
    ["E_VALIDATION_ERROR", "hard"],
    ["E_RATE_LIMIT_EXCEEDED", "soft"],
    ["E_DAILY_LIMIT_EXCEEDED", "soft"],
    ["E_INTERNAL_SERVER_ERROR", "soft"],
    ["E_SENDER_NOT_VERIFIED", "unreachable"],
    ["E_SENDER_DOMAIN_NOT_AVAILABLE", "unreachable"],
    ["E_OF_THE_FUTURE", "unreachable"],
  ])("what %s means", async (code, kind) => {
    const refuse = () => {
      throw Object.assign(new Error("in words"), { code });
    };
    const outcome = await open("cloudflare", binding(refuse)).send(aMail());
    expect(outcome).toEqual(refusal(kind, `Cloudflare answered: ${code} in words`));
  });

  it("is named where it is not bound", () => {
    expect(() => open("cloudflare")).toThrow("wrangler.toml has no [[send_email]] with the name EMAIL");
  });
});

it("a fault of the program is not taken for a refusal", async () => {
  await expect(async () => open("postmark:KEY").send(aMail({ id: "a b" }))).rejects.toThrow("a mail's id");
  await expect(open("smtp://localhost:1").send(aMail({ id: "" }))).rejects.toThrow("a mail's id");
});
