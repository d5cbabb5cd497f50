-- The archive that a survey is or was made from: {"archive": "srv_… 2026-12-01T…", "whole": 0 or 1}. While it is not whole, the
-- survey takes no answers: its counters are those of the archive.
ALTER TABLE surveys ADD COLUMN restoring TEXT;
