-- Segment values that an erasure takes out of the counters because hardly anybody shares them: until each response that
-- has one is counted under the rest, the value may not be counted anew. Empty but after an erasure.
CREATE TABLE folding_values (
  survey_id TEXT NOT NULL,
  segment TEXT NOT NULL,
  value TEXT NOT NULL,
  -- Responses still counted under it, and the id up to which the survey's responses were looked through for it.
  remaining INTEGER NOT NULL DEFAULT 0,
  after TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (survey_id, segment, value)
) STRICT, WITHOUT ROWID;
