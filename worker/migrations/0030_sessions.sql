-- A browser signed in to the dashboard: it stands for a key, whose scope and bounds are looked up at each request.
CREATE TABLE sessions (
  -- Of the cookie's secret; the secret itself is with the browser alone.
  hash TEXT NOT NULL PRIMARY KEY,
  -- The key's id and hash, or 'root' and the admin token's hash: a changed secret ends the sessions made with the old.
  key_id TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A code that is good for one sign-in; taking it deletes it.
CREATE TABLE sign_in_codes (
  hash TEXT NOT NULL PRIMARY KEY,
  key_id TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
