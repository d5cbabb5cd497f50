import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import { pagingSchema } from "../../shared/schema/paging.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { newSurveySchema, surveyPatchSchema, surveySettingsSchema } from "../../shared/schema/survey.ts";
import { changedFields, mergeSettings } from "../../shared/settings-fields.ts";
import { randomText } from "../crypto/random-text.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { deleteSurvey, insertSurvey, listSurveys, mustBeWhole, updateSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { inBackground } from "../http/background.ts";
import { checked, readBody } from "../http/body.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { readVersion, surveyReply } from "../http/survey-version.ts";
import { backfillSurvey } from "../jobs/backfill.ts";
import { Problem } from "../problem.ts";
import { publicSurvey } from "../replies/survey.ts";
import { today } from "../surveys/booking-day.ts";
import { refuseConflicts } from "../surveys/conflicts.ts";
import { hasEnough } from "../surveys/enough-answers.ts";
import { surveyOf, surveyOfPath } from "../surveys/find-survey.ts";
import { settingsChange } from "../surveys/settings-change.ts";

/** Chunks of the backfill that are done at once: most surveys are small and complete after them. The cron does the rest. */
const FIRST_STEPS = 2;

/** /v1/surveys: the surveys and their settings. */
export const surveys = new Hono<App>()
  .get("/", needs("metrics"), async (c) => {
    const { limit, cursor } = readQuery(c, pagingSchema);
    const found = await listSurveys(c.var.store, openCursor(cursor), c.var.principal.survey, limit + 1);
    const stopped = new Set<string>();
    for (const survey of found) if (await hasEnough(c.var.store, survey)) stopped.add(survey.id);
    const show = (survey: StoredSurvey) => publicSurvey(survey, stopped.has(survey.id));
    return c.json(pageOf(found, limit, (survey) => survey.id, show));
  })
  .post("/", needs("admin"), async (c) => {
    if (c.var.principal.survey !== null) throw new Problem("forbidden");
    const settings = checkDates(await readBody(c.req.raw, newSurveySchema, limits.settingsBytes));
    const id = `srv_${randomText(16, "0123456789abcdefghijkmnpqrstuvwxyz")}`;
    await insertSurvey(recorded(c, { survey: id }), id, settings, c.var.now);
    return surveyReply(c, await surveyOf(c.var.store, id), 201);
  })
  .get("/:survey", needs("metrics"), async (c) => surveyReply(c, await surveyOfPath(c)))
  .patch("/:survey", needs("admin"), async (c) => {
    const changes = await readBody(c.req.raw, surveyPatchSchema, limits.settingsBytes);
    const madeOn = readVersion(c);
    const survey = await surveyOfPath(c);
    mustBeWhole(survey);
    const merged = mergeSettings(survey.settings, changes, madeOn !== null);
    const settings = checkDates(checked(merged, surveySettingsSchema));
    const fields = changedFields(survey.settings, settings);
    if (madeOn !== null) await refuseConflicts(c.var.store, survey, { madeOn, fields });
    const change = settingsChange(survey, settings, c.var.now);
    const logged = { before: survey.updatedAt, fields, at: change.now };
    const act = recorded(c, { detail: Object.keys(changes).sort(), settings: logged });
    if (!(await updateSurvey(act, survey, change))) throw new Problem("conflict");
    const { store, now } = c.var;
    await inBackground(c, backfillSurvey(store, survey.id, now, FIRST_STEPS));
    return surveyReply(c, await surveyOf(c.var.store, survey.id));
  })
  .delete("/:survey", needs("admin"), async (c) => {
    const survey = await surveyOfPath(c);
    const at = { now: c.var.now, day: today(survey, c.var.now) };
    if (!(await deleteSurvey(recorded(c), survey.id, at))) throw new Problem("unknown_survey");
    return c.body(null, 204);
  });

function checkDates(settings: SurveySettings): SurveySettings {
  const { starts_at, ends_at } = settings;
  if (starts_at && ends_at && Date.parse(starts_at) >= Date.parse(ends_at))
    throw new Problem("invalid", { errors: [{ pointer: "/ends_at", detail: "must be later than starts_at" }] });
  return settings;
}
