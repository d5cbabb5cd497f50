-- The test responses of one survey, newest first: what a new owner watches for. An ordinary response is not in it.
CREATE INDEX responses_of_survey_tests ON responses (survey_id, received_at) WHERE test = 1;
