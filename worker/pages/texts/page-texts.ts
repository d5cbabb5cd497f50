/** What the linked pages say beyond the survey's own texts. `{score}`, `{most}`, `{date}`: filled in. */
export type PageTexts = {
  /** The heading of a survey that names no brand. */
  feedback: string;
  chosen: string;
  /** The accessible name of a score. */
  score_of: string;
  optional: string;
  answered_note: string;
  keep_comment: string;
  choose_first: string;
  /** `{over}` too many of at most `{most}` characters. */
  comment_over: string;
  /** Where the words need a tick: the score is stored already, or there is none. */
  agree_stored: string;
  agree_first: string;
  tick_note: string;
  tick: string;
  stale: string;
  change: string;
  closed_title: string;
  closed: string;
  expired_title: string;
  expired: string;
  revoked_title: string;
  revoked: string;
  unknown_title: string;
  unknown: string;
  too_large_title: string;
  too_large: string;
  busy_title: string;
  busy: string;
  broken_title: string;
  broken: string;
  unsubscribe: string;
  unsubscribe_title: string;
  unsubscribe_ask: string;
  unsubscribe_act: string;
  unsubscribed_title: string;
  unsubscribed: string;
  /** Above the links in a mail. */
  answer_here: string;
  /** The subject of a reminder by mail. */
  reminder: string;
};
