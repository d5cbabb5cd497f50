/** What goes over the wire: the types of the collector's own shapes. The published package has them written out. */
export type { ProblemBody, ProblemCode } from "../shared/problem.ts";
export type { CommentItem, ResponseItem } from "../shared/schema/comment.ts";
export type { ExportQueryInput, FilterInput } from "../shared/schema/filter.ts";
export type { ImportLine, ImportReply } from "../shared/schema/import.ts";
export type { Invitation, InvitationsInput, InvitationsReply } from "../shared/schema/invitation.ts";
export type { MoreComments } from "../shared/schema/live.ts";
export type { CombinedMetricsQueryInput, MetricsQueryInput } from "../shared/schema/metrics-query.ts";
export type { Metrics } from "../shared/schema/metrics-reply.ts";
export type { Page } from "../shared/schema/paging.ts";
export type { Erased, Person } from "../shared/schema/person.ts";
export type { ResponseBody, ResponsePatchInput, ResponseReceipt } from "../shared/schema/response.ts";
export type { Status } from "../shared/schema/status.ts";
export type { Survey, SurveySettingsInput } from "../shared/schema/survey.ts";
export type { CombinedTopicsQueryInput, Topics, TopicsQueryInput } from "../shared/schema/topics.ts";
export type { Unsubscribe } from "../shared/schema/unsubscribe.ts";
