/** The routing table and the order of the middleware: read this first. */
import type { Context } from "hono";
import { Hono } from "hono";
import { getPath } from "hono/utils/url";
import type { After } from "./db/store.ts";
import { storeOf } from "./db/store.ts";
import { delightedPath } from "./delighted/project.ts";
import { delightedError, delightedRefusal } from "./delighted/refusal.ts";
import type { App } from "./env.ts";
import { notFound, onError, problemOfNoRoute } from "./http/errors.ts";
import { anyOrigin, preflight, publicWrites, requestHeaders, safeHeaders } from "./http/headers.ts";
import { archive } from "./routes/archive.ts";
import { assignees } from "./routes/assignees.ts";
import { audit } from "./routes/audit.ts";
import { badge } from "./routes/badge.ts";
import { comments } from "./routes/comments.ts";
import { metrics as delightedMetrics } from "./routes/delighted/metrics.ts";
import { people as delightedPeople } from "./routes/delighted/people.ts";
import { autopilot, bounces } from "./routes/delighted/sending.ts";
import { surveyResponses as delightedResponses } from "./routes/delighted/survey-responses.ts";
import { unsubscribes as delightedUnsubscribes } from "./routes/delighted/unsubscribes.ts";
import { eligibility } from "./routes/eligibility.ts";
import { emailBlocks } from "./routes/email-block.ts";
import { events } from "./routes/events.ts";
import { health } from "./routes/health.ts";
import { hookEvents } from "./routes/hook-events.ts";
import { hooks } from "./routes/hooks.ts";
import { imports } from "./routes/import.ts";
import { invited } from "./routes/invitation-page.ts";
import { invitations } from "./routes/invitations.ts";
import { keys } from "./routes/keys.ts";
import { live } from "./routes/live.ts";
import { mailings } from "./routes/mailings.ts";
import { combinedMetrics, metrics } from "./routes/metrics.ts";
import { qr } from "./routes/qr.ts";
import { respondents } from "./routes/respondents.ts";
import { responses } from "./routes/responses.ts";
import { session } from "./routes/session.ts";
import { signingKeys } from "./routes/signing-keys.ts";
import { status } from "./routes/status.ts";
import { linked } from "./routes/survey-page.ts";
import { response } from "./routes/survey-response.ts";
import { surveyResponses } from "./routes/survey-responses.ts";
import { surveys } from "./routes/surveys.ts";
import { testResponses } from "./routes/test-responses.ts";
import { combinedTopics, topics } from "./routes/topics.ts";
import { unsubscribe } from "./routes/unsubscribe-page.ts";
import { unsubscribes } from "./routes/unsubscribes.ts";
import { webhooks } from "./routes/webhooks.ts";
import { earlierWidget, widget } from "./routes/widget-script.ts";
import { refuse } from "./survey-form/errors.ts";

type Dependencies = {
  clock?: () => number;
  fetch?: typeof globalThis.fetch;
  isLocal?: boolean;
  /** How the store waits, where not by the platform's timers. */
  after?: After;
};

/**
 * The collector. Only `clock` reads the time (ms since 1970), and only `fetch` asks other servers. `isLocal`: it runs on the
 * machine of whoever works on it.
 */
export function createApp({
  clock = Date.now,
  fetch = (...asked) => globalThis.fetch(...asked),
  isLocal = false,
  after,
}: Dependencies = {}) {
  const app = new Hono<App>({ getPath: (request) => delightedPath(getPath(request)) });

  app.use(async (c, next) => {
    c.set("clock", clock);
    c.set("now", clock());
    c.set("fetch", fetch);
    c.set("isLocal", isLocal);
    c.set("store", storeOf(c.env.DB, { clock, ...(after && { after }) }));
    c.set("requestId", crypto.randomUUID());
    await next();
  });
  app.use(safeHeaders, requestHeaders);

  // These routes are open to anybody, from any page.
  for (const path of ["/w/*", "/widget/*"]) app.use(path, anyOrigin);
  for (const path of publicWrites) app.use(path, preflight, anyOrigin);
  app.route("/w", widget);
  app.route("/widget", earlierWidget);
  app.route("/v1/responses", responses);
  app.route("/v1/events", events);
  app.route("/v1/eligibility", eligibility);
  app.route("/v1/hooks", hookEvents);
  app.route("/health", health);
  app.use("/v1/surveys/:survey/badge", anyOrigin);
  app.route("/v1/surveys/:survey/badge", badge);

  // These pages are open to anybody who has the link.
  app.route("/s/:survey", qr);
  app.route("/s", linked);
  app.route("/r", invited);
  app.route("/u", unsubscribe);

  // These routes need a key or a session.
  app.route("/v1/session", session);
  app.route("/v1/keys", keys);
  app.route("/v1/audit", audit);
  app.route("/v1/status", status);
  app.route("/v1/respondents", respondents);
  app.route("/v1/surveys", surveys);
  app.route("/v1/surveys/:survey/metrics", metrics);
  app.route("/v1/metrics", combinedMetrics);
  app.route("/v1/topics", combinedTopics);
  app.route("/v1/surveys/:survey/live", live);
  app.route("/v1/surveys/:survey/topics", topics);
  app.route("/v1/surveys/:survey/comments", comments);
  app.route("/v1/surveys/:survey/assignees", assignees);
  app.route("/v1/surveys/:survey/test-responses", testResponses);
  app.route("/v1/surveys/:survey/responses", surveyResponses);
  app.route("/v1/surveys/:survey/responses/:response", response);
  app.route("/v1/surveys/:survey/signing-keys", signingKeys);
  app.route("/v1/surveys/:survey/import", imports);
  app.route("/v1/surveys/:survey/webhooks", webhooks);
  app.route("/v1/surveys/:survey/hooks", hooks);
  app.route("/v1/surveys/:survey/archive", archive);
  app.route("/v1/surveys/:survey/invitations", invitations);
  app.route("/v1/surveys/:survey/mailings", mailings);
  app.route("/v1/surveys/:survey/email-block", emailBlocks);
  app.route("/v1/unsubscribes", unsubscribes);
  app.route("/delighted/:survey/v1", delighted());

  const noRoute = notFound(app);
  app.notFound((c) => {
    if (isPersonsAddress(c)) return refuse(c, "unknown");
    if (c.req.path.startsWith("/delighted/")) return delightedRefusal(problemOfNoRoute(app, c), c.var.requestId);
    return noRoute(c);
  });
  app.onError(onError);
  return app;
}

/** The API of Delighted, for code that was written for it; docs/delighted.md says what differs. */
function delighted(): Hono<App> {
  return new Hono<App>()
    .onError(delightedError)
    .route("/metrics", delightedMetrics)
    .route("/survey_responses", delightedResponses)
    .route("/people", delightedPeople)
    .route("/unsubscribes", delightedUnsubscribes)
    .route("/bounces", bounces)
    .route("/autopilot", autopilot);
}

const PERSONS_METHODS = ["GET", "HEAD", "POST"];

/**
 * Whether the address is that of a page for people. A browser may come with a link that lost its end, and gets a page that says
 * so.
 */
function isPersonsAddress(c: Context<App>): boolean {
  return PERSONS_METHODS.includes(c.req.method) && /^\/[sru](\/|$)/.test(c.req.path);
}
