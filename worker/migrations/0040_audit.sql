-- Who did what as an admin, and when. Never a secret, a comment or a respondent's name.
CREATE TABLE audit (
  at INTEGER NOT NULL,
  -- The id of the request, by which the log knows it too.
  request TEXT NOT NULL,
  -- The key's id, or 'root'.
  key_id TEXT NOT NULL,
  act TEXT NOT NULL,
  survey_id TEXT,
  target TEXT,
  detail TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (at, request)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_of_survey ON audit (survey_id, at, request);

-- What each job of the cron did last, for GET /v1/status.
CREATE TABLE jobs (
  name TEXT NOT NULL PRIMARY KEY,
  ran_at INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  -- Rows it dealt with in that run, and whether it left some for the next.
  done INTEGER NOT NULL,
  more INTEGER NOT NULL,
  -- Where it goes on.
  place TEXT NOT NULL DEFAULT '',
  failed TEXT
) STRICT, WITHOUT ROWID;
