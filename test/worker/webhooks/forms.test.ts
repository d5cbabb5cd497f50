/** The messages for people: that each service takes them, shows them to the letter, and what it is found to have answered. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../../shared/limits.ts";
import type { SurveySettingsInput } from "../../../shared/schema/survey.ts";
import type { WebhookMessage, WebhookTest } from "../../../shared/schema/webhook.ts";
import type { WebhookFormat } from "../../../shared/vocabulary.ts";
import type { StoredWebhook } from "../../../worker/db/webhooks.ts";
import { openMailer } from "../../../worker/mail/open.ts";
import { formOf } from "../../../worker/webhooks/forms.ts";
import { aResponse, NOON } from "../support/collector.ts";
import { aTellingCollector } from "../support/hooks.ts";
import { readers, withoutLookAlikes } from "../support/message-readers.ts";
import type { ForPeople } from "../support/messages.ts";
import { aMessage, formatsForPeople, places, told } from "../support/messages.ts";

const collector = aTellingCollector();
const { world } = collector;

/** What each service answers to a message that it takes, as recorded. */
const accepts: Record<ForPeople, () => Response> = {
  slack: () => new Response("ok"),
  teams: () => new Response("", { status: 202 }),
  discord: () => Response.json({ id: "1334", type: 0, content: "…", channel_id: "1", webhook_id: "123" }),
  telegram: () => Response.json({ ok: true, result: { message_id: 8, chat: { id: -100, type: "group" }, date: 1 } }),
  google_chat: () => Response.json({ name: "spaces/AAAA/messages/x.y", sender: { type: "BOT" } }),
  bitrix24: () => Response.json({ result: { task: { id: "110" } }, time: { duration: 0.3 } }),
  email: () => Response.json({ id: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794" }),
};

beforeEach(collector.forget);

type Settings = Partial<SurveySettingsInput>;

async function written(
  format: ForPeople,
  body: WebhookMessage,
  webhook: Partial<StoredWebhook> = {},
  settings: Settings = {},
) {
  const message = aMessage(body, { format, ...webhook }, settings);
  const { url, body: text } = await formOf(format, message.webhook.chat).write(message, NOON);
  return { url, body: JSON.parse(text) };
}

/** The message as its reader sees it. */
async function seen(format: ForPeople, body: WebhookMessage, settings: Settings = {}) {
  return readers[format]((await written(format, body, {}, settings)).body as never);
}

describe("a hostile comment is text, and can be read", () => {
  const cases: [name: string, comment: string, read?: string][] = [
    ["mentions of all", "<!channel> <!here> @everyone @here <users/all> [user=all]all[/user]"],
    ["mentions of one", "<@U123> <@123> <@&55> <#C1> <users/1> [USER=1]boss[/USER] @boss <at>Boss</at>"],
    ["Markdown", "*bold* _it_ ~~no~~ `x` ```js\ny\n``` # Head\n> quote\n- list\n1. one\n||spoiler|| [a](b)"],
    ["links", "https://evil.example/?a=1&b=2 www.evil.example <https://e.example|Shop> [bank](https://e.example)"],
    ["HTML", `<script>alert(1)</script><img src=x onerror=alert(1)><b>&lt;b&gt;</b> &amp; &#60;i&#62; "q" 'q'`],
    ["BBCode", "[URL=https://evil.example]click[/URL][IMG]https://e.example/x.png[/IMG][B]b[/B] [[x]]"],
    ["commands and tags", "/start@bot /kick #sale $USD +380 44 123 45 67 a@evil.example ^b :smile: <t:1:R>"],
    ["escapes", "\\*a\\* \\\\<!channel> &lt;!channel&gt; \\u003c!here\\u003e %3Cb%3E {survey} {n}"],
    ["bidi controls", "\u202egpj.exe\u202c \u2066a\u2069 \u200fb\u061c", "gpj.exe a b"],
    [
      "zero-width characters",
      "<\u200b!chan\u2060nel> @\u200deveryone \ufeffa\u00adb \u{e0041}c",
      "<!channel> @everyone ab c",
    ],
    ["an emoji and a script that joins", "👩‍👧 1️⃣ ❤️ می‌خواهم"],
    ["ANSI and controls", "\u001b[31mred\u001b[0m \u0007\u0000\u009b2J", "�[31mred�[0m ���2J"],
    ["marks that pile up", `a${"\u0301".repeat(60)}b`, `a${"\u0301".repeat(5)}b`],
    ["empty lines", `first${"\n \n".repeat(40)}last\u2028end`, "first\n\nlast\nend"],
    ["half of an emoji", "a\ud83d b", "a� b"],
    ["JSON", `"}], "parse_mode": "HTML", "text": "x`],
  ];

  it.each(
    formatsForPeople.flatMap((format) =>
      cases.map((each): [ForPeople, ...(typeof cases)[number]] => [format, ...each]),
    ),
  )("%s: %s", async (format, _, comment, read = comment) => {
    const { text, active } = await seen(format, told.response({ comment }));
    expect(active).toEqual([]);
    expect(withoutLookAlikes(text)).toContain(withoutLookAlikes(read));
  });

  it.each(formatsForPeople)("%s: also as a person, a page, a segment and the survey's name", async (format) => {
    const hostile = "<!channel> *x* [b]@everyone[/b] https://evil.example";
    const page = "https://shop.example/[url=https://evil.example]";
    const properties = JSON.stringify({ plan: hostile, "a [b] <c>": "x" });
    const settings = { segments: ["plan", "a [b] <c>"], name: "<!here> Shop & Co" };
    const { text, active } = await seen(format, told.response({ respondent_id: hostile, page, properties }), settings);
    expect(active).toEqual([]);
    const read = withoutLookAlikes(text);
    for (const words of ["<!here> Shop & Co", `${hostile} (unverified)`, page, "a [b] <c>"])
      expect(read).toContain(words);
  });

  it("the readers of this test find what no form makes harmless", () => {
    const comment = "<!channel> [b]x[/b] *x* https://evil.example @boss";
    const bare: Record<ForPeople, object> = {
      slack: { text: comment, blocks: [] },
      teams: {
        type: "message",
        attachments: [
          {
            contentType: "application/vnd.microsoft.card.adaptive",
            content: { type: "AdaptiveCard", body: [{ type: "TextBlock", text: comment }] },
          },
        ],
      },
      discord: { content: comment, embeds: [], allowed_mentions: { parse: [] } },
      telegram: { text: comment, entities: [] },
      google_chat: {
        cardsV2: [{ card: { header: { title: "" }, sections: [{ widgets: [{ textParagraph: { text: comment } }] }] } }],
      },
      bitrix24: { fields: { COMMENT: comment } },
      email: { subject: "", text: comment, html: `<body><p>${comment}</p></body>` },
    };
    for (const format of formatsForPeople)
      expect(readers[format](bare[format] as never).active, format).not.toEqual([]);
  });
});

describe("what is long", () => {
  const names = Array.from({ length: limits.segments }, (_, n) => `${"𝕊".repeat(30)}${n}`);
  const longest = told.response({
    ...{ csat: 1, respondent_id: "𝕡".repeat(200), page: `https://shop.example/${"p".repeat(400)}` },
    comment: "😀*".repeat(limits.commentCharacters),
    properties: JSON.stringify(Object.fromEntries(names.map((name) => [name, "*".repeat(200)]))),
  });

  it("a mail has room for the whole comment", async () => {
    const { text } = await seen("email", longest, { name: "𝕊".repeat(limits.nameCharacters), segments: names });
    expect(text).toContain("😀*".repeat(limits.commentCharacters));
  });

  it.each(formatsForPeople.filter((format) => format !== "email"))(
    "%s: a comment is cut between characters where it has no room, and it is said by how many",
    async (format) => {
      const { text } = await seen(format, longest, { name: "𝕊".repeat(limits.nameCharacters), segments: names });
      expect(text.isWellFormed()).toBe(true);
      const [comment = ""] = /(😀\*)+😀?(?=\n… and)/u.exec(text) ?? [];
      const cut = Number(/… and ([\d,]+) more characters/.exec(text)?.[1]?.replace(",", ""));
      expect([...comment].length + cut).toBe(2 * limits.commentCharacters);
      expect([...comment].length).toBeGreaterThan(200);
    },
  );

  it.each(formatsForPeople)(
    "%s: an ordinary comment as long as one may be is told whole, or nearly",
    async (format) => {
      const comment = "слово ".repeat(limits.commentCharacters / 6).trim();
      const { text } = await seen(format, told.response({ comment }));
      expect(text).toContain(comment);
    },
  );

  it("many lines stay one card of Teams", async () => {
    const comment = Array.from({ length: 900 }, (_, n) => n).join("\n");
    expect((await seen("teams", told.response({ comment }))).text).toContain("28\n29 ↵ 30 ↵ 31");
  });
});

describe("what each service gets beside the text", () => {
  it.each(formatsForPeople)("%s: the link to the very comment", async (format) => {
    const { body } = await written(format, told.response({ comment: "Late" }));
    expect(JSON.stringify(body)).toContain("https://vidhuk.example/dashboard/#/s/srv_shop/comments/01936a2b");
  });

  it("Discord is asked to answer when the message is posted, in the thread that the address names", async () => {
    const { url } = await written("discord", told.response(), { url: `${places.discord.url}?thread_id=5` });
    expect(url).toBe(`${places.discord.url}?thread_id=5&wait=true`);
  });

  it("Telegram the chat, and no preview of a page", async () => {
    const { body } = await written("telegram", told.response());
    expect(body).toMatchObject({ chat_id: "-1001234567890", link_preview_options: { is_disabled: true } });
  });

  it.each([
    [
      "deals",
      "crm.deal.add",
      {
        TITLE: "New comment: Shop",
        COMMENTS: expect.stringContaining("NPS"),
        ORIGINATOR_ID: "vidhuk",
        ORIGIN_ID: "msg_1",
      },
    ],
    [
      "tasks",
      "tasks.task.add",
      { TITLE: "New comment: Shop", DESCRIPTION: expect.stringContaining("NPS"), RESPONSIBLE_ID: 7 },
    ],
    ["tasks:15", "tasks.task.add", { RESPONSIBLE_ID: 15 }],
    [
      "deal:123",
      "crm.timeline.comment.add",
      { ENTITY_TYPE: "deal", ENTITY_ID: 123, COMMENT: expect.stringContaining("NPS") },
    ],
    ["dynamic_1046:9", "crm.timeline.comment.add", { ENTITY_TYPE: "dynamic_1046", ENTITY_ID: 9 }],
  ])(
    "Bitrix24 with %s is called by %s, whatever example of a method stands at the address's end",
    async (chat, method, fields) => {
      for (const end of ["", "profile.json"]) {
        const place = `${places.bitrix24.url}${end}`;
        const { url, body } = await written("bitrix24", told.response(), { chat, url: place });
        expect([url, body]).toEqual([`${places.bitrix24.url}${method}`, { fields: expect.objectContaining(fields) }]);
      }
    },
  );
});

describe("what the service answered", () => {
  const json = (body: object, status = 200) => Response.json(body, { status });
  const { fetch } = world;
  const clock = () => NOON;
  const mailer = openMailer({ MAILER: "resend:KEY", MAIL_FROM: "feedback@shop.example" }, { fetch, clock });
  const sending = { fetch, clock, loopback: false, timeoutMs: 1000, mailer };

  async function attempt(format: ForPeople, answer: Response) {
    world.answers.push(answer);
    const message = aMessage(told.response(), { format });
    const form = formOf(format, message.webhook.chat);
    return form.send(await form.write(message, NOON), sending, 100);
  }

  it.each(formatsForPeople)("%s: a message that it takes is delivered", async (format) => {
    const whole = await accepts[format]().text();
    // Of a mail it is what its sender calls it.
    const answer = format === "email" ? JSON.parse(whole).id : whole.slice(0, 100);
    expect(await attempt(format, accepts[format]())).toMatchObject({ failure: null, detail: "", answer });
  });

  it.each<[ForPeople, string, Response, object, said: string]>([
    [
      "slack",
      "a wrong body",
      new Response("invalid_payload", { status: 400 }),
      { failure: "status" },
      "invalid_payload",
    ],
    [
      "slack",
      "a webhook that was removed",
      new Response("no_service", { status: 404 }),
      { failure: "status" },
      "no_service",
    ],
    [
      "slack",
      "an archived channel",
      new Response("channel_is_archived", { status: 410 }),
      { failure: "gone" },
      "410 Gone",
    ],
    ["slack", "a page of another server", new Response("<html>Sign in"), { failure: "refused" }, "Sign in"],
    [
      "teams",
      "a workflow that is off",
      json({ error: { code: "WorkflowTriggerIsNotEnabled", message: "The workflow is off." } }, 400),
      { failure: "status" },
      "The workflow is off.",
    ],
    [
      "teams",
      "an error in an answer of 200",
      new Response("Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413"),
      { failure: "refused" },
      "HTTP error 413",
    ],
    [
      "discord",
      "a webhook that was removed",
      json({ message: "Unknown Webhook", code: 10015 }, 404),
      { failure: "status" },
      "Unknown Webhook",
    ],
    ["discord", "an answer without a message", json({}), { failure: "refused" }, ""],
    [
      "telegram",
      "a chat that the bot is not in",
      json({ ok: false, error_code: 400, description: "Bad Request: chat not found" }, 400),
      { failure: "status" },
      "chat not found",
    ],
    [
      "telegram",
      "a refusal with 200",
      json({ ok: false, description: "Not allowed" }),
      { failure: "refused" },
      "Not allowed",
    ],
    [
      "telegram",
      "a group that got another number",
      json({ ok: false, description: "upgraded to a supergroup", parameters: { migrate_to_chat_id: -10012 } }, 400),
      { failure: "status" },
      "The chat's number is -10012 now.",
    ],
    [
      "google_chat",
      "a space that is gone",
      json({ error: { code: 404, message: "Space not found.", status: "NOT_FOUND" } }, 404),
      { failure: "status" },
      "Space not found.",
    ],
    ["google_chat", "a page of another server", new Response("<html>"), { failure: "refused" }, ""],
    [
      "bitrix24",
      "an error with 200",
      json({ error: "ERROR_CORE", error_description: "Access denied." }),
      { failure: "refused" },
      "Access denied.",
    ],
    [
      "bitrix24",
      "a webhook that was removed",
      json({ error: "INVALID_CREDENTIALS" }, 401),
      { failure: "status" },
      "INVALID_CREDENTIALS",
    ],
    ["bitrix24", "no result", json({ result: false }), { failure: "refused" }, ""],
  ])("%s: %s is a failure, with the service's own words", async (format, _, answer, outcome, said) => {
    const { status } = answer;
    const found = await attempt(format, answer);
    expect(found).toMatchObject({ ...outcome, status });
    expect(found.detail).toContain(said);
  });

  it.each<[ForPeople, Response, seconds: number]>([
    ["slack", new Response("rate_limited", { status: 429, headers: { "Retry-After": "30" } }), 30],
    ["discord", json({ message: "You are being rate limited.", retry_after: 64.57, global: false }, 429), 64.57],
    [
      "telegram",
      json({ ok: false, error_code: 429, description: "Too Many Requests", parameters: { retry_after: 35 } }, 429),
      35,
    ],
  ])("%s: the wait that it asks for is kept", async (format, answer, seconds) => {
    expect(await attempt(format, answer)).toMatchObject({
      failure: "status",
      retryAfterMs: Math.round(seconds * 1000),
    });
  });

  it("is read up to a bound, and told up to another", async () => {
    let pulled = 0;
    const pull = (controller: ReadableStreamDefaultController) => {
      pulled++;
      controller.enqueue(new TextEncoder().encode("x".repeat(65_536)));
    };
    const { failure, answer, detail } = await attempt("slack", new Response(new ReadableStream({ pull })));
    expect([failure, answer.length]).toEqual(["refused", 100]);
    expect(detail.length).toBeLessThan(500);
    expect(pulled).toBeLessThan(5);
  });
});

describe("a webhook", () => {
  async function aHook(format: ForPeople, settings: object = {}) {
    const survey = await collector.makeSurvey({ questions: ["nps"] });
    const { id } = await collector.hook(survey, { format, ...places[format], ...settings });
    return { survey, path: collector.hookPath(survey, `/${id}`), deliveries: () => collector.deliveries(survey, id) };
  }

  it("is told in its form, tells what came back of a test, and tries again when the service says", async () => {
    const { survey, path, deliveries } = await aHook("telegram", { language: "uk" });
    const busy = { ok: false, description: "Too Many Requests: retry after 35", parameters: { retry_after: 35 } };
    world.answers.push(Response.json(busy, { status: 429 }), Response.json(busy), accepts.telegram());
    const response = aResponse(survey, { nps: 2 });
    await collector.post(response);
    const waits = { state: "waiting", status: 429, next_attempt_at: new Date(NOON + 35_000).toISOString() };
    expect(await deliveries()).toMatchObject([waits]);
    expect(await collector.ask<WebhookTest>("POST", `${path}/test`)).toMatchObject({
      body: { delivered: false, failure: "refused", status: 200, answer: JSON.stringify(busy) },
    });
    collector.clock.now += 35_000;
    await collector.cron();
    expect(await deliveries()).toMatchObject([{ state: "delivered", failure: null }]);
    const [first, test, again] = world.take();
    expect(first.text).toContain("NPS: 2 з 10, критик");
    expect(test.text).toContain("Це проба. Ніхто не відповідав.");
    expect(again).toEqual(first);
    expect(first.entities.at(-1).url).toBe(`http://localhost/dashboard/#/s/${survey}/comments/${response.id}`);
  });

  it("of before has no link until it is saved", async () => {
    const { survey, path } = await aHook("slack");
    await env.DB.exec("UPDATE webhooks SET dashboard = ''");
    await collector.post(aResponse(survey));
    expect(JSON.stringify(world.take())).not.toContain("/dashboard/#");
    await collector.ask("PATCH", path, { language: "en" });
    await collector.post(aResponse(survey));
    expect(JSON.stringify(world.take())).toContain("/dashboard/#");
  });

  it.each<[WebhookFormat, object, pointer: string, words: string]>([
    ["slack", { url: "https://hooks.slack.com/triggers/T0/1/x" }, "/url", "make an incoming webhook"],
    ["slack", { chat: "#general" }, "/chat", "is not used"],
    ["teams", { url: "https://shop.webhook.office.com/webhookb2/x" }, "/url", "make a workflow"],
    ["discord", { url: "https://discord.com/channels/1/2" }, "/url", "/api/webhooks/"],
    ["discord", { url: `${places.discord.url}/slack` }, "/url", "/api/webhooks/"],
    ["telegram", { url: "https://api.telegram.org/bot123:token/" }, "/url", "/sendMessage"],
    ["telegram", { url: "https://api.telegram.org/botTOKEN/sendMessage" }, "/url", "the bot's token"],
    ["telegram", { chat: null }, "/chat", "the chat's number"],
    ["telegram", { chat: "my group" }, "/chat", "the chat's number"],
    ["google_chat", { url: "https://chat.googleapis.com/v1/spaces/AAAA/messages" }, "/url", "key="],
    ["bitrix24", { url: "https://shop.bitrix24.eu/crm/deal/" }, "/url", "inbound webhook"],
    ["bitrix24", { chat: null }, "/chat", "tasks:15"],
    ["bitrix24", { chat: "deal:1:2" }, "/chat", "deal:123"],
  ])("in the form %s with %j is refused at %s", async (format, wrong, pointer, words) => {
    const survey = await collector.makeSurvey();
    const body = { events: ["response.created"], format, ...places[format as ForPeople], ...wrong };
    const { status, text } = await collector.ask("POST", collector.hookPath(survey), body);
    expect([status, text]).toEqual([422, expect.stringContaining(`"pointer":"${pointer}"`)]);
    expect(text).toContain(words);
  });
});
