/** The official client for Node, unchanged, pointed at a collector by its own options: each of its methods. */
import { request } from "node:http";
import { createRequire } from "node:module";
import { expect, it, vi } from "vitest";
import type { NewApiKey } from "../../shared/schema/key.ts";
import type { Survey } from "../../shared/schema/survey.ts";
import { ask, sharedCollector } from "../support/shared-collector.ts";

type Reply = Record<string, unknown>;
type List = { autoPagingEach(each: (item: Reply) => unknown, options?: object): PromiseLike<void> };
type Saved = Reply & { save(): PromiseLike<Reply> };
type Membership = {
  list(): List;
  create(fields: object): PromiseLike<Reply>;
  delete(fields: object): PromiseLike<Reply>;
};
type Client = {
  metrics: { retrieve(query?: object): PromiseLike<Reply> };
  person: {
    create(fields: object): PromiseLike<Saved>;
    list(query?: object): List;
    retrieve(id: string): PromiseLike<Reply>;
    delete(id: object): PromiseLike<Reply>;
  };
  surveyRequest: { deletePending(person: object): PromiseLike<Reply> };
  surveyResponse: {
    all(query?: object): PromiseLike<Reply[]>;
    create(fields: object): PromiseLike<Saved>;
    retrieve(id: string, query?: object): PromiseLike<Saved>;
  };
  unsubscribe: { all(query?: object): PromiseLike<Reply[]>; create(fields: object): PromiseLike<Reply> };
  bounce: { all(query?: object): PromiseLike<Reply[]> };
  autopilotConfiguration: { retrieve(platform: string): PromiseLike<Reply> };
  autopilotMembership: { forEmail(): Membership; forSms(): Membership };
};

async function aClient(named: boolean): Promise<{ client: Client; survey: string; key: string }> {
  const { id: survey } = await ask<Survey>("/v1/surveys", "POST", { name: "Shop" });
  const bound = named ? {} : { survey };
  const { key } = await ask<NewApiKey>("/v1/keys", "POST", { name: "old", scope: "admin", ...bound });
  // It says that its service has ended.
  const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
  const delighted = createRequire(import.meta.url)("delighted") as (key: string, options: object) => Client;
  warned.mockRestore();
  const { hostname: host, port } = new URL(sharedCollector().url);
  const base = named ? `/delighted/${survey}/v1` : "/delighted/v1";
  return { client: delighted(key, { host, port, base, scheme: "http" }), survey, key };
}

async function all(list: List): Promise<Reply[]> {
  const found: Reply[] = [];
  await list.autoPagingEach((item) => found.push(item), { auto_handle_rate_limits: false });
  return found;
}

const failure = (promise: PromiseLike<unknown>): Promise<{ type: string; message: string }> =>
  Promise.resolve(promise).then(
    () => Promise.reject(new Error("it was not refused")),
    (error) => error,
  );

it.each([
  ["a key that is bound to the survey", false],
  ["the survey named in the base", true],
])("works with %s", async (_, named) => {
  const { client, survey } = await aClient(named);
  const person = await client.person.create({
    email: "jony@shop.example",
    name: "Jony",
    properties: { plan: "basic" },
  });
  expect(person).toMatchObject({ id: "jony@shop.example", name: "Jony", survey_scheduled_at: null });
  expect((await fetch(person.survey_url as string)).status).toBe(200);
  await client.person.create({ email: "bo@shop.example" });
  await client.person.create({ email: "o,n;e@shop.example" });
  expect((await all(client.person.list({ per_page: 1 }))).map(({ id }) => id)).toEqual([
    "jony@shop.example",
    "bo@shop.example",
    "o,n;e@shop.example",
  ]);
  expect(await client.person.retrieve("bo@shop.example")).toMatchObject({ email: "bo@shop.example" });
  expect((await failure(person.save())).message).toContain("405");

  const made = await client.surveyResponse.create({
    person: person.id,
    score: 9,
    comment: "fine",
    created_at: Math.floor(Date.now() / 1000) - 86_400,
  });
  expect(made).toMatchObject({ person: "jony@shop.example", score: 9, survey_type: "nps" });
  made.score = 10;
  made.tags = ["seen"];
  expect(await made.save()).toMatchObject({ id: made.id, score: 10, tags: ["seen"] });
  const one = await client.surveyResponse.retrieve(made.id as string, { "expand[]": "person" });
  expect(one.person).toMatchObject({ id: "jony@shop.example", name: "Jony" });
  one.comment = "very fine";
  expect(await one.save()).toMatchObject({ comment: "very fine", person: "jony@shop.example" });
  const since = new Date(Date.now() - 172_800_000);
  for (const query of [{}, { page: 1, per_page: 100 }, { since, order: "desc" }, { updated_since: since }])
    expect(await client.surveyResponse.all(query)).toMatchObject([{ id: made.id, score: 10 }]);
  expect(await client.surveyResponse.all({ page: 2 })).toEqual([]);
  expect(await client.metrics.retrieve({ since })).toMatchObject({ nps: 100, promoter_count: 1, response_count: 1 });
  expect(await client.metrics.retrieve()).toMatchObject({ nps: 100 });

  expect(await client.surveyRequest.deletePending({ person_email: "bo@shop.example" })).toEqual({ ok: true });
  expect(await client.unsubscribe.create({ person_email: "bo@shop.example" })).toMatchObject({ ok: true });
  expect(await client.unsubscribe.all({ page: 1 })).toMatchObject([{ email: "bo@shop.example" }]);
  expect(await client.bounce.all({ page: 2 })).toEqual([]);
  expect(await client.autopilotConfiguration.retrieve("email")).toMatchObject({ platform_id: "email", active: false });
  for (const membership of [client.autopilotMembership.forEmail(), client.autopilotMembership.forSms()]) {
    expect(await all(membership.list())).toEqual([]);
    expect(await failure(membership.create({ person_email: "a@b.c" }))).toMatchObject({
      type: "ResourceValidationError",
    });
    expect((await failure(membership.delete({ person_email: "a@b.c" }))).message).toContain("not active");
  }
  for (const id of [{ email: "jony@shop.example" }, { id: "bo@shop.example" }])
    expect(await client.person.delete(id)).toEqual({ ok: true });
  expect((await all(client.person.list())).map(({ id }) => id)).toEqual(["o,n;e@shop.example"]);
  const native = await ask<{ items: Reply[] }>(`/v1/surveys/${survey}/responses`);
  expect(native.items).toMatchObject([{ nps: 10, comment: null, respondent: null }]);
});

it("tells the client what it understands: a wrong key, and a body that it cannot store", async () => {
  const { client } = await aClient(false);
  const wrong = client.surveyResponse.create({ score: 9 });
  expect(await failure(wrong)).toMatchObject({
    type: "ResourceValidationError",
    message: expect.stringContaining("person"),
  });
  const { hostname: host, port } = new URL(sharedCollector().url);
  const delighted = createRequire(import.meta.url)("delighted") as (key: string, options: object) => Client;
  const stranger = delighted("vhk_wrong", { host, port, base: "/delighted/v1", scheme: "http" });
  expect(await failure(stranger.metrics.retrieve())).toMatchObject({ type: "AuthenticationError" });
});

it("takes a GET with a body, as the client for Python sends it, and the key without a colon", async () => {
  const { key } = await aClient(false);
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${sharedCollector().url}/delighted/v1/survey_responses.json?page=1&expand[]=person`, {
      headers: { Authorization: `Basic ${btoa(key)}`, Accept: "application/json", "Content-Length": 2 },
    });
    sent.on("response", (reply) => resolve(reply.resume().statusCode)).on("error", reject);
    sent.end("{}");
  });
  expect(status).toBe(200);
});
