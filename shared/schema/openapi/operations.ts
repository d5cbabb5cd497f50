/** Every operation of the API, in the order in which the document shows them. A test fails if a route is missing here. */

import { limits } from "../../limits.ts";
import { auditItemShape } from "../audit.ts";
import { badgeQuerySchema, badgeShape } from "../badge.ts";
import { commentItemShape, responseItemShape } from "../comment.ts";
import { eligibilitySchema, eligibilityShape } from "../eligibility.ts";
import { countedShape, eventSchema } from "../event.ts";
import { exportQuerySchema, filterSchema } from "../filter.ts";
import { importLineSchema, importQuerySchema, importShape } from "../import.ts";
import {
  emailBlockQuerySchema,
  emailBlockShape,
  invitationShape,
  invitationsReplyShape,
  invitationsSchema,
} from "../invitation.ts";
import { apiKeyShape, keyDeleteSchema, newApiKeyShape, newKeySchema } from "../key.ts";
import { liveQuerySchema } from "../live.ts";
import { combinedMetricsQuerySchema, metricsQuerySchema } from "../metrics-query.ts";
import { metricsShape } from "../metrics-reply.ts";
import { pageShapeOf, pagingSchema } from "../paging.ts";
import { erasedShape, personPageQuerySchema, personQuerySchema, personShape } from "../person.ts";
import {
  receiptShape,
  responseDeleteSchema,
  responsePatchSchema,
  responseSchema,
  testResponseShape,
} from "../response.ts";
import { sessionShape, signInCodeQuerySchema, signInCodeShape, signInSchema } from "../session.ts";
import { newSigningKeySchema, newSigningKeyShape, signingKeyShape } from "../signing-key.ts";
import { healthShape, statusShape } from "../status.ts";
import { surveySettingsSchema, surveyShape } from "../survey.ts";
import { combinedTopicsQuerySchema, topicsQuerySchema, topicsShape } from "../topics.ts";
import {
  unsubscribeQuerySchema,
  unsubscribeSchema,
  unsubscribeShape,
  unsubscribesQuerySchema,
} from "../unsubscribe.ts";
import type { Operation } from "./operation.ts";

const survey = "/v1/surveys/{survey}";
const EXAMPLE = { survey: "srv_example" };
const RESPONSE = "01a2031f-b7a0-7000-8000-000000000001";
/** Rows that the test of the document makes before it sends the examples, in their order. */
const ERASED = "01a168a1-da00-7000-8000-000000000002";
const INVITATION = "01a2031f-b7a0-7000-8000-000000000003";
const FINISHED = "srv_finished";
const KEY = "4fTz81bQx0Lm";
const SIGNING_KEY = "kQ3vX9aB";

const collecting: Operation[] = [
  {
    method: "post",
    path: "/v1/responses",
    id: "sendResponse",
    tag: "Collecting",
    summary: "Store a response or change it",
    description: `Idempotent on \`id\`, a UUIDv7 that the sender makes. 201 when it was new, 200 after. The time in \`id\` is believed from ${limits.clockBackDays} days back to ${limits.clockAheadMinutes} minutes ahead of the server's. Outside of that a page's response with a \`secret\` counts from when it came, and the reply's \`id\` may be another than the one sent, which still finds the response; any other is refused with \`clock_skew\`.`,
    scope: null,
    body: responseSchema,
    status: 201,
    reply: { description: "The stored response's id and times", schema: receiptShape },
    example: {
      body: {
        survey: EXAMPLE.survey,
        id: RESPONSE,
        nps: 3,
        csat: 2,
        comment: "The delivery was late",
        properties: { plan: "pro" },
      },
    },
  },
  {
    method: "post",
    path: "/v1/events",
    id: "countEvent",
    tag: "Collecting",
    summary: "Count a view or a dismissal",
    scope: null,
    body: eventSchema,
    reply: { description: "Whether the survey counts views, and so counted this event", schema: countedShape },
    example: { body: { survey: EXAMPLE.survey, type: "shown" } },
  },
  {
    method: "post",
    path: "/v1/eligibility",
    id: "askEligibility",
    tag: "Collecting",
    summary: "Ask whether a verified person may be asked now",
    scope: null,
    body: eligibilitySchema,
    reply: { description: "Whether the person may be asked, and why not", schema: eligibilityShape },
    example: { body: { survey: EXAMPLE.survey, id: "ann", token: "not-a-token" } },
  },
];

const reading: Operation[] = [
  {
    method: "get",
    path: `${survey}/metrics`,
    id: "readMetrics",
    tag: "Reading",
    summary: "NPS and CSAT of a range of days",
    description:
      "The figures include every response stored before the request. A request with `If-None-Match` gets 304 while they are unchanged.",
    scope: "metrics",
    query: metricsQuerySchema,
    reply: { description: "The figures of the range", schema: metricsShape },
    example: {
      path: EXAMPLE,
      query: { from: "2026-11-01", to: "2026-11-22", interval: "month", group_by: "plan", compare: "previous" },
    },
  },
  {
    method: "get",
    path: "/v1/metrics",
    id: "readCombinedMetrics",
    tag: "Reading",
    summary: "NPS and CSAT of several surveys of one time zone together",
    scope: "metrics",
    query: combinedMetricsQuerySchema,
    reply: { description: "The figures of the range", schema: metricsShape },
    example: { query: { survey: EXAMPLE.survey } },
  },
  {
    method: "get",
    path: `${survey}/topics`,
    id: "readTopics",
    tag: "Reading",
    summary: "What costs points: topics of the comments and their effect on the scores",
    description: `With \`where\` the topics are counted from the newest ${limits.topicComments} comments: the reply's \`from\` is later, and \`shortened\` true, where those do not reach back to the days asked for.`,
    scope: "metrics",
    query: topicsQuerySchema,
    reply: { description: "The topics and their effect", schema: topicsShape },
    example: { path: EXAMPLE, query: { from: "2026-11-01" } },
  },
  {
    method: "get",
    path: "/v1/topics",
    id: "readCombinedTopics",
    tag: "Reading",
    summary: "Topics of several surveys of one time zone together: those whose names all of them declare",
    scope: "metrics",
    query: combinedTopicsQuerySchema,
    reply: { description: "The topics and their effect", schema: topicsShape },
    example: { query: { survey: EXAMPLE.survey, from: "2026-11-01" } },
  },
  {
    method: "get",
    path: `${survey}/comments`,
    id: "listComments",
    tag: "Reading",
    summary: "Comments, newest first",
    description: `A search looks at ${limits.scannedRows} comments a request: ask again with \`next\` until it is null, even where \`items\` is empty. \`where\` may be given ${limits.wheres} times: each must hold.`,
    scope: "comments",
    query: filterSchema,
    reply: { description: "A page of comments", schema: pageShapeOf(commentItemShape) },
    example: { path: EXAMPLE, query: { nps_group: "detractor", q: "delivery" } },
  },
  {
    method: "get",
    path: `${survey}/responses`,
    id: "listResponses",
    tag: "Reading",
    summary: "Responses, newest first; all of them as CSV or NDJSON by `Accept`",
    description: `\`updated_since\` gives what was stored or changed since an instant, in an order of its own: go on with \`next\` until it is null. \`separator=semicolon\` makes the CSV that Excel opens in Ukrainian, Russian or German; its numbers have a decimal comma. A stream that was cut goes on with \`after\`, the id of the last whole row that came, and every other parameter as before; with \`updated_since\` also with that row's \`updated_at\` as \`after_updated_at\`. What goes on has no head line. \`limit\` (to ${limits.streamPartMost}) gives one part of a stream; the header \`Link\` with \`rel="next"\` is the address of the next part, and there is none after the last. \`Vidhuk-Columns\` is another value once the columns of the CSV have changed.`,
    scope: "comments",
    query: exportQuerySchema,
    reply: {
      description: "A page of responses as JSON, or all of them as a stream",
      schema: pageShapeOf(responseItemShape),
    },
    alsoAs: ["text/csv", "application/x-ndjson"],
    example: { path: EXAMPLE, query: { limit: "1" } },
  },
  {
    method: "get",
    path: `${survey}/responses/{response}`,
    id: "readResponse",
    tag: "Reading",
    summary: "One response",
    description:
      "404 `not_found` where the survey has none with this id, or retention has deleted it; 410 `erased` where it was erased. Test responses are not found.",
    scope: "comments",
    reply: { description: "The response", schema: responseItemShape },
    example: { path: { ...EXAMPLE, response: RESPONSE } },
  },
  {
    method: "get",
    path: `${survey}/live`,
    id: "watch",
    tag: "Reading",
    summary:
      "Server-sent events `metrics`, `comment` and `more` (a number of comments, and where to read them) within two seconds",
    description: "The stream ends by itself; ask again with `Last-Event-ID`, as EventSource does.",
    scope: "metrics",
    query: liveQuerySchema,
    reply: { description: "A stream of events", type: "text/event-stream" },
    example: { path: EXAMPLE, query: { for: "0" } },
  },
  {
    method: "get",
    path: `${survey}/badge`,
    id: "readBadge",
    tag: "Reading",
    summary: "The score for shields.io, where the owner shows it",
    scope: null,
    query: badgeQuerySchema,
    reply: { description: "A badge for shields.io", schema: badgeShape },
    example: { path: EXAMPLE, query: { score: "csat" } },
  },
];

const acting: Operation[] = [
  {
    method: "patch",
    path: `${survey}/responses/{response}`,
    id: "changeResponse",
    tag: "Acting",
    summary: "Tag, note, resolve, or take out of the figures",
    scope: "write",
    body: responsePatchSchema,
    reply: { description: "The response as it is now", schema: responseItemShape },
    example: {
      path: { ...EXAMPLE, response: RESPONSE },
      body: { tags: ["call"], status: "resolved", note: "Called back" },
    },
  },
  {
    method: "delete",
    path: `${survey}/responses/{response}`,
    id: "eraseResponse",
    tag: "Acting",
    summary: "Erase the comment and the person; with `score=drop` the score too",
    scope: "write",
    query: responseDeleteSchema,
    status: 204,
    example: { path: { ...EXAMPLE, response: ERASED }, query: { score: "drop" } },
  },
  {
    method: "get",
    path: `${survey}/test-responses`,
    id: "listTestResponses",
    tag: "Acting",
    summary: "The last twenty test responses",
    scope: "comments",
    reply: { description: "The newest test responses", schema: pageShapeOf(testResponseShape) },
    example: { path: EXAMPLE },
  },
];

const inviting: Operation[] = [
  {
    method: "post",
    path: `${survey}/invitations`,
    id: "invite",
    tag: "Inviting",
    summary: "Make links for up to a thousand people",
    description: `A call is at most ${limits.invitationsBytes / 1024 ** 2} MiB: where people have many properties, send them in several calls.`,
    scope: "write",
    body: invitationsSchema,
    reply: { description: "The links, and who was left out and why", schema: invitationsReplyShape },
    example: {
      path: EXAMPLE,
      body: { respondents: [{ id: "petro", language: "uk" }, { id: "petro" }], include: ["text"] },
    },
  },
  {
    method: "get",
    path: `${survey}/invitations/{invitation}`,
    id: "readInvitation",
    tag: "Inviting",
    summary: "One invitation",
    scope: "write",
    reply: { description: "The invitation and its link", schema: invitationShape },
    example: { path: { ...EXAMPLE, invitation: INVITATION } },
  },
  {
    method: "delete",
    path: `${survey}/invitations/{invitation}`,
    id: "revokeInvitation",
    tag: "Inviting",
    summary: "Withdraw one invitation",
    scope: "write",
    status: 204,
    example: { path: { ...EXAMPLE, invitation: INVITATION } },
  },
  {
    method: "get",
    path: `${survey}/email-block`,
    id: "readEmailBlock",
    tag: "Inviting",
    summary: "The block for an email, HTML and text",
    description:
      "Each link carries what other parameters say: `department={{branch}}`, a property that the survey declares as a segment. Any other name is refused.",
    scope: "metrics",
    query: emailBlockQuerySchema,
    reply: { description: "The block in both forms", schema: emailBlockShape },
    example: { path: EXAMPLE, query: { r: "{{id}}", language: "en", plan: "{{plan}}" } },
  },
  {
    method: "get",
    path: "/v1/unsubscribes",
    id: "listUnsubscribes",
    tag: "Inviting",
    summary: "The people who want no invitations",
    scope: "write",
    query: unsubscribesQuerySchema,
    reply: { description: "A page of people", schema: pageShapeOf(unsubscribeShape) },
    example: { query: { survey: EXAMPLE.survey } },
  },
  {
    method: "post",
    path: "/v1/unsubscribes",
    id: "addUnsubscribe",
    tag: "Inviting",
    summary: "Add a person who is to get no more invitations",
    scope: "write",
    body: unsubscribeSchema,
    status: 201,
    reply: { description: "The entry as it is stored", schema: unsubscribeShape },
    example: { body: { respondent: "ann", survey: EXAMPLE.survey } },
  },
  {
    method: "delete",
    path: "/v1/unsubscribes",
    id: "removeUnsubscribe",
    tag: "Inviting",
    summary: "Take a person off the list, so that they may be invited again",
    scope: "write",
    query: unsubscribeQuerySchema,
    status: 204,
    example: { query: { respondent: "ann", survey: EXAMPLE.survey } },
  },
];

const owning: Operation[] = [
  {
    method: "get",
    path: "/v1/surveys",
    id: "listSurveys",
    tag: "Surveys",
    summary: "Surveys that the key reaches",
    scope: "metrics",
    query: pagingSchema,
    reply: { description: "A page of surveys", schema: pageShapeOf(surveyShape) },
    example: { query: { limit: "5" } },
  },
  {
    method: "post",
    path: "/v1/surveys",
    id: "makeSurvey",
    tag: "Surveys",
    summary: "Make a survey, or a copy of one",
    description:
      "What `GET` shows of a survey can be sent as it is: `id`, `created_at`, `updated_at`, `stopped` and `filling` are ignored, and the new survey has an id of its own. Responses, invitations and keys are not copied.",
    scope: "admin",
    body: surveySettingsSchema,
    status: 201,
    reply: { description: "The survey that was made", schema: surveyShape },
    example: { body: { name: "Checkout", brand: "Shop", timezone: "Europe/Kyiv", segments: ["plan"] } },
  },
  {
    method: "get",
    path: survey,
    id: "readSurvey",
    tag: "Surveys",
    summary: "One survey",
    description:
      "`filling` is present while stored responses are still being counted under segments or topics that were declared later. The `ETag`, which is `updated_at` in quotes, is the version of the settings.",
    scope: "metrics",
    reply: { description: "The survey", schema: surveyShape },
    example: { path: EXAMPLE },
  },
  {
    method: "patch",
    path: survey,
    id: "changeSurvey",
    tag: "Surveys",
    summary: "Change settings",
    description:
      "Groups (`targeting`, `throttle`, `theme`, `thanks`, `targets`) are merged one level deep; lists and `texts` are replaced whole. What `GET` shows of a survey can be sent back as it is: what is no setting is ignored. With `If-Match` and the `ETag` that the changes were made on, what others have changed since then stays, `texts` are merged by language and text (null: the built-in wording again), and a field that others have changed to something else is refused with `conflict`: `conflicts` names it, the key that changed it last, and when.",
    scope: "admin",
    body: surveySettingsSchema.partial(),
    reply: { description: "The survey as it is now", schema: surveyShape },
    example: { path: EXAMPLE, body: { targets: { nps: 50 } } },
  },
  {
    method: "delete",
    path: survey,
    id: "deleteSurvey",
    tag: "Surveys",
    summary: "Delete a survey with all it holds",
    scope: "admin",
    status: 204,
    example: { path: { survey: FINISHED } },
  },
  {
    method: "get",
    path: "/v1/keys",
    id: "listKeys",
    tag: "Keys",
    summary: "Keys, never the secrets",
    scope: "admin",
    query: pagingSchema,
    reply: { description: "A page of keys", schema: pageShapeOf(apiKeyShape) },
    example: { query: { limit: "5" } },
  },
  {
    method: "post",
    path: "/v1/keys",
    id: "makeKey",
    tag: "Keys",
    summary: "Make a key; it is shown once",
    scope: "admin",
    body: newKeySchema,
    status: 201,
    reply: { description: "The key; this reply alone shows its secret", schema: newApiKeyShape },
    example: { body: { name: "Spreadsheet", scope: "metrics", survey: EXAMPLE.survey } },
  },
  {
    method: "delete",
    path: "/v1/keys/{key}",
    id: "revokeKey",
    tag: "Keys",
    summary: "Revoke a key at once",
    description:
      "With it go its sessions, the keys that it made and those that they made; `made=keep` leaves the keys.",
    scope: "admin",
    query: keyDeleteSchema,
    status: 204,
    example: { path: { key: KEY } },
  },
  {
    method: "get",
    path: `${survey}/signing-keys`,
    id: "listSigningKeys",
    tag: "Keys",
    summary: "Signing keys, never the secrets",
    scope: "admin",
    query: pagingSchema,
    reply: { description: "A page of signing keys", schema: pageShapeOf(signingKeyShape) },
    example: { path: EXAMPLE },
  },
  {
    method: "post",
    path: `${survey}/signing-keys`,
    id: "makeSigningKey",
    tag: "Keys",
    summary: "Make a signing key",
    scope: "admin",
    body: newSigningKeySchema,
    status: 201,
    reply: {
      description: "The signing key; of an identity key this reply alone shows the secret",
      schema: newSigningKeyShape,
    },
    example: { path: EXAMPLE, body: { use: "identity" } },
  },
  {
    method: "delete",
    path: `${survey}/signing-keys/{key}`,
    id: "revokeSigningKey",
    tag: "Keys",
    summary: "Revoke a signing key",
    scope: "admin",
    status: 204,
    example: { path: { ...EXAMPLE, key: SIGNING_KEY } },
  },
  {
    method: "get",
    path: "/v1/audit",
    id: "readAudit",
    tag: "Keys",
    summary: "Acts on people, keys and settings, and what was read of one person or exported",
    scope: "admin",
    query: pagingSchema,
    reply: { description: "A page of acts, newest first", schema: pageShapeOf(auditItemShape) },
    example: { query: { limit: "3" } },
  },
];

const people: Operation[] = [
  {
    method: "get",
    path: "/v1/respondents",
    id: "readPerson",
    tag: "Acting",
    summary: "Everything held on one person",
    scope: "admin",
    query: personPageQuerySchema,
    reply: {
      description: "A page of the person's responses, and all invitations and unsubscribes",
      schema: personShape,
    },
    example: { query: { respondent: "bohdan" } },
  },
  {
    method: "delete",
    path: "/v1/respondents",
    id: "erasePerson",
    tag: "Acting",
    summary: "Erase one person everywhere",
    scope: "admin",
    query: personQuerySchema,
    reply: { description: "How much was erased, and whether to send the call again", schema: erasedShape },
    example: { query: { respondent: "bohdan" } },
  },
  {
    method: "get",
    path: "/v1/respondents/{respondent}",
    id: "readRespondent",
    tag: "Acting",
    summary: "The same, for an id that a path can hold (`.` and `..` are none)",
    scope: "admin",
    query: pagingSchema,
    reply: {
      description: "A page of the person's responses, and all invitations and unsubscribes",
      schema: personShape,
    },
    example: { path: { respondent: "olena" } },
  },
  {
    method: "delete",
    path: "/v1/respondents/{respondent}",
    id: "eraseRespondent",
    tag: "Acting",
    summary: "The same, for an id that a path can hold (`.` and `..` are none)",
    scope: "admin",
    reply: { description: "How much was erased, and whether to send the call again", schema: erasedShape },
    example: { path: { respondent: "olena" } },
  },
  {
    method: "get",
    path: "/v1/status",
    id: "readStatus",
    tag: "Session",
    summary: "How the collector and its jobs are doing",
    description:
      "With `Accept: text/plain`, as Prometheus sends it, the same figures come in Prometheus's text format. For keys that are not bound to a survey.",
    scope: "admin",
    reply: { description: "The state of the collector", schema: statusShape },
    example: {},
  },
];

const session: Operation[] = [
  {
    method: "post",
    path: "/v1/session",
    id: "signIn",
    tag: "Session",
    summary: "Exchange a key or a code for a cookie; from our own pages only",
    scope: null,
    body: signInSchema,
    status: 201,
    reply: { description: "Who is signed in", schema: sessionShape },
    example: { body: { key: "vhk_…" } },
  },
  {
    method: "get",
    path: "/v1/session",
    id: "readSession",
    tag: "Session",
    summary: "Who is signed in",
    scope: "metrics",
    reply: { description: "Who is signed in", schema: sessionShape },
    example: {},
  },
  {
    method: "delete",
    path: "/v1/session",
    id: "signOut",
    tag: "Session",
    summary: "Sign out",
    scope: null,
    status: 204,
    example: {},
  },
  {
    method: "delete",
    path: "/v1/session/all",
    id: "signOutEverywhere",
    tag: "Session",
    summary: "Sign out everywhere",
    scope: "metrics",
    status: 204,
    example: {},
  },
  {
    method: "post",
    path: "/v1/session/codes",
    id: "makeSignInCode",
    tag: "Session",
    summary: "Make a one-time code",
    description: `Signs one browser in, once, as the key that made it: for ${limits.signInCodeMinutes} minutes, or as many days as \`expires_in_days\` says, and never for longer than the key lives.`,
    scope: "metrics",
    query: signInCodeQuerySchema,
    status: 201,
    reply: { description: "The code and until when it is good", schema: signInCodeShape },
    example: {},
  },
  {
    method: "get",
    path: "/health",
    id: "readHealth",
    tag: "Session",
    summary: "Whether the database answers, and has the schema of this version",
    description:
      "503 with `ok: false` and the names of the migrations in `missing` where the schema is older than the Worker: then it refuses the acts of keys.",
    scope: null,
    reply: { description: "The database answers; 503 where it lacks migrations", schema: healthShape },
    example: {},
  },
];

const moving: Operation[] = [
  {
    method: "post",
    path: `${survey}/import`,
    id: "importAnswers",
    tag: "Collecting",
    summary: "Store answers from before, and people who are not to be asked",
    description: `One line of NDJSON for each answer or person, or CSV with these fields as columns. At most ${limits.importLines} lines and ${limits.importBytes} bytes a request. All lines are read before the first is stored: where one is refused and \`skip_invalid\` was not said, nothing is stored and the reply, of the same shape, is 422. A line is known again by \`id\` and \`source\`, so that what is sent again is stored once. \`created_at\` may be an instant, or a local time or a day in the survey's time zone.`,
    scope: "write",
    query: importQuerySchema,
    body: importLineSchema,
    bodyTypes: ["application/x-ndjson", "text/csv"],
    reply: { description: "What was stored, what was refused, and the figures before and after", schema: importShape },
    example: {
      path: EXAMPLE,
      query: { source: "delighted", dry_run: "true" },
      body: { id: "210", created_at: "2024-03-01T09:30:00Z", nps: 9, comment: "Quick", respondent: "ann@shop.example" },
    },
  },
];

export const operations: readonly Operation[] = [
  ...collecting,
  ...reading,
  ...acting,
  ...people,
  ...inviting,
  ...owning,
  ...session,
  ...moving,
];
