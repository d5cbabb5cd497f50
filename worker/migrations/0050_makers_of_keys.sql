-- The key that made a key; NULL: the root key, or one of before this was kept. Who revokes a key revokes what it made.
ALTER TABLE keys ADD COLUMN made_by TEXT;

-- The log still knows who made the younger ones.
UPDATE keys SET made_by = (
  SELECT key_id FROM audit WHERE act = 'POST /v1/keys' AND target = keys.id AND key_id <> 'root' LIMIT 1
);

CREATE INDEX keys_by_maker ON keys (made_by) WHERE made_by IS NOT NULL;
