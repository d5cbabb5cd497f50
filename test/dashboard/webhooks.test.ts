/** The webhooks of a survey, as an owner sets, tries and mends them. */
import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mintResponseId } from "../../shared/response-id.ts";
import type { Page } from "../../shared/schema/paging.ts";
import type { Webhook } from "../../shared/schema/webhook.ts";
import { aSurvey, ask, openDashboard } from "./support/dashboard.ts";

let receiver: Server;
let url: string;
let status = 200;
const got: { type: string; test?: true; data: { nps: number } }[] = [];

/** What came as Telegram gets it, and what Telegram is played to answer. */
type Telegram = { chat_id: string; text: string; entities: { type: string; url?: string }[] };
const telegram = { path: "/bot123:SECRET/sendMessage", got: [] as Telegram[], answer: {} as object };

beforeAll(async () => {
  receiver = createServer(async (request, reply) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.url === telegram.path) {
      telegram.got.push(JSON.parse(body));
      reply.end(JSON.stringify(telegram.answer));
      return;
    }
    got.push(JSON.parse(body));
    reply.writeHead(status).end("<img src=x onerror=alert(1)> thanks");
  });
  await once(receiver.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});

afterAll(() => {
  receiver.close();
});

it("are added, tried, mended and deleted", async () => {
  const { id } = await aSurvey({ questions: ["nps"], segments: ["plan"] });
  const page = await openDashboard({ path: `/s/${id}/settings/webhooks` });
  await page.getByText("No webhooks yet.").waitFor();
  await page.getByLabel("Where messages go").selectOption("A program of yours");
  await page.getByLabel("Address").fill("http://10.0.0.1/");
  await page.getByRole("button", { name: "Add the webhook" }).click();
  await page.getByText("Write an address of the public internet that begins with https://").waitFor();

  await page.getByLabel("Address").fill(url);
  await page.getByText("Only some responses").click();
  await page.getByLabel("Detractors").check();
  await page.getByLabel("Only where").selectOption("plan");
  await page.getByLabel("is exactly").fill("pro");
  await page.getByRole("button", { name: "Add the webhook" }).click();
  const secret = page.getByRole("region", { name: "Secret" });
  const first = (await secret.textContent()) ?? "";
  expect(first).toMatch(/^whsec_/);
  const { items } = await ask<Page<Webhook>>("GET", `/v1/surveys/${id}/webhooks`);
  expect(items).toMatchObject([
    {
      url,
      events: ["response.created", "comment.created"],
      filter: { nps_group: ["detractor"], segment: { plan: "pro" } },
    },
  ]);

  const left = async () => {
    const { waiting, dead } = await ask<Webhook>("GET", `/v1/surveys/${id}/webhooks/${items[0]?.id}`);
    return { waiting, dead };
  };

  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: url }) });
  await card.getByText("a new response, a new comment").waitFor();
  await card.getByText("Detractors; plan: pro").waitFor();
  await card.getByRole("button", { name: "Send a test" }).click();
  await card.getByText("Delivered: the receiver answered 200.").waitFor();
  // What a receiver says is text.
  await card.getByText("<img src=x onerror=alert(1)> thanks").waitFor();
  expect(await page.locator("main img").count()).toBe(0);
  expect(got.splice(0)).toMatchObject([{ test: true, data: { nps: 0 } }]);

  status = 410;
  const response = mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  await ask("POST", "/v1/responses", { survey: id, id: response, nps: 2, properties: { plan: "pro" } });
  await expect.poll(() => got.length).toBe(1);
  await expect.poll(left).toEqual({ waiting: 0, dead: 1 });
  await page.reload();
  await card.getByText("the receiver answered 410 Gone").waitFor();
  await card.getByText("1 message did not arrive.").waitFor();

  status = 200;
  await card.getByRole("button", { name: "Switch on" }).click();
  await card.getByRole("button", { name: "Switch off" }).waitFor();
  await card.getByRole("button", { name: "Messages" }).click();
  await card.getByLabel("Messages").selectOption("Not arrived");
  await card.getByText("Not arrived, 1 attempt.").waitFor();
  await card.getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => got.length).toBe(2);
  await expect.poll(left).toEqual({ waiting: 0, dead: 0 });
  await card.getByLabel("Messages").selectOption("All messages");
  await card.getByLabel("Messages").selectOption("Delivered");
  await card.getByText("Delivered (200).").waitFor();
  expect(got).toMatchObject([{ data: { nps: 2 } }, { data: { nps: 2 } }]);

  await card.getByRole("button", { name: "Replace the secret" }).click();
  await page.getByRole("dialog").getByText("for 24 hours").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Replace the secret" }).click();
  await expect.poll(async () => (await secret.textContent()) !== first).toBe(true);
  await card.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("No webhooks yet.").waitFor();
});

it("for people need an address and a chat, and lead from a message to the very comment", async () => {
  const { id } = await aSurvey({ questions: ["nps", "comment"] });
  const page = await openDashboard({ path: `/s/${id}/settings/webhooks` });
  await page.getByLabel("Where messages go").selectOption("Telegram");
  await page.getByLabel("Address").fill(url);
  await page.getByRole("button", { name: "Add the webhook" }).click();
  await page.getByText("An example: https://api.telegram.org/bot").waitFor();
  await page.getByLabel("Address").fill(new URL(telegram.path, url).href);
  await page.getByRole("button", { name: "Add the webhook" }).click();
  await page.getByText("An example: -1001234567890").waitFor();
  await page.getByLabel("Chat").fill("-1005");
  await page.getByLabel("Language of messages").selectOption("Ukrainian");
  await page.getByRole("button", { name: "Add the webhook" }).click();
  await page.getByText("Added. Send a test now").waitFor();

  // Whoever has the token can write as the bot: it is not shown.
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Telegram: -1005" }) });
  await card.getByText("Detractors").waitFor();
  expect(await page.locator("main").textContent()).not.toContain("SECRET");
  expect(await card.getByRole("button", { name: "Replace the secret" }).count()).toBe(0);
  telegram.answer = { ok: false, error_code: 400, description: "Bad Request: chat not found" };
  await card.getByRole("button", { name: "Send a test" }).click();
  await card.getByText("its answer says that it refused the message").waitFor();
  await card.getByText("Bad Request: chat not found").waitFor();
  telegram.answer = { ok: true, result: { message_id: 1 } };
  await card.getByRole("button", { name: "Send a test" }).click();
  await card.getByText("Delivered: the receiver answered 200.").waitFor();
  expect(telegram.got.splice(0).at(-1)).toMatchObject({ chat_id: "-1005", text: expect.stringContaining("Це проба.") });

  const send = (nps: number, comment: string) => {
    const response = mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    return ask("POST", "/v1/responses", { survey: id, id: response, nps, comment });
  };
  await send(10, "All fine");
  await send(2, "Late again");
  await expect.poll(() => telegram.got.length).toBe(1);
  const [{ text, entities } = expect.fail()] = telegram.got.splice(0);
  expect(text).toContain("NPS: 2 з 10, критик\n\nLate again");
  await page.goto(entities.at(-1)?.url ?? "");
  await page.getByText("Late again").waitFor();
  expect(await page.getByText("All fine").count()).toBe(0);
});

it.each([
  ["Slack", ["a new comment"]],
  ["A program of yours", ["a new response", "a new comment"]],
])("%s is told at first of what is usual there, then of what the reader has chosen", async (place, events) => {
  const { id } = await aSurvey({ questions: ["csat", "nps"] });
  const page = await openDashboard({ path: `/s/${id}/settings/webhooks` });
  await page.getByLabel("Where messages go").selectOption(place);
  const ticked = () => page.getByRole("group", { name: "Events" }).getByRole("checkbox", { checked: true }).count();
  for (const event of events) await expect.poll(() => page.getByLabel(event, { exact: true }).isChecked()).toBe(true);
  expect(await ticked()).toBe(events.length);
  await page.getByText("Only some responses").click();
  expect(await page.getByLabel("Detractors").isChecked()).toBe(place === "Slack");
  await page.getByLabel("a score falls").check();
  await page.getByLabel("Where messages go").selectOption("Discord");
  expect(await page.getByLabel("a score falls").isChecked()).toBe(true);
  expect(await ticked()).toBe(events.length + 1);
});

it("a bot's token alone is made the address of Telegram", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings/webhooks` });
  await page.getByLabel("Address").fill(" 123456:ABC-def_1 ");
  await page.getByLabel("Chat").fill("@shop");
  await page.getByRole("button", { name: "Add the webhook" }).click();
  await page.getByRole("heading", { name: "Telegram: @shop" }).waitFor();
  const { items } = await ask<Page<Webhook>>("GET", `/v1/surveys/${id}/webhooks`);
  expect(items).toMatchObject([{ url: "https://api.telegram.org/bot123456:ABC-def_1/sendMessage", chat: "@shop" }]);
});

it("mails need a mailer, which the form says", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings/webhooks` });
  await page.getByLabel("Where messages go").selectOption("E-mail");
  await page.getByLabel("Address").fill("team@shop.example");
  await page.getByRole("button", { name: "Add the webhook" }).click();
  await page.getByText("The collector has no mailer. Ask whoever runs it.").waitFor();
});
