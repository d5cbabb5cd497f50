-- The secrets with which tokens are signed. A signature can only be checked with the secret itself, so it is the secret
-- that is kept, not a hash: whoever reads this table can sign.
CREATE TABLE signing_keys (
  -- Stands in every token made with it.
  id TEXT NOT NULL PRIMARY KEY,
  survey_id TEXT NOT NULL,
  -- identity: held by the owner's server too. links: never leaves here. pages: this collector's own, for its forms.
  use TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX signing_keys_by_survey ON signing_keys (survey_id, use, created_at);

-- Made here, since the pages that need it are fetched by GET, and a GET writes nothing.
INSERT INTO signing_keys (id, survey_id, use, secret, created_at)
VALUES ('pages000', '', 'pages', lower(hex(randomblob(32))), 0);
