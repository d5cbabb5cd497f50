/** The door of the package `@vidhuk/client`. */
export type { ErrorCode } from "./error.ts";
export { VidhukError } from "./error.ts";
export type { Imported, ImportOptions } from "./import.ts";
export type { Asked, Listing } from "./lists.ts";
export type { LiveEvent } from "./live.ts";
export type * from "./queries.ts";
export { SurveyClient } from "./survey.ts";
export type { Call, Options, Query } from "./transport.ts";
export type {
  CommentItem,
  Erased,
  ImportLine,
  Invitation,
  InvitationsInput,
  InvitationsReply,
  Metrics,
  MoreComments,
  Page,
  Person,
  ProblemBody,
  ProblemCode,
  ResponseBody,
  ResponseItem,
  ResponsePatchInput,
  ResponseReceipt,
  Status,
  Survey,
  SurveySettingsInput,
  Topics,
  Unsubscribe,
} from "./types.ts";
export { newResponseId, Vidhuk } from "./vidhuk.ts";
