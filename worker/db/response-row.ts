/** A row of the responses table as D1 gives it; each statement reads some of its columns. */
import type { ScoreName } from "../../shared/questions.ts";
import type { Channel, ResponseStatus } from "../../shared/vocabulary.ts";

/** Instants are milliseconds since 1970, days are calendar days of the survey's zone, what is 0 or 1 is false or true. */
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
  /** The comment as it is searched; null for one that was stored before there was a search. */
  folded: string | null;
  respondent_id: string | null;
  respondent_verified: number;
  /** JSON, as `segments`, `flags` and `tags` are. */
  properties: string;
  segments: string;
  locale: string | null;
  /** The first that was told; null too for one that was stored before there was a column for it. */
  language: string | null;
  device: string | null;
  page: string | null;
  channel: Channel;
  flags: string;
  tags: string;
  status: ResponseStatus;
  note: string | null;
  excluded: number;
  sealed: number;
  test: number;
};
