/** Each recipe of docs/hooks.md, with a payload of the shape that its sender sends. */
import { describe, expect, it } from "vitest";
import text from "../../../docs/hooks.md?raw";
import { limits } from "../../../shared/limits.ts";
import type { HookReply, NewHookInput } from "../../../shared/schema/hook.ts";
import type { Invitation } from "../../../shared/schema/invitation.ts";
import { hookSignatures, hookSkips } from "../../../shared/vocabulary.ts";
import { NOON } from "../support/collector.ts";
import { aHook, anOpenSurvey } from "../support/inbound.ts";
import { answerPage, PERSON, responsesOf } from "../support/links.ts";
import { aWorld } from "../support/receivers.ts";
import type { Recipe } from "./recipes.ts";
import { bitrix24Answers, recipes } from "./recipes.ts";

/** The first block of JSON under each heading. */
function settingsOf(heading: string): NewHookInput {
  const part = text.split(`\n### ${heading}\n`)[1]?.split("\n### ")[0] ?? "";
  const block = /```json\n([\s\S]*?)```/.exec(part)?.[1];
  if (!block) throw new Error(`no settings: ${heading}`);
  return JSON.parse(block);
}

it("are all tried here, and no other", () => {
  const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  expect(Object.keys(recipes).sort()).toEqual(headings.sort());
});

describe.each(Object.entries(recipes))("%s", (heading, recipe: Recipe) => {
  async function aSender() {
    const world = aWorld();
    world.usual.answer = () => bitrix24Answers(world.got.at(-1)!.url);
    const { collector, survey } = await anOpenSurvey({ fetch: world.fetch });
    const settings = settingsOf(heading);
    const { hook, path } = await aHook(collector, survey, settings);
    const send = async (body: string) => {
      const { query = "", type, headers } = recipe;
      const address = `${path}${query.replace("KEY", hook.key)}`;
      const own = await headers({ body, key: hook.key, secret: settings.secret ?? "", address, now: NOON });
      return collector.request<HookReply>("POST", address, body, { ...(type && { "Content-Type": type }), ...own });
    };
    return { collector, survey, send };
  }

  it("invites the person of the event, once, with what belongs to it", async () => {
    const { collector, survey, send } = await aSender();
    const reply = await send(recipe.body);
    expect(reply.status, reply.text).toBe(202);
    const path = `/v1/surveys/${survey}/invitations/${reply.body.invitation}`;
    expect((await collector.get<Invitation>(path)).body).toMatchObject(recipe.invites);
    expect((await send(recipe.body)).body.invitation).toBe(reply.body.invitation);
  });

  if (recipe.other)
    it("leaves an event alone that is not meant", async () => {
      const { send } = await aSender();
      const [from, to] = recipe.other!;
      expect(recipe.body).toContain(from);
      expect((await send(recipe.body.replace(from, to))).body.skipped).toBe("condition");
    });
});

it("the open link with merge fields names its person and the department", async () => {
  const { collector, survey } = await anOpenSurvey();
  const link = /\/s\/srv_…(\?\S+)/.exec(text)?.[1]?.replace("{client_id}", "c-12").replace("{department}", "Repairs");
  await answerPage(collector, `/s/${survey}${link}`, { nps: "9", ...PERSON });
  const [response] = await responsesOf(survey);
  expect(response).toMatchObject({ nps: 9, respondent_id: "c-12" });
});

it("to WooCommerce's first call, which tells nothing, the reply is the 200 that it wants", async () => {
  const { collector, survey } = await anOpenSurvey();
  const { hook, path } = await aHook(collector, survey, settingsOf("WooCommerce"));
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  expect((await collector.request("POST", `${path}?key=${hook.key}`, "webhook_id=14", form)).status).toBe(200);
});

it("1C's procedure has twelve lines", () => {
  expect(/```bsl\n([\s\S]*?)\n```/.exec(text)?.[1]?.split("\n")).toHaveLength(12);
});

it("the page says what holds", () => {
  const words = text.replace(/\s+/g, " ");
  for (const each of [
    `at most ${limits.hooks} to a survey`,
    `more than ${limits.hookSignatureMinutes} minutes off`,
    `At most ${limits.hookEvents} are read`,
    `kept for ${limits.hookPayloadHours} hours`,
    `${limits.invitationDaysUsual} where nothing is said`,
    ...hookSignatures.map((name) => `\`${name}\``),
    ...hookSkips.map((name) => `\`${name}\``),
  ])
    expect(words).toContain(each);
});
