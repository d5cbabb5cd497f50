-- Everything one respondent sent. Instants are milliseconds since 1970; scores are raw, bands are cut on reading.
CREATE TABLE responses (
  survey_id TEXT NOT NULL,
  id TEXT NOT NULL,
  -- When the person answered, and the calendar day of it in the survey's zone, fixed at the first write.
  created_at INTEGER NOT NULL,
  day TEXT NOT NULL,
  -- When the server first stored it, last changed it, and the day on which it did the latter.
  received_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_day TEXT NOT NULL,
  rev INTEGER,
  secret_hash TEXT,
  nps INTEGER,
  csat INTEGER,
  comment TEXT,
  comment_at INTEGER,
  respondent_id TEXT,
  respondent_verified INTEGER NOT NULL DEFAULT 0,
  properties TEXT NOT NULL DEFAULT '{}',
  -- {"segment": "value"} for those declared when it was written; what the counters count.
  segments TEXT NOT NULL DEFAULT '{}',
  locale TEXT,
  page TEXT,
  channel TEXT NOT NULL,
  flags TEXT NOT NULL DEFAULT '[]',
  tags TEXT NOT NULL DEFAULT '[]',
  status TEXT NOT NULL DEFAULT 'open',
  note TEXT,
  excluded INTEGER NOT NULL DEFAULT 0,
  sealed INTEGER NOT NULL DEFAULT 0,
  test INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (survey_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX responses_by_comment ON responses (survey_id, comment_at, id) WHERE comment IS NOT NULL AND test = 0;

CREATE INDEX responses_by_respondent ON responses (respondent_id, survey_id) WHERE respondent_id IS NOT NULL;

CREATE INDEX responses_of_tests ON responses (received_at) WHERE test = 1;

-- The values that a segment has been seen with; the hundred-and-first is counted under the rest.
CREATE TABLE segment_values (
  survey_id TEXT NOT NULL,
  segment TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (survey_id, segment, value)
) STRICT, WITHOUT ROWID;
