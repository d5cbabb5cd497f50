-- A survey is its settings (validated JSON) and the bookkeeping that a write is checked against.
CREATE TABLE surveys (
  id TEXT NOT NULL PRIMARY KEY,
  settings TEXT NOT NULL,
  -- Goes up with every change; a response is stored only if its sender's view of the survey is this version.
  version INTEGER NOT NULL DEFAULT 1,
  -- No later write is booked on an earlier day than this, even when the survey moves to a zone further west.
  first_open_day TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT, WITHOUT ROWID;

-- Only the hash of a key is kept.
CREATE TABLE keys (
  id TEXT NOT NULL PRIMARY KEY,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  survey_id TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT, WITHOUT ROWID;
