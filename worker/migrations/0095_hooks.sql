-- Addresses at which other programs tell of their events, each of which may bring an invitation.
CREATE TABLE hooks (
  id TEXT PRIMARY KEY,
  survey_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- SHA-256 of the key, in base64url.
  key_hash TEXT NOT NULL,
  -- What is read, when and how it is sent: JSON.
  settings TEXT NOT NULL,
  -- The secrets with which senders sign, as they are, because a signature is checked with the secret itself: JSON.
  secrets TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Since when it invites nobody. NULL: it is on.
  off_at INTEGER,
  -- Deleted: its events are deleted by a job, and then this row.
  deleted_at INTEGER
) STRICT;

CREATE INDEX hooks_of_survey ON hooks (survey_id, id);

-- The events that have brought an invitation, so that none brings a second one. It names nobody: the event is a hash.
CREATE TABLE hook_events (
  hook_id TEXT NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (hook_id, event)
) STRICT, WITHOUT ROWID;

-- What each hook received last, shortened, for a day; erasure of its person deletes the row.
CREATE TABLE hook_payloads (
  hook_id TEXT PRIMARY KEY,
  survey_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  respondent_id TEXT,
  payload TEXT
) STRICT;
