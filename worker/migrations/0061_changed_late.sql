-- Responses that were stored or changed more than an hour after the instant in their id, in the order of the last change:
-- an answer to an old invitation, a late amendment, an erasure. Whoever asks what has changed finds these here and all
-- others by their ids. An answer that comes on time is not in it.
CREATE INDEX responses_changed_late ON responses (survey_id, updated_at, id)
WHERE test = 0 AND substr(id, 1, 8) || substr(id, 10, 4) < printf('%012x', updated_at - 3600000);
