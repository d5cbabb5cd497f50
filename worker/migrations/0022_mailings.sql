-- A mailing is the key its sender chose, kept in each invitation: the index that finds a respondent's invitations also
-- makes sure that one mailing invites nobody twice, however often it is sent. No row of its own is needed.
DROP TABLE mailings;

DROP INDEX invitations_by_respondent;

ALTER TABLE invitations ADD COLUMN mailing TEXT NOT NULL DEFAULT '';

CREATE UNIQUE INDEX invitations_by_respondent ON invitations (respondent_id, survey_id, mailing);
