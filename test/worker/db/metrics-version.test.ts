import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { findVersionedSurvey } from "../../../worker/db/metrics-version.ts";
import type { Query } from "../../../worker/db/statement.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { findSurvey, recallSurvey } from "../../../worker/db/surveys.ts";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";

const collector = aCollector();
const store = storeOf(env.DB);

/** The queries asked while `act` runs. */
async function queriesOf(act: (counting: typeof store) => Promise<unknown>): Promise<Query[]> {
  const asked: Query[] = [];
  const first = <Row>(query: Query) => {
    asked.push(query);
    return store.first<Row>(query);
  };
  await act({ ...store, first });
  return asked;
}

it("reads a survey again only when its version has changed, whoever else reads it meanwhile", async () => {
  const survey = await collector.makeSurvey({ name: "before" });
  await collector.post(aResponse(survey));
  await findVersionedSurvey(store, survey);
  await findSurvey(store, survey);
  expect(await queriesOf((counting) => findVersionedSurvey(counting, survey))).toHaveLength(1);
  await collector.request("PATCH", `/v1/surveys/${survey}`, { name: "after" }, ADMIN);
  expect((await findVersionedSurvey(store, survey))?.survey.settings.name).toBe("after");
  expect(await queriesOf((counting) => findVersionedSurvey(counting, survey))).toHaveLength(1);
});

it("does not take a survey that was read before a change, and arrives late, for the one after it", async () => {
  const survey = await collector.makeSurvey({ name: "before" });
  await collector.post(aResponse(survey));
  const read = Promise.withResolvers<void>();
  const arrives = Promise.withResolvers<void>();
  const slow = {
    ...store,
    first: async <Row>(query: Query) => {
      const row = await store.first<Row>(query);
      read.resolve();
      await arrives.promise;
      return row;
    },
  };
  const late = findSurvey(slow, survey);
  await read.promise;
  await collector.request("PATCH", `/v1/surveys/${survey}`, { name: "after" }, ADMIN);
  await findVersionedSurvey(store, survey);
  arrives.resolve();
  expect((await late)?.settings.name).toBe("before");
  expect((await recallSurvey(store, survey))?.settings.name).toBe("before");
  expect((await findVersionedSurvey(store, survey))?.survey.settings.name).toBe("after");
});

it("finds no deleted survey, though it was read before", async () => {
  const survey = await collector.makeSurvey();
  await collector.post(aResponse(survey));
  await findVersionedSurvey(store, survey);
  await collector.request("DELETE", `/v1/surveys/${survey}`, undefined, ADMIN);
  expect(await findVersionedSurvey(store, survey)).toBeNull();
});
