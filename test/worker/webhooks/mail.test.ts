/** Webhooks that write mails: who may have one, what is sent, and what becomes of a mail that is not accepted. */
import { beforeEach, expect, it } from "vitest";
import type { Webhook, WebhookTest } from "../../../shared/schema/webhook.ts";
import type { Env } from "../../../worker/env.ts";
import { aResponse } from "../support/collector.ts";
import { aTellingCollector, HOOK_URL } from "../support/hooks.ts";

const MAILER = "resend:re_SECRET";
const collector = aTellingCollector();
const { world, variables } = collector;
const team = { format: "email", url: "mailto:team@shop.example" };

beforeEach(async () => {
  await collector.forget();
  Object.assign(variables, { MAILER, MAIL_FROM: "Shop <feedback@shop.example>" });
  world.usual.answer = () => Response.json({ id: "re_1" });
});

async function aHook(settings: object = {}, questions: ("nps" | "comment")[] = ["nps"]) {
  const survey = await collector.makeSurvey({ questions, name: "Delivery" });
  const { id } = await collector.hook(survey, { ...team, ...settings });
  const path = collector.hookPath(survey, `/${id}`);
  return { survey, path, deliveries: () => collector.deliveries(survey, id) };
}

const refused = (status: number, name: string, message: string) =>
  Response.json({ statusCode: status, name, message }, { status });

it("a mail tells of a response, in the webhook's language, and links to it", async () => {
  const { survey, deliveries } = await aHook({ language: "uk" });
  const response = aResponse(survey, { nps: 2 });
  await collector.post(response);
  expect(await deliveries()).toMatchObject([{ state: "delivered", failure: null, status: null }]);
  const [{ url, headers, body } = expect.fail()] = world.got;
  const [delivery] = await deliveries();
  expect([url, headers.get("Idempotency-Key")]).toEqual(["https://api.resend.com/emails", delivery?.id]);
  const mail = JSON.parse(body);
  expect(mail).toMatchObject({
    from: '"Shop" <feedback@shop.example>',
    to: ["team@shop.example"],
    subject: "Нова відповідь: Delivery",
    headers: { "Auto-Submitted": "auto-generated", "Content-Language": "uk" },
  });
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain("NPS: 2 з 10, критик");
    expect(part).toContain(`http://localhost/dashboard/#/s/${survey}/comments/${response.id}`);
  }
  expect(mail.html).toContain('<html lang="uk">');
});

it("a comment is quoted in the text, so that no line of it passes for one of the message", async () => {
  const { survey } = await aHook({}, ["nps", "comment"]);
  await collector.post(aResponse(survey, { nps: 0, comment: "Late\nPerson: the boss\n\nhttps://evil.example" }));
  const [mail] = world.take();
  expect(mail.text).toContain("\n> Late\n> Person: the boss\n> \n> https: //evil.example");
});

it("no text of the survey becomes a header", async () => {
  const { survey, path } = await aHook();
  await collector.ask("PATCH", `/v1/surveys/${survey}`, { name: "Shop\u2028Bcc: evil@example.com" });
  await collector.ask("POST", `${path}/test`);
  expect(world.take()[0].subject).toBe("New response: Shop Bcc: evil@example.com");
});

it.each([
  ["refuses it for good", () => refused(422, "validation_error", "No such mailbox"), "dead", "mail_refused"],
  ["refuses it for now", () => refused(429, "rate_limit_exceeded", "Too many"), "waiting", "mail_refused"],
  ["lets nobody in", () => refused(403, "invalid_api_key", "API key is invalid"), "waiting", "not_reached"],
  ["is down", () => "broken" as const, "waiting", "not_reached"],
])("where the sender %s, the test says so, and the message is kept", async (_, answer, state, failure) => {
  const { survey, path, deliveries } = await aHook();
  world.usual.answer = answer;
  await collector.post(aResponse(survey));
  expect(await deliveries()).toMatchObject([{ state, failure, status: null, attempts: 1 }]);
  const { body, text } = await collector.ask<WebhookTest>("POST", `${path}/test`);
  expect(body).toMatchObject({ delivered: false, failure, status: null, answer: "" });
  expect(body.detail).toMatch(/^(Resend answered: 4\d\d \w+ |The sender of mails could not be reached)/);
  expect(text).not.toContain("SECRET");
});

it("a test that was accepted says what the sender calls the mail", async () => {
  const { path } = await aHook();
  const { body } = await collector.ask<WebhookTest>("POST", `${path}/test`);
  expect(body).toMatchObject({ delivered: true, failure: null, detail: "", answer: "re_1" });
  expect(world.take()[0].text).toContain("This is a test. Nobody has answered.");
});

it("without a mailer there is no such webhook, and the refusal says what is missing", async () => {
  const survey = await collector.makeSurvey();
  const body = { events: ["response.created"], ...team };
  const make = () => collector.ask<{ errors: object[] }>("POST", collector.hookPath(survey), body);
  const errorsOf = async (changes: Partial<Env>) => {
    Object.assign(variables, changes);
    const { status, body } = await make();
    return [status, body.errors];
  };
  const refusal = (why: string) => [422, [{ pointer: "/format", detail: `cannot be email. ${why}` }]];
  expect(await errorsOf({ MAILER: "" })).toEqual(
    refusal("This collector sends no mail: its operator has not set MAILER and MAIL_FROM."),
  );
  const [status, errors] = await errorsOf({ MAILER: "re_SECRET" });
  expect([status, JSON.stringify(errors)]).toEqual([422, expect.stringContaining("MAILER must be cloudflare, ")]);
  expect(JSON.stringify(errors)).not.toContain("SECRET");
});

it("a mailer that is taken away leaves the messages waiting, until it is back", async () => {
  const { survey, deliveries } = await aHook();
  variables.MAILER = "";
  await collector.post(aResponse(survey));
  expect(await deliveries()).toMatchObject([{ state: "waiting", failure: "no_mailer" }]);
  expect(world.got).toEqual([]);
  variables.MAILER = MAILER;
  collector.clock.now += 10_000;
  await collector.cron();
  expect(await deliveries()).toMatchObject([{ state: "delivered", attempts: 2 }]);
});

it.each([
  "team@shop.example",
  HOOK_URL,
  "mailto:",
  "mailto:team@localhost",
  "mailto:team@127.0.0.1",
  "mailto:a@shop.example,b@shop.example",
  "mailto:team@shop.example?bcc=evil@example.com",
  "mailto:team@shop.example%0d%0aBcc:evil@example.com",
  "mailto:team@shop.example\r\nBcc: evil@example.com",
  "mailto:Team <team@shop.example>",
])("the address %j is refused", async (url) => {
  const survey = await collector.makeSurvey();
  const body = { events: ["response.created"], ...team, url };
  const { status, text } = await collector.ask("POST", collector.hookPath(survey), body);
  expect([status, text]).toEqual([422, expect.stringContaining('"pointer":"/url"')]);
});

it("a mailto address is for mails alone", async () => {
  const { path } = await aHook();
  expect((await collector.ask("PATCH", path, { format: "standard" })).status).toBe(422);
  expect((await collector.ask("PATCH", path, { chat: "1" })).status).toBe(422);
  expect((await collector.ask<Webhook>("PATCH", path, { format: "standard", url: HOOK_URL })).body.format).toBe(
    "standard",
  );
});
