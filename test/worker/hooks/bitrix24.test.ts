/** Bitrix24's outgoing webhook: the item is fetched, invited once, and the link is written into it. */
import { expect, it } from "vitest";
import type { HookReply, HookTrial } from "../../../shared/schema/hook.ts";
import type { Invitation } from "../../../shared/schema/invitation.ts";
import { ADMIN } from "../support/collector.ts";
import { aHook, anOpenSurvey } from "../support/inbound.ts";
import type { Names } from "../support/receivers.ts";
import { aWorld } from "../support/receivers.ts";

const TOKEN = "51856fefc120afa4b628cc82d3935cce";
const INBOUND = "https://shop.bitrix24.example/rest/1/url-confidence/";
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

/** What Bitrix24 sends, with names as its description has them. */
const told = (fields: Record<string, string>, event = "ONCRMDEALUPDATE", token = TOKEN) =>
  new URLSearchParams({
    event,
    event_handler_id: "5",
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`data[FIELDS][${name}]`, value])),
    ts: "1723538517",
    "auth[domain]": "shop.bitrix24.example",
    "auth[client_endpoint]": "https://shop.bitrix24.example/rest/",
    "auth[server_endpoint]": "https://oauth.bitrix.info/rest/",
    "auth[member_id]": "a223c6b3710f85df22e9377d6c4f7553",
    "auth[application_token]": token,
  }).toString();

/** A Bitrix24 with one deal that is won, and with what is written into it. */
function aBitrix24(names: Names = {}) {
  const world = aWorld(names);
  const deal: Record<string, unknown> = {
    ID: "7",
    STAGE_ID: "WON",
    CONTACT_ID: "12",
    ASSIGNED_BY_ID: "3",
    UF_LINK: "",
  };
  const contact = { ID: "12", NAME: "Ann", EMAIL: [{ VALUE: "ann@shop.example", VALUE_TYPE: "WORK" }] };
  world.usual.answer = () => {
    const { url, body } = world.got.at(-1)!;
    const asked = JSON.parse(body);
    if (url.endsWith("crm.deal.get")) return Response.json({ result: deal });
    if (url.endsWith("crm.item.get"))
      return Response.json({ result: { item: { id: 24, stageId: "DT1220_1:SUCCESS", contactId: 12 } } });
    if (url.endsWith("crm.contact.get")) return Response.json({ result: contact });
    Object.assign(deal, asked.fields);
    return Response.json({ result: true });
  };
  const calls = () => world.got.splice(0).map(({ url, body }) => [url.replace(INBOUND, ""), JSON.parse(body)]);
  return { world, deal, calls };
}

async function aBitrixHook(settings: Parameters<typeof aHook>[2] = {}, names: Names = {}) {
  const bitrix = aBitrix24(names);
  const { collector, survey } = await anOpenSurvey({ fetch: bitrix.world.fetch });
  const { hook, path } = await aHook(collector, survey, {
    map: { event: "/data/FIELDS/ID", respondent: "/contact/ID", properties: { employee: "/item/ASSIGNED_BY_ID" } },
    when: { pointer: "/item/STAGE_ID", equals: "WON" },
    bitrix24: { application_token: TOKEN, inbound_url: INBOUND, link_field: "UF_LINK" },
    ...settings,
  });
  const send = (form: string) => collector.request<HookReply>("POST", path, form, FORM);
  return { ...bitrix, collector, survey, hook, send };
}

it("a deal that is won is fetched with its contact, who is invited, and its field gets the link", async () => {
  const { send, calls, deal, collector, survey } = await aBitrixHook();
  const { status, body } = await send(told({ ID: "7" }));
  expect([status, deal.UF_LINK]).toEqual([202, body.url]);
  expect(calls()).toEqual([
    ["crm.deal.get", { id: 7 }],
    ["crm.contact.get", { id: 12 }],
    ["crm.deal.update", { id: 7, fields: { UF_LINK: body.url } }],
  ]);
  const path = `/v1/surveys/${survey}/invitations/${body.invitation}`;
  expect((await collector.get<Invitation>(path)).body).toMatchObject({
    respondent: "12",
    properties: { employee: "3" },
  });
});

it("its own write, of which Bitrix24 tells too, brings no second event: nothing is invited or written again", async () => {
  const { send, calls } = await aBitrixHook();
  await send(told({ ID: "7" }));
  calls();
  expect((await send(told({ ID: "7" }))).body).toEqual({ skipped: "own_write" });
  expect(calls()).toEqual([["crm.deal.get", { id: 7 }]]);
});

it("a link that could not be written is written with the next event, and is the same", async () => {
  const { send, world, deal } = await aBitrixHook();
  const usual = world.usual.answer;
  world.usual.answer = () => (world.got.at(-1)!.url.endsWith("update") ? new Response("no", { status: 503 }) : usual());
  const first = (await send(told({ ID: "7" }))).body;
  expect(first).toMatchObject({ skipped: "not_written", url: expect.stringContaining("/r/") });
  world.usual.answer = usual;
  expect((await send(told({ ID: "7" }))).body).toMatchObject({ invitation: first.invitation, url: first.url });
  expect(deal.UF_LINK).toBe(first.url);
});

it("a deal that is not won yet is looked at once, and an event of anything else not at all", async () => {
  const { send, calls, deal } = await aBitrixHook();
  deal.STAGE_ID = "NEW";
  expect((await send(told({ ID: "7" }))).body).toEqual({ skipped: "condition" });
  expect((await send(told({ ID: "7" }, "ONTASKUPDATE"))).body).toEqual({ skipped: "condition" });
  expect((await send(told({ ID: "7/../x" }))).body).toEqual({ skipped: "condition" });
  expect(calls()).toEqual([["crm.deal.get", { id: 7 }]]);
});

it("an item of a smart process is fetched by its type", async () => {
  const { send, calls } = await aBitrixHook({
    map: { event: "/data/FIELDS/ID", respondent: "/contact/EMAIL/0/VALUE" },
    when: { pointer: "/item/stageId", equals: "DT1220_1:SUCCESS" },
    bitrix24: { application_token: TOKEN, inbound_url: INBOUND },
  });
  const { body } = await send(told({ ID: "24", ENTITY_TYPE_ID: "1220" }, "ONCRMDYNAMICITEMUPDATE"));
  expect(body.invitation).toBeDefined();
  expect(calls()).toEqual([
    ["crm.item.get", { entityTypeId: 1220, id: 24 }],
    ["crm.contact.get", { id: 12 }],
  ]);
});

it("a wrong token is refused before anything is asked", async () => {
  const { send, calls } = await aBitrixHook();
  for (const token of ["", "none", TOKEN.slice(1)])
    expect((await send(told({ ID: "7" }, "ONCRMDEALUPDATE", token))).status).toBe(404);
  expect(calls()).toEqual([]);
});

it.each([
  ["an answer that is none", () => new Response("<html>")],
  ["an error", () => Response.json({ error: "INVALID_CREDENTIALS" }, { status: 401 })],
  ["a redirect", () => new Response("", { status: 302, headers: { Location: "https://10.0.0.1/" } })],
  ["an answer without end", () => Response.json({ result: { ID: "7", COMMENTS: "x".repeat(300_000) } })],
  ["no answer", () => "broken" as const],
])("where Bitrix24 gives %s nobody is invited, and the owner sees it", async (_, answer) => {
  const { send, world, collector, survey, hook } = await aBitrixHook();
  world.usual.answer = answer;
  const reply = await send(told({ ID: "7" }));
  expect([reply.status, reply.body]).toEqual([202, { skipped: "not_fetched" }]);
  expect(world.got).toHaveLength(1);
  const shown = await collector.get(`/v1/surveys/${survey}/hooks/${hook.id}`);
  expect(shown.body).toMatchObject({ last: { outcome: "not_fetched", payload: { data: { FIELDS: { ID: "7" } } } } });
  expect(shown.text).not.toContain(TOKEN);
});

it("a name that leads into a private network is not asked", async () => {
  const { send, world } = await aBitrixHook({}, { "shop.bitrix24.example": { A: ["10.0.0.7"] } });
  expect((await send(told({ ID: "7" }))).body).toEqual({ skipped: "not_fetched" });
  expect(world.got).toEqual([]);
});

it("a trial of a pasted event fetches the item, and neither invites nor writes", async () => {
  const { collector, survey, hook, calls } = await aBitrixHook();
  const path = `/v1/surveys/${survey}/hooks/${hook.id}/try`;
  const { body } = await collector.request<HookTrial>("POST", path, { payload: told({ ID: "7" }) }, ADMIN);
  expect(body.events).toMatchObject([{ event: "7", respondent: "12", condition: true, properties: { employee: "3" } }]);
  expect(calls().map(([method]) => method)).toEqual(["crm.deal.get", "crm.contact.get"]);
});
