import { Hono } from "hono";
import { isRecord } from "../../shared/is-record.ts";
import { pagingSchema } from "../../shared/schema/paging.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { surveyPatchSchema, surveySettingsSchema } from "../../shared/schema/survey.ts";
import { randomText } from "../crypto/random-text.ts";
import { deleteSurvey, insertSurvey, listSurveys, publicSurvey, updateSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { inBackground } from "../http/background.ts";
import { checked, readBody } from "../http/body.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { fillSurvey } from "../jobs/backfill.ts";
import { Problem } from "../problem.ts";
import { today } from "../surveys/booking-day.ts";
import { surveyOf, surveyOfPath } from "../surveys/find-survey.ts";
import { settingsChange } from "../surveys/settings-change.ts";

/** Most surveys are small: what they declare later is filled in before anybody looks. The cron does the rest. */
const FIRST_STEPS = 2;

/** /v1/surveys: what is asked, of whom, in which look. */
export const surveys = new Hono<App>()
  .get("/", needs("metrics"), async (c) => {
    const { limit, cursor } = readQuery(c, pagingSchema);
    const found = await listSurveys(c.var.store, openCursor(cursor), c.var.principal.survey, limit + 1);
    return c.json(pageOf(found, limit, (survey) => survey.id, publicSurvey));
  })
  .post("/", needs("admin"), async (c) => {
    if (c.var.principal.survey !== null) throw new Problem("forbidden");
    const settings = checkDates(await readBody(c.req.raw, surveySettingsSchema));
    const id = `srv_${randomText(16, "0123456789abcdefghijkmnpqrstuvwxyz")}`;
    await insertSurvey(recorded(c, { survey: id }), id, settings, c.var.now);
    return c.json(publicSurvey(await surveyOf(c.var.store, id)), 201);
  })
  .get("/:survey", needs("metrics"), async (c) => c.json(publicSurvey(await surveyOfPath(c))))
  .patch("/:survey", needs("admin"), async (c) => {
    const changes = await readBody(c.req.raw, surveyPatchSchema);
    const survey = await surveyOfPath(c);
    const settings = checkDates(checked(merged(survey.settings, changes), surveySettingsSchema));
    const act = recorded(c, { detail: Object.keys(changes).sort() });
    if (!(await updateSurvey(act, survey, settingsChange(survey, settings, c.var.now)))) throw new Problem("conflict");
    const { store, now } = c.var;
    await inBackground(c, fillSurvey(store, survey.id, now, FIRST_STEPS));
    return c.json(publicSurvey(await surveyOf(c.var.store, survey.id)));
  })
  .delete("/:survey", needs("admin"), async (c) => {
    const survey = await surveyOfPath(c);
    const at = { now: c.var.now, day: today(survey, c.var.now) };
    if (!(await deleteSurvey(recorded(c), survey.id, at))) throw new Problem("unknown_survey");
    return c.body(null, 204);
  });

/** Groups of settings (theme, throttle …) are merged one level deep; texts, lists and triggers are replaced whole. */
function merged(settings: SurveySettings, changes: Record<string, unknown>): Record<string, unknown> {
  const groups = new Set(["targeting", "throttle", "theme", "thanks", "targets"]);
  const next: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(changes))
    next[name] = groups.has(name) && isRecord(value) ? { ...(next[name] as object), ...value } : value;
  return next;
}

function checkDates(settings: SurveySettings): SurveySettings {
  const { starts_at, ends_at } = settings;
  if (starts_at && ends_at && Date.parse(starts_at) >= Date.parse(ends_at))
    throw new Problem("invalid", { errors: [{ pointer: "/ends_at", detail: "must be later than starts_at" }] });
  return settings;
}
