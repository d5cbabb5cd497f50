-- An act on a person names the respondent in a column of its own, by which erasure finds it and empties it. `count`: how
-- many rows a call changed, so that an invitation of a thousand people is one line.
ALTER TABLE audit ADD COLUMN respondent TEXT;

ALTER TABLE audit ADD COLUMN count INTEGER;

CREATE INDEX audit_of_respondent ON audit (respondent) WHERE respondent IS NOT NULL;
