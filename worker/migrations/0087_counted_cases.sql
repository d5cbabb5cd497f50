-- The unhappy of the days before: whoever gave a score in the last band of its question. Each statement sets what the rows say
-- now, so it does not matter what was counted since the triggers were made.
INSERT INTO rollups (survey_id, segment, day, value, unhappy)
SELECT survey_id, '', day, '', count(*) FROM responses
WHERE test = 0 AND excluded = 0 AND (nps <= 6 OR csat <= 2)
GROUP BY survey_id, day
ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET unhappy = excluded.unhappy;

-- Where retention has deleted the rows, the counters tell only how many gave each score: at least so many were unhappy.
UPDATE rollups SET unhappy = max(nps_0 + nps_1 + nps_2 + nps_3 + nps_4 + nps_5 + nps_6, csat_1 + csat_2)
WHERE segment = '' AND unhappy < max(nps_0 + nps_1 + nps_2 + nps_3 + nps_4 + nps_5 + nps_6, csat_1 + csat_2);

-- What was resolved before was resolved at the latest when it was last changed. The trigger counts it.
UPDATE responses SET resolved_at = updated_at WHERE status = 'resolved' AND resolved_at IS NULL;
