/** Looks once a day at the scores of each survey with a webhook that is told when one has fallen. */
import { addDays, dayInZone } from "../../shared/time/calendar.ts";
import type { Store } from "../db/store.ts";
import { findSurvey } from "../db/surveys.ts";
import { queueDrops } from "../db/webhook-deliveries.ts";
import type { WatchingWebhook } from "../db/webhooks.ts";
import { listWatching, noteLook } from "../db/webhooks.ts";
import { today } from "../surveys/booking-day.ts";
import { dropsOf } from "../webhooks/score-drops.ts";
import type { Done } from "./run.ts";

/** Webhooks of one run, each four queries. */
const MOST = 3;

/** Goes on after the webhook `cursor`. A look and the messages that it makes are one transaction. */
export async function watchScores(store: Store, now: number, cursor: string): Promise<Done> {
  const [survey = "", id = ""] = cursor.split(" ");
  // Somewhere the next day may have begun; each survey's own day is looked at below.
  const latest = addDays(dayInZone(now, "UTC"), 1);
  const webhooks = await listWatching(store, latest, { survey, id }, MOST);
  let done = 0;
  for (const webhook of webhooks) done += await look(store, webhook, now);
  const last = webhooks.at(-1);
  const more = webhooks.length === MOST;
  return { done, more, cursor: more && last ? `${last.survey} ${last.id}` : "" };
}

/** Looks at one survey, unless its day has been looked at. Returns how many falls it told. */
async function look(store: Store, webhook: WatchingWebhook, now: number): Promise<number> {
  const survey = await findSurvey(store, webhook.survey);
  if (!survey) return 0;
  const day = today(survey, now);
  if (day <= webhook.lookedDay) return 0;
  const { drops, told } = await dropsOf(store, survey, day, webhook.told);
  await store.batch([noteLook(webhook, day, told), queueDrops(survey.id, webhook.id, drops, now)]);
  return drops.length;
}
