/** A row of the responses table as D1 gives it; each statement reads some of its columns. */
import type { ScoreName } from "../../shared/questions.ts";
import type { Channel, ResponseStatus } from "../../shared/vocabulary.ts";

/** Instants are milliseconds since 1970, days are calendar days in the survey's zone, and 0 and 1 stand for false and true. */
export type ResponseRow = Record<ScoreName, number | null> & {
  survey_id: string;
  id: string;
  created_at: number;
  day: string;
  received_at: number;
  updated_at: number;
  updated_day: string;
  rev: number | null;
  secret_hash: string | null;
  comment: string | null;
  comment_at: number | null;
  /** The comment in the form in which it is searched; null for a comment that was stored before there was a search. */
  folded: string | null;
  respondent_id: string | null;
  respondent_verified: number;
  /** JSON, as `segments`, `flags` and `tags` are. */
  properties: string;
  segments: string;
  locale: string | null;
  /** From the first send that named one; null also for a response that was stored before this column was made. */
  language: string | null;
  device: string | null;
  page: string | null;
  channel: Channel;
  flags: string;
  tags: string;
  status: ResponseStatus;
  note: string | null;
  assignee: string | null;
  /** When a reply was first recorded, and when it was resolved; what the latter says counts only while it is. */
  replied_at: number | null;
  resolved_at: number | null;
  excluded: number;
  sealed: number;
  test: number;
};
