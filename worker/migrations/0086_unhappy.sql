-- Made from the table of shared/questions.ts by `npm run migration:questions`.
ALTER TABLE rollups ADD COLUMN unhappy INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER IF EXISTS responses_count_insert;

CREATE TRIGGER responses_count_insert AFTER INSERT ON responses
WHEN NEW.test = 0 AND NEW.excluded = 0
BEGIN
  INSERT INTO rollups (
    survey_id, segment, day, value, nps_0, nps_1, nps_2, nps_3, nps_4, nps_5, nps_6, nps_7, nps_8, nps_9, nps_10,
    csat_1, csat_2, csat_3, csat_4, csat_5, responses, in_page, comments, unhappy, changes
  )
  SELECT
    NEW.survey_id, counted.segment, NEW.day, counted.value, NEW.nps IS 0, NEW.nps IS 1, NEW.nps IS 2, NEW.nps IS 3,
    NEW.nps IS 4, NEW.nps IS 5, NEW.nps IS 6, NEW.nps IS 7, NEW.nps IS 8, NEW.nps IS 9, NEW.nps IS 10, NEW.csat IS 1,
    NEW.csat IS 2, NEW.csat IS 3, NEW.csat IS 4, NEW.csat IS 5, 1, NEW.channel = 'page', NEW.comment IS NOT NULL,
    counted.segment = '' AND (ifnull(NEW.nps <= 6, 0) OR ifnull(NEW.csat <= 2, 0)),
    counted.segment = '' AND NEW.updated_day = NEW.day
  FROM (SELECT '' AS segment, '' AS value UNION ALL SELECT key, value FROM json_each(NEW.segments)) AS counted
  WHERE true
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET
    nps_0 = nps_0 + excluded.nps_0, nps_1 = nps_1 + excluded.nps_1, nps_2 = nps_2 + excluded.nps_2,
    nps_3 = nps_3 + excluded.nps_3, nps_4 = nps_4 + excluded.nps_4, nps_5 = nps_5 + excluded.nps_5,
    nps_6 = nps_6 + excluded.nps_6, nps_7 = nps_7 + excluded.nps_7, nps_8 = nps_8 + excluded.nps_8,
    nps_9 = nps_9 + excluded.nps_9, nps_10 = nps_10 + excluded.nps_10, csat_1 = csat_1 + excluded.csat_1,
    csat_2 = csat_2 + excluded.csat_2, csat_3 = csat_3 + excluded.csat_3, csat_4 = csat_4 + excluded.csat_4,
    csat_5 = csat_5 + excluded.csat_5, responses = responses + excluded.responses, in_page = in_page + excluded.in_page,
    comments = comments + excluded.comments, unhappy = unhappy + excluded.unhappy, changes = changes + excluded.changes;
  INSERT INTO rollups (survey_id, segment, day, value, changes)
  SELECT NEW.survey_id, '', NEW.updated_day, '', 1 WHERE NEW.updated_day <> NEW.day
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET changes = changes + 1;
END;

DROP TRIGGER IF EXISTS responses_count_update;

CREATE TRIGGER responses_count_update AFTER UPDATE OF segments, nps, csat, comment, excluded ON responses
WHEN NEW.test = 0 AND (OLD.excluded = 0 OR NEW.excluded = 0) AND (
  OLD.nps IS NOT NEW.nps OR OLD.csat IS NOT NEW.csat OR OLD.comment IS NOT NEW.comment
  OR OLD.segments IS NOT NEW.segments OR OLD.excluded IS NOT NEW.excluded
)
BEGIN
  INSERT INTO rollups (
    survey_id, segment, day, value, nps_0, nps_1, nps_2, nps_3, nps_4, nps_5, nps_6, nps_7, nps_8, nps_9, nps_10,
    csat_1, csat_2, csat_3, csat_4, csat_5, responses, in_page, comments, unhappy, changes
  )
  SELECT
    NEW.survey_id, counted.segment, NEW.day, counted.value, counted.has * (NEW.nps IS 0) - counted.had * (OLD.nps IS 0),
    counted.has * (NEW.nps IS 1) - counted.had * (OLD.nps IS 1),
    counted.has * (NEW.nps IS 2) - counted.had * (OLD.nps IS 2),
    counted.has * (NEW.nps IS 3) - counted.had * (OLD.nps IS 3),
    counted.has * (NEW.nps IS 4) - counted.had * (OLD.nps IS 4),
    counted.has * (NEW.nps IS 5) - counted.had * (OLD.nps IS 5),
    counted.has * (NEW.nps IS 6) - counted.had * (OLD.nps IS 6),
    counted.has * (NEW.nps IS 7) - counted.had * (OLD.nps IS 7),
    counted.has * (NEW.nps IS 8) - counted.had * (OLD.nps IS 8),
    counted.has * (NEW.nps IS 9) - counted.had * (OLD.nps IS 9),
    counted.has * (NEW.nps IS 10) - counted.had * (OLD.nps IS 10),
    counted.has * (NEW.csat IS 1) - counted.had * (OLD.csat IS 1),
    counted.has * (NEW.csat IS 2) - counted.had * (OLD.csat IS 2),
    counted.has * (NEW.csat IS 3) - counted.had * (OLD.csat IS 3),
    counted.has * (NEW.csat IS 4) - counted.had * (OLD.csat IS 4),
    counted.has * (NEW.csat IS 5) - counted.had * (OLD.csat IS 5), counted.has - counted.had,
    counted.has * (NEW.channel = 'page') - counted.had * (OLD.channel = 'page'),
    counted.has * (NEW.comment IS NOT NULL) - counted.had * (OLD.comment IS NOT NULL),
    (counted.segment = '') * (
      counted.has * (ifnull(NEW.nps <= 6, 0) OR ifnull(NEW.csat <= 2, 0)) - counted.had * (ifnull(OLD.nps <= 6, 0) OR ifnull(OLD.csat <= 2, 0))
    ),
    counted.segment = '' AND NEW.updated_day = NEW.day
  FROM (
    SELECT segment, value, max(had) * (OLD.excluded = 0) AS had, max(has) * (NEW.excluded = 0) AS has
    FROM (
      SELECT '' AS segment, '' AS value, 1 AS had, 1 AS has
      UNION ALL SELECT key, value, 1, 0 FROM json_each(OLD.segments)
      UNION ALL SELECT key, value, 0, 1 FROM json_each(NEW.segments)
    )
    GROUP BY segment, value
  ) AS counted
  WHERE (counted.segment = '' AND NEW.updated_day = NEW.day) OR counted.had <> counted.has
    OR OLD.nps IS NOT NEW.nps OR OLD.csat IS NOT NEW.csat OR (OLD.comment IS NULL) <> (NEW.comment IS NULL)
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET
    nps_0 = nps_0 + excluded.nps_0, nps_1 = nps_1 + excluded.nps_1, nps_2 = nps_2 + excluded.nps_2,
    nps_3 = nps_3 + excluded.nps_3, nps_4 = nps_4 + excluded.nps_4, nps_5 = nps_5 + excluded.nps_5,
    nps_6 = nps_6 + excluded.nps_6, nps_7 = nps_7 + excluded.nps_7, nps_8 = nps_8 + excluded.nps_8,
    nps_9 = nps_9 + excluded.nps_9, nps_10 = nps_10 + excluded.nps_10, csat_1 = csat_1 + excluded.csat_1,
    csat_2 = csat_2 + excluded.csat_2, csat_3 = csat_3 + excluded.csat_3, csat_4 = csat_4 + excluded.csat_4,
    csat_5 = csat_5 + excluded.csat_5, responses = responses + excluded.responses, in_page = in_page + excluded.in_page,
    comments = comments + excluded.comments, unhappy = unhappy + excluded.unhappy, changes = changes + excluded.changes;
  INSERT INTO rollups (survey_id, segment, day, value, changes)
  SELECT NEW.survey_id, '', NEW.updated_day, '', 1 WHERE NEW.updated_day <> NEW.day
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET changes = changes + 1;
END;

DROP TRIGGER IF EXISTS responses_count_cases;

CREATE TRIGGER responses_count_cases
AFTER UPDATE OF nps, csat, excluded, status, replied_at, resolved_at ON responses
WHEN NEW.test = 0 AND coalesce(OLD.replied_at, OLD.resolved_at, NEW.replied_at, NEW.resolved_at) IS NOT NULL
BEGIN
  INSERT INTO cases_daily (
    survey_id, day, within_1, within_2, within_3, within_4, within_5, within_6, within_7, within_8, within_9, within_10,
    within_11, within_12, within_13, within_14, within_15, within_16, within_17, within_18, within_19, within_20,
    within_21, within_22, within_23, within_24, within_48, within_72, within_96, within_120, within_144, within_168,
    within_336, within_720, within_2160, within_8760, later
  )
  SELECT
    NEW.survey_id, NEW.day, sum(sign * (hours <= 1)), sum(sign * (hours > 1 AND hours <= 2)),
    sum(sign * (hours > 2 AND hours <= 3)), sum(sign * (hours > 3 AND hours <= 4)),
    sum(sign * (hours > 4 AND hours <= 5)), sum(sign * (hours > 5 AND hours <= 6)),
    sum(sign * (hours > 6 AND hours <= 7)), sum(sign * (hours > 7 AND hours <= 8)),
    sum(sign * (hours > 8 AND hours <= 9)), sum(sign * (hours > 9 AND hours <= 10)),
    sum(sign * (hours > 10 AND hours <= 11)), sum(sign * (hours > 11 AND hours <= 12)),
    sum(sign * (hours > 12 AND hours <= 13)), sum(sign * (hours > 13 AND hours <= 14)),
    sum(sign * (hours > 14 AND hours <= 15)), sum(sign * (hours > 15 AND hours <= 16)),
    sum(sign * (hours > 16 AND hours <= 17)), sum(sign * (hours > 17 AND hours <= 18)),
    sum(sign * (hours > 18 AND hours <= 19)), sum(sign * (hours > 19 AND hours <= 20)),
    sum(sign * (hours > 20 AND hours <= 21)), sum(sign * (hours > 21 AND hours <= 22)),
    sum(sign * (hours > 22 AND hours <= 23)), sum(sign * (hours > 23 AND hours <= 24)),
    sum(sign * (hours > 24 AND hours <= 48)), sum(sign * (hours > 48 AND hours <= 72)),
    sum(sign * (hours > 72 AND hours <= 96)), sum(sign * (hours > 96 AND hours <= 120)),
    sum(sign * (hours > 120 AND hours <= 144)), sum(sign * (hours > 144 AND hours <= 168)),
    sum(sign * (hours > 168 AND hours <= 336)), sum(sign * (hours > 336 AND hours <= 720)),
    sum(sign * (hours > 720 AND hours <= 2160)), sum(sign * (hours > 2160 AND hours <= 8760)),
    sum(sign * (hours > 8760))
  FROM (
    SELECT sign, (max(0, answered_at - created_at) + 3599999) / 3600000 AS hours
    FROM (
      SELECT -1 AS sign, OLD.created_at AS created_at,
        (SELECT min(at) FROM (
        SELECT OLD.replied_at AS at UNION ALL SELECT OLD.resolved_at WHERE OLD.status = 'resolved'
      )) AS answered_at
      WHERE OLD.excluded = 0 AND (ifnull(OLD.nps <= 6, 0) OR ifnull(OLD.csat <= 2, 0))
      UNION ALL SELECT 1 AS sign, NEW.created_at AS created_at,
        (SELECT min(at) FROM (
        SELECT NEW.replied_at AS at UNION ALL SELECT NEW.resolved_at WHERE NEW.status = 'resolved'
      )) AS answered_at
      WHERE NEW.excluded = 0 AND (ifnull(NEW.nps <= 6, 0) OR ifnull(NEW.csat <= 2, 0))
    )
    WHERE answered_at IS NOT NULL
  )
  HAVING count(*) = 1 OR min(hours) <> max(hours)
  ON CONFLICT (survey_id, day) DO UPDATE SET
    within_1 = within_1 + excluded.within_1, within_2 = within_2 + excluded.within_2,
    within_3 = within_3 + excluded.within_3, within_4 = within_4 + excluded.within_4,
    within_5 = within_5 + excluded.within_5, within_6 = within_6 + excluded.within_6,
    within_7 = within_7 + excluded.within_7, within_8 = within_8 + excluded.within_8,
    within_9 = within_9 + excluded.within_9, within_10 = within_10 + excluded.within_10,
    within_11 = within_11 + excluded.within_11, within_12 = within_12 + excluded.within_12,
    within_13 = within_13 + excluded.within_13, within_14 = within_14 + excluded.within_14,
    within_15 = within_15 + excluded.within_15, within_16 = within_16 + excluded.within_16,
    within_17 = within_17 + excluded.within_17, within_18 = within_18 + excluded.within_18,
    within_19 = within_19 + excluded.within_19, within_20 = within_20 + excluded.within_20,
    within_21 = within_21 + excluded.within_21, within_22 = within_22 + excluded.within_22,
    within_23 = within_23 + excluded.within_23, within_24 = within_24 + excluded.within_24,
    within_48 = within_48 + excluded.within_48, within_72 = within_72 + excluded.within_72,
    within_96 = within_96 + excluded.within_96, within_120 = within_120 + excluded.within_120,
    within_144 = within_144 + excluded.within_144, within_168 = within_168 + excluded.within_168,
    within_336 = within_336 + excluded.within_336, within_720 = within_720 + excluded.within_720,
    within_2160 = within_2160 + excluded.within_2160, within_8760 = within_8760 + excluded.within_8760,
    later = later + excluded.later;
  INSERT INTO rollups (survey_id, segment, day, value, changes)
  SELECT NEW.survey_id, '', NEW.updated_day, '', 1
  WHERE NEW.excluded = 0 AND (ifnull(NEW.nps <= 6, 0) OR ifnull(NEW.csat <= 2, 0))
    AND (SELECT min(at) FROM (
        SELECT OLD.replied_at AS at UNION ALL SELECT OLD.resolved_at WHERE OLD.status = 'resolved'
      )) IS NOT (SELECT min(at) FROM (
        SELECT NEW.replied_at AS at UNION ALL SELECT NEW.resolved_at WHERE NEW.status = 'resolved'
      ))
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET changes = changes + 1;
END;
