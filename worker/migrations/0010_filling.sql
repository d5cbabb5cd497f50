-- A segment or a topic declared later is filled in for the past by a job. NULL: nothing to fill; else JSON of what and how
-- far (worker/db/backfill.ts). Old comments get their folded text the same way.
ALTER TABLE surveys ADD COLUMN filling TEXT;

CREATE INDEX surveys_being_filled ON surveys (id) WHERE filling IS NOT NULL;

-- The comment as it is searched: without case and accents. Same row as the comment, so it costs none.
ALTER TABLE responses ADD COLUMN folded TEXT;

UPDATE surveys SET filling = '{"segments":[],"after":"","done":0,"of":null}' WHERE deleted_at IS NULL;
