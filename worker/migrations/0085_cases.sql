-- What the team makes of a response: who takes care of it, when a reply was first recorded, and when it was resolved. Its person
-- was answered at the earlier of the two; the time of a resolution that was taken back does not count.
ALTER TABLE responses ADD COLUMN assignee TEXT;

ALTER TABLE responses ADD COLUMN replied_at INTEGER;

ALTER TABLE responses ADD COLUMN resolved_at INTEGER;

-- The names in use; a response that nobody takes care of is not in it.
CREATE INDEX responses_by_assignee ON responses (survey_id, assignee) WHERE assignee IS NOT NULL;

-- A Worker that does not know of the column yet sets the status alone.
CREATE TRIGGER responses_resolved AFTER UPDATE OF status ON responses
WHEN NEW.status = 'resolved' AND NEW.resolved_at IS NULL
BEGIN
  UPDATE responses SET resolved_at = NEW.updated_at WHERE survey_id = NEW.survey_id AND id = NEW.id;
END;

-- How many of the unhappy of each day were answered, by the hours in which they were: `within_48` within 48 hours and not
-- within 24. How many were unhappy is in the rollups.
CREATE TABLE cases_daily (
  survey_id TEXT NOT NULL,
  day TEXT NOT NULL,
  within_1 INTEGER NOT NULL DEFAULT 0,
  within_2 INTEGER NOT NULL DEFAULT 0,
  within_3 INTEGER NOT NULL DEFAULT 0,
  within_4 INTEGER NOT NULL DEFAULT 0,
  within_5 INTEGER NOT NULL DEFAULT 0,
  within_6 INTEGER NOT NULL DEFAULT 0,
  within_7 INTEGER NOT NULL DEFAULT 0,
  within_8 INTEGER NOT NULL DEFAULT 0,
  within_9 INTEGER NOT NULL DEFAULT 0,
  within_10 INTEGER NOT NULL DEFAULT 0,
  within_11 INTEGER NOT NULL DEFAULT 0,
  within_12 INTEGER NOT NULL DEFAULT 0,
  within_13 INTEGER NOT NULL DEFAULT 0,
  within_14 INTEGER NOT NULL DEFAULT 0,
  within_15 INTEGER NOT NULL DEFAULT 0,
  within_16 INTEGER NOT NULL DEFAULT 0,
  within_17 INTEGER NOT NULL DEFAULT 0,
  within_18 INTEGER NOT NULL DEFAULT 0,
  within_19 INTEGER NOT NULL DEFAULT 0,
  within_20 INTEGER NOT NULL DEFAULT 0,
  within_21 INTEGER NOT NULL DEFAULT 0,
  within_22 INTEGER NOT NULL DEFAULT 0,
  within_23 INTEGER NOT NULL DEFAULT 0,
  within_24 INTEGER NOT NULL DEFAULT 0,
  within_48 INTEGER NOT NULL DEFAULT 0,
  within_72 INTEGER NOT NULL DEFAULT 0,
  within_96 INTEGER NOT NULL DEFAULT 0,
  within_120 INTEGER NOT NULL DEFAULT 0,
  within_144 INTEGER NOT NULL DEFAULT 0,
  within_168 INTEGER NOT NULL DEFAULT 0,
  within_336 INTEGER NOT NULL DEFAULT 0,
  within_720 INTEGER NOT NULL DEFAULT 0,
  within_2160 INTEGER NOT NULL DEFAULT 0,
  within_8760 INTEGER NOT NULL DEFAULT 0,
  later INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (survey_id, day)
) STRICT, WITHOUT ROWID;
