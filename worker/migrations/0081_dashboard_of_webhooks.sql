-- The beginning of the address at which the owner set the webhook: messages for people have links to the dashboard, and the cron that
-- sends them has no request to tell the address from. Empty where it was not noted.
ALTER TABLE webhooks ADD COLUMN dashboard TEXT NOT NULL DEFAULT '';
