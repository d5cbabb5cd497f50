-- Mailings that the collector sends by itself. `key` is the mailing that its invitations name.
CREATE TABLE sent_mailings (
  survey_id TEXT NOT NULL,
  id TEXT NOT NULL,
  key TEXT NOT NULL,
  -- The beginning of the links in its mails.
  base TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- As the call said it; NULL: at once, and no reminder.
  send_at INTEGER,
  remind_after_days INTEGER,
  paused_at INTEGER,
  cancelled_at INTEGER,
  -- When its next mail is due, or earlier. NULL: none waits, or it is paused.
  next_at INTEGER,
  PRIMARY KEY (survey_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX mailings_newest ON sent_mailings (survey_id, created_at, id);

CREATE INDEX mailings_next ON sent_mailings (next_at) WHERE next_at IS NOT NULL;

-- One row for each mail. It names the invitation, and the mail is written when it is sent.
CREATE TABLE mails (
  invitation_id TEXT NOT NULL,
  -- 1: the invitation. 2: the reminder.
  round INTEGER NOT NULL,
  survey_id TEXT NOT NULL,
  mailing_id TEXT NOT NULL,
  -- Where it goes, until it has gone or will not go.
  address TEXT,
  -- When it was to be sent first.
  wanted_at INTEGER NOT NULL,
  -- When it is tried next. NULL: no more.
  due_at INTEGER,
  state TEXT NOT NULL DEFAULT 'waiting',
  -- Why it was refused or left out.
  why TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Attempts of which nobody knows whether the sender has accepted the mail.
  unsure INTEGER NOT NULL DEFAULT 0,
  settled_at INTEGER,
  -- What the sender said when it refused the mail last.
  detail TEXT,
  -- What the sender calls the mail, where that is not the mail's own id.
  sender_id TEXT,
  PRIMARY KEY (invitation_id, round)
) STRICT, WITHOUT ROWID;

CREATE INDEX mails_due ON mails (survey_id, mailing_id, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX mails_of_sender ON mails (sender_id) WHERE sender_id IS NOT NULL;

CREATE INDEX mails_failed ON mails (survey_id, mailing_id, invitation_id, round)
WHERE state IN ('refused', 'unknown', 'bounced', 'complained');

-- How many mails of a mailing and round have come to each state. 'queued' counts all of them.
CREATE TABLE mail_counts (
  survey_id TEXT NOT NULL,
  mailing_id TEXT NOT NULL,
  round INTEGER NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  mails INTEGER NOT NULL,
  PRIMARY KEY (survey_id, mailing_id, round, state, why)
) STRICT, WITHOUT ROWID;

-- The run that sends mails now, of which there is one at a time, and the mail that it has handed over without an answer yet.
CREATE TABLE mail_run (
  -- Always 1.
  id INTEGER NOT NULL PRIMARY KEY,
  run TEXT NOT NULL DEFAULT '',
  run_until INTEGER NOT NULL DEFAULT 0,
  in_flight TEXT,
  in_flight_round INTEGER,
  -- The minute and the day (since 1970) in which mails were handed over last, and how many in each.
  minute INTEGER NOT NULL DEFAULT 0,
  minute_mails INTEGER NOT NULL DEFAULT 0,
  day INTEGER NOT NULL DEFAULT 0,
  day_mails INTEGER NOT NULL DEFAULT 0,
  -- Runs in a row that could not reach the sender, until when none is made, and what the last one was told.
  failures INTEGER NOT NULL DEFAULT 0,
  blocked_until INTEGER NOT NULL DEFAULT 0,
  fault TEXT
) STRICT;

INSERT INTO mail_run (id) VALUES (1);

CREATE TRIGGER mails_queued AFTER INSERT ON mails BEGIN
  INSERT INTO mail_counts (survey_id, mailing_id, round, state, why, mails)
  VALUES (NEW.survey_id, NEW.mailing_id, NEW.round, 'queued', '', 1)
  ON CONFLICT (survey_id, mailing_id, round, state, why) DO UPDATE SET mails = mails + 1;
  UPDATE sent_mailings SET next_at = NEW.due_at WHERE survey_id = NEW.survey_id AND id = NEW.mailing_id
    AND paused_at IS NULL AND (next_at IS NULL OR next_at > NEW.due_at);
END;

CREATE TRIGGER mails_settled AFTER UPDATE OF state ON mails WHEN NEW.state <> OLD.state BEGIN
  INSERT INTO mail_counts (survey_id, mailing_id, round, state, why, mails)
  VALUES (NEW.survey_id, NEW.mailing_id, NEW.round, NEW.state, NEW.why, 1)
  ON CONFLICT (survey_id, mailing_id, round, state, why) DO UPDATE SET mails = mails + 1;
END;

CREATE TRIGGER mails_unsure AFTER UPDATE OF unsure ON mails WHEN OLD.unsure = 0 AND NEW.unsure > 0 BEGIN
  INSERT INTO mail_counts (survey_id, mailing_id, round, state, why, mails)
  VALUES (NEW.survey_id, NEW.mailing_id, NEW.round, 'uncertain', '', 1)
  ON CONFLICT (survey_id, mailing_id, round, state, why) DO UPDATE SET mails = mails + 1;
END;

CREATE TRIGGER mails_reminded AFTER UPDATE OF state ON mails
WHEN NEW.state = 'accepted' AND OLD.state = 'waiting' AND NEW.round = 1 BEGIN
  INSERT INTO mails (invitation_id, round, survey_id, mailing_id, address, wanted_at, due_at)
  SELECT NEW.invitation_id, 2, NEW.survey_id, NEW.mailing_id, OLD.address,
    NEW.settled_at + remind_after_days * 86400000, NEW.settled_at + remind_after_days * 86400000
  FROM sent_mailings WHERE survey_id = NEW.survey_id AND id = NEW.mailing_id AND remind_after_days IS NOT NULL;
END;

-- No mail without its invitation, whatever deletes that.
CREATE TRIGGER mails_of_deleted_invitations AFTER DELETE ON invitations BEGIN
  DELETE FROM mails WHERE invitation_id = OLD.id;
END;

CREATE TRIGGER mails_erased AFTER DELETE ON mails WHEN OLD.state = 'waiting' BEGIN
  INSERT INTO mail_counts (survey_id, mailing_id, round, state, why, mails)
  VALUES (OLD.survey_id, OLD.mailing_id, OLD.round, 'skipped', 'erased', 1)
  ON CONFLICT (survey_id, mailing_id, round, state, why) DO UPDATE SET mails = mails + 1;
END;

CREATE TRIGGER mails_answered AFTER INSERT ON responses WHEN NEW.channel = 'invitation' BEGIN
  INSERT INTO mail_counts (survey_id, mailing_id, round, state, why, mails)
  SELECT survey_id, mailing_id, round, 'answered', '', 1 FROM mails
  WHERE invitation_id = NEW.id AND survey_id = NEW.survey_id AND state IN ('accepted', 'bounced', 'complained')
  ORDER BY round DESC LIMIT 1
  ON CONFLICT (survey_id, mailing_id, round, state, why) DO UPDATE SET mails = mails + 1;
END;
