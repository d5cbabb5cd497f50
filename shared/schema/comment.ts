import * as z from "zod";
import type { GroupOf, ScoreName } from "../questions.ts";
import { groupsOf, scoreNames } from "../questions.ts";
import { channels, flags, statuses } from "../vocabulary.ts";
import { shapesByScore } from "./by-score.ts";
import { propertiesSchema, storedScores } from "./response.ts";
import { instantShape } from "./text.ts";

/** The band that each score is in, as `nps_group`; there where the score is. */
function groupShapes() {
  const shapes = shapesByScore<{ [Name in ScoreName]: GroupOf<Name> | null }>((name) =>
    z.enum(groupsOf(name)).nullable(),
  );
  return Object.fromEntries(scoreNames.map((name) => [`${name}_group`, shapes[name]])) as {
    [Name in ScoreName as `${Name}_group`]: (typeof shapes)[Name];
  };
}

/** One item of `GET /v1/surveys/:id/responses`: everything that was sent, and what the team made of it. */
export const responseItemShape = z.object({
  id: z.string(),
  created_at: instantShape,
  updated_at: instantShape,
  ...storedScores,
  comment: z.string().nullable(),
  ...groupShapes(),
  respondent: z.object({ id: z.string(), verified: z.boolean() }).nullable(),
  properties: propertiesSchema,
  locale: z.string().nullable(),
  channel: z.enum(channels),
  page: z.string().nullable(),
  topics: z.array(z.string()),
  tags: z.array(z.string()),
  status: z.enum(statuses),
  note: z.string().nullable(),
  excluded: z.boolean(),
  flags: z.array(z.enum(flags)),
  /** Who takes care of it, by any name that the team gives. */
  assignee: z.string().nullable(),
  /** When a reply was first recorded or, if that was earlier, when it was resolved; null where neither is so. */
  answered_at: instantShape.nullable(),
});
export type ResponseItem = z.output<typeof responseItemShape>;

/** The reply of `GET /v1/surveys/:id/assignees`. */
export const assigneesShape = z.object({ items: z.array(z.string()) });
export type Assignees = z.output<typeof assigneesShape>;

/** One item of `GET /v1/surveys/:id/comments`. */
export const commentItemShape = responseItemShape.extend({ comment: z.string() });
export type CommentItem = z.output<typeof commentItemShape>;
