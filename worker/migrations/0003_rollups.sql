-- The counters per survey, segment, day and value; segment '' is the total. Kept by the triggers below, so that they
-- cannot drift from the rows they count, whoever writes.
CREATE TABLE rollups (
  survey_id TEXT NOT NULL,
  segment TEXT NOT NULL,
  day TEXT NOT NULL,
  value TEXT NOT NULL,
  nps_0 INTEGER NOT NULL DEFAULT 0,
  nps_1 INTEGER NOT NULL DEFAULT 0,
  nps_2 INTEGER NOT NULL DEFAULT 0,
  nps_3 INTEGER NOT NULL DEFAULT 0,
  nps_4 INTEGER NOT NULL DEFAULT 0,
  nps_5 INTEGER NOT NULL DEFAULT 0,
  nps_6 INTEGER NOT NULL DEFAULT 0,
  nps_7 INTEGER NOT NULL DEFAULT 0,
  nps_8 INTEGER NOT NULL DEFAULT 0,
  nps_9 INTEGER NOT NULL DEFAULT 0,
  nps_10 INTEGER NOT NULL DEFAULT 0,
  csat_1 INTEGER NOT NULL DEFAULT 0,
  csat_2 INTEGER NOT NULL DEFAULT 0,
  csat_3 INTEGER NOT NULL DEFAULT 0,
  csat_4 INTEGER NOT NULL DEFAULT 0,
  csat_5 INTEGER NOT NULL DEFAULT 0,
  responses INTEGER NOT NULL DEFAULT 0,
  in_page INTEGER NOT NULL DEFAULT 0,
  comments INTEGER NOT NULL DEFAULT 0,
  shown INTEGER NOT NULL DEFAULT 0,
  dismissed INTEGER NOT NULL DEFAULT 0,
  changes INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (survey_id, segment, day, value)
) STRICT, WITHOUT ROWID;

-- A response on time costs two rows: itself and its day's total, where the day's changes are counted in the same row.
CREATE TRIGGER responses_count_insert AFTER INSERT ON responses
WHEN NEW.test = 0 AND NEW.excluded = 0
BEGIN
  INSERT INTO rollups (
    survey_id, segment, day, value, nps_0, nps_1, nps_2, nps_3, nps_4, nps_5, nps_6, nps_7, nps_8, nps_9, nps_10,
    csat_1, csat_2, csat_3, csat_4, csat_5, responses, in_page, comments, changes
  )
  SELECT
    NEW.survey_id, counted.segment, NEW.day, counted.value, NEW.nps IS 0, NEW.nps IS 1, NEW.nps IS 2, NEW.nps IS 3,
    NEW.nps IS 4, NEW.nps IS 5, NEW.nps IS 6, NEW.nps IS 7, NEW.nps IS 8, NEW.nps IS 9, NEW.nps IS 10, NEW.csat IS 1,
    NEW.csat IS 2, NEW.csat IS 3, NEW.csat IS 4, NEW.csat IS 5, 1, NEW.channel = 'page', NEW.comment IS NOT NULL,
    counted.segment = '' AND NEW.updated_day = NEW.day
  FROM (SELECT '' AS segment, '' AS value UNION ALL SELECT key, value FROM json_each(NEW.segments)) AS counted
  WHERE true
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET
    nps_0 = nps_0 + excluded.nps_0, nps_1 = nps_1 + excluded.nps_1, nps_2 = nps_2 + excluded.nps_2,
    nps_3 = nps_3 + excluded.nps_3, nps_4 = nps_4 + excluded.nps_4, nps_5 = nps_5 + excluded.nps_5,
    nps_6 = nps_6 + excluded.nps_6, nps_7 = nps_7 + excluded.nps_7, nps_8 = nps_8 + excluded.nps_8,
    nps_9 = nps_9 + excluded.nps_9, nps_10 = nps_10 + excluded.nps_10, csat_1 = csat_1 + excluded.csat_1,
    csat_2 = csat_2 + excluded.csat_2, csat_3 = csat_3 + excluded.csat_3, csat_4 = csat_4 + excluded.csat_4,
    csat_5 = csat_5 + excluded.csat_5, responses = responses + excluded.responses,
    in_page = in_page + excluded.in_page, comments = comments + excluded.comments,
    changes = changes + excluded.changes;
  INSERT INTO rollups (survey_id, segment, day, value, changes)
  SELECT NEW.survey_id, '', NEW.updated_day, '', 1 WHERE NEW.updated_day <> NEW.day
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET changes = changes + 1;
END;

-- Every segment that had the response before or has it after: what it brings now, less what it brought.
CREATE TRIGGER responses_count_update AFTER UPDATE OF segments, nps, csat, comment, excluded ON responses
WHEN NEW.test = 0 AND (OLD.excluded = 0 OR NEW.excluded = 0) AND (
  OLD.nps IS NOT NEW.nps OR OLD.csat IS NOT NEW.csat OR OLD.comment IS NOT NEW.comment
  OR OLD.segments IS NOT NEW.segments OR OLD.excluded IS NOT NEW.excluded
)
BEGIN
  INSERT INTO rollups (
    survey_id, segment, day, value, nps_0, nps_1, nps_2, nps_3, nps_4, nps_5, nps_6, nps_7, nps_8, nps_9, nps_10,
    csat_1, csat_2, csat_3, csat_4, csat_5, responses, in_page, comments, changes
  )
  SELECT
    NEW.survey_id, counted.segment, NEW.day, counted.value,
    counted.has * (NEW.nps IS 0) - counted.had * (OLD.nps IS 0),
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
    csat_5 = csat_5 + excluded.csat_5, responses = responses + excluded.responses,
    in_page = in_page + excluded.in_page, comments = comments + excluded.comments,
    changes = changes + excluded.changes;
  INSERT INTO rollups (survey_id, segment, day, value, changes)
  SELECT NEW.survey_id, '', NEW.updated_day, '', 1 WHERE NEW.updated_day <> NEW.day
  ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET changes = changes + 1;
END;
