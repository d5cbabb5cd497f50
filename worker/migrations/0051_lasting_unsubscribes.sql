-- With it unsubscribe links are made and read. It is of no survey, so nothing that is done to a survey deletes it.
INSERT INTO signing_keys (id, survey_id, use, secret, created_at)
VALUES ('unsub000', '', 'unsubscribes', lower(hex(randomblob(32))), 0);

-- Unsubscribes of persons whom nothing else here names (they were erased, or their rows went with retention): a keyed hash
-- stands for the id. survey_id '' means from every survey.
CREATE TABLE unnamed_unsubscribes (
  respondent_hash TEXT NOT NULL,
  survey_id TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (respondent_hash, survey_id)
) STRICT, WITHOUT ROWID;
