-- One person asked by mail. The id is that of the response it may become, so one invitation holds one response.
CREATE TABLE invitations (
  survey_id TEXT NOT NULL,
  id TEXT NOT NULL,
  respondent_id TEXT NOT NULL,
  language TEXT,
  properties TEXT NOT NULL DEFAULT '{}',
  -- gesture: a preselected score is saved at the person's first gesture, not only by Send.
  confirm TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  PRIMARY KEY (survey_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX invitations_by_respondent ON invitations (respondent_id, survey_id, created_at);

-- A mailing is named by the key its sender chose; its instant makes the ids of its invitations the same each time.
CREATE TABLE mailings (
  survey_id TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (survey_id, key_hash)
) STRICT, WITHOUT ROWID;

-- Who wants no more invitations; survey_id '' means from no survey of this collector.
CREATE TABLE unsubscribes (
  survey_id TEXT NOT NULL,
  respondent_id TEXT NOT NULL,
  -- link: the person, by a link in a mail. api: the owner.
  source TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (survey_id, respondent_id)
) STRICT, WITHOUT ROWID;
