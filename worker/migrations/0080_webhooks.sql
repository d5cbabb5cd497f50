-- Whom the collector tells of what happens in a survey, and the messages on their way. The secrets are kept as they are,
-- because a signature is made with the secret itself: [{"secret", "until"}], the newest first; `until` (ms) of a replaced one.
CREATE TABLE webhooks (
  survey_id TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  filter TEXT NOT NULL,
  format TEXT NOT NULL,
  language TEXT,
  chat TEXT,
  secrets TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  tested_at INTEGER,
  -- Since when it is off and why: by its owner, or because its receiver has answered 410. NULL: it is on.
  off_at INTEGER,
  off_why TEXT,
  -- Deleted: its messages are deleted by a job, and then this row.
  deleted_at INTEGER,
  -- The survey's day on which its scores were looked at for a fall, and of each question the day on which a fall was told.
  looked_day TEXT NOT NULL DEFAULT '',
  falls_told TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (survey_id, id)
) STRICT, WITHOUT ROWID;

-- One row for each message to one webhook. It names the response and never copies it: the body is made when it is sent.
CREATE TABLE webhook_deliveries (
  webhook_id TEXT NOT NULL,
  -- Begins with its time, and stays the same in every attempt.
  id TEXT NOT NULL,
  survey_id TEXT NOT NULL,
  type TEXT NOT NULL,
  response_id TEXT,
  -- Of an unsubscribe the person; erasure deletes the row.
  respondent_id TEXT,
  -- What no other table holds: of an unsubscribe from where, of a fall the figures. JSON.
  fact TEXT,
  created_at INTEGER NOT NULL,
  -- When it is sent next; while it is being sent, when another may try. NULL: no more.
  due_at INTEGER,
  -- 1 until the first attempt: what else the person does goes into the same message.
  open INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'waiting',
  attempts INTEGER NOT NULL DEFAULT 0,
  tried_at INTEGER,
  status INTEGER,
  failure TEXT,
  PRIMARY KEY (webhook_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at) WHERE due_at IS NOT NULL;

CREATE UNIQUE INDEX webhook_deliveries_open ON webhook_deliveries (webhook_id, response_id) WHERE open = 1;

CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (webhook_id, id) WHERE state = 'dead';

CREATE INDEX webhook_deliveries_of_person ON webhook_deliveries (respondent_id) WHERE respondent_id IS NOT NULL;

-- Whether the survey has a webhook that is on. It changes with the survey's version, which every write of a response checks:
-- so no response is stored by a Worker that does not know of a webhook, and a survey without one costs no row more.
ALTER TABLE surveys ADD COLUMN has_webhooks INTEGER NOT NULL DEFAULT 0;
