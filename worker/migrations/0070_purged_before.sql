-- The instant (ms) before which retention has deleted responses whose counters stay: an import of that time would count them
-- twice. A survey that has retention now may have been purged up to it; one that had it once is not known.
ALTER TABLE surveys ADD COLUMN purged_before INTEGER NOT NULL DEFAULT 0;

UPDATE surveys SET purged_before = (unixepoch() - 86400 * (settings ->> 'retention_days')) * 1000
WHERE settings ->> 'retention_days' IS NOT NULL;
