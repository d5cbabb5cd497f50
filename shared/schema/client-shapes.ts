/** The shapes whose types the package for teams (client/) has written out, as JSON Schema. */
import * as z from "zod";
import { problemCodes } from "../problem.ts";
import { commentItemShape, responseItemShape } from "./comment.ts";
import { exportQuerySchema, filterSchema } from "./filter.ts";
import { importLineSchema, importShape } from "./import.ts";
import { invitationShape, invitationsReplyShape, invitationsSchema } from "./invitation.ts";
import { moreCommentsShape } from "./live.ts";
import { combinedMetricsQuerySchema, metricsQuerySchema } from "./metrics-query.ts";
import { metricsShape } from "./metrics-reply.ts";
import { erasedShape, personShape } from "./person.ts";
import { problemShape } from "./problem.ts";
import { receiptShape, responsePatchSchema, responseSchema } from "./response.ts";
import { statusShape } from "./status.ts";
import { surveySettingsSchema, surveyShape } from "./survey.ts";
import { combinedTopicsQuerySchema, topicsQuerySchema, topicsShape } from "./topics.ts";
import { unsubscribeShape } from "./unsubscribe.ts";

/** What the collector answers. */
const answered = {
  CommentItem: commentItemShape,
  Erased: erasedShape,
  ImportReply: importShape,
  Invitation: invitationShape,
  InvitationsReply: invitationsReplyShape,
  Metrics: metricsShape,
  MoreComments: moreCommentsShape,
  Person: personShape,
  ProblemBody: problemShape,
  ProblemCode: z.enum(problemCodes),
  ResponseItem: responseItemShape,
  ResponseReceipt: receiptShape,
  Status: statusShape,
  Survey: surveyShape,
  Topics: topicsShape,
  Unsubscribe: unsubscribeShape,
} satisfies Record<string, z.ZodType>;

/** What a sender writes. */
const asked = {
  CombinedMetricsQueryInput: combinedMetricsQuerySchema,
  CombinedTopicsQueryInput: combinedTopicsQuerySchema,
  ExportQueryInput: exportQuerySchema,
  FilterInput: filterSchema,
  ImportLine: importLineSchema,
  InvitationsInput: invitationsSchema,
  MetricsQueryInput: metricsQuerySchema,
  ResponseBody: responseSchema,
  ResponsePatchInput: responsePatchSchema,
  SurveySettingsInput: surveySettingsSchema,
  TopicsQueryInput: topicsQuerySchema,
} satisfies Record<string, z.ZodType>;

type ClientShape = { name: string; io: "input" | "output"; schema: unknown };

/** The JSON Schema of each type, and whether the collector answers it or a sender writes it. */
export function clientShapes(): ClientShape[] {
  const schemas = (shapes: Record<string, z.ZodType>, io: ClientShape["io"]): ClientShape[] =>
    Object.entries(shapes).map(([name, shape]) => ({
      name,
      io,
      schema: z.toJSONSchema(shape, { io, unrepresentable: "any" }),
    }));
  return [...schemas(answered, "output"), ...schemas(asked, "input")];
}
