/** The open answers, newest first. */
import type { Channel } from "../../shared/schema/comment.ts";
import type { Store } from "./store.ts";

export type CommentRow = {
  id: string;
  created_at: number;
  updated_at: number;
  nps: number | null;
  csat: number | null;
  comment: string;
  comment_at: number;
  respondent_id: string | null;
  respondent_verified: number;
  properties: string;
  locale: string | null;
  channel: Channel;
  page: string | null;
  tags: string;
  status: "open" | "resolved";
  note: string | null;
  excluded: number;
  flags: string;
};

const sql = {
  listComments: `SELECT id, created_at, updated_at, nps, csat, comment, comment_at, respondent_id, respondent_verified,
      properties, locale, channel, page, tags, status, note, excluded, flags
    FROM responses
    WHERE survey_id = ?1 AND comment IS NOT NULL AND test = 0 AND (comment_at, id) < (?2, ?3)
    ORDER BY comment_at DESC, id DESC LIMIT ?4`,
};

/** At most `limit` comments first stored before (`before`, `beforeId`), newest first. */
export async function listComments(
  store: Store,
  survey: string,
  before: number,
  beforeId: string,
  limit: number,
): Promise<CommentRow[]> {
  return store.all<CommentRow>(sql.listComments, survey, before, beforeId, limit);
}
