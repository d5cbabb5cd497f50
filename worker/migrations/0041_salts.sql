-- Random bytes of one UTC day, with which addresses are hashed for the rate limits; a job deletes them the day after.
CREATE TABLE salts (
  day TEXT NOT NULL PRIMARY KEY,
  salt TEXT NOT NULL
) STRICT, WITHOUT ROWID;
