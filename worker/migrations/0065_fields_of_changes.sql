-- Of a change of settings: which fields it changed (never to what) and the version of the settings that it changed, as
-- {"before": ms, "fields": ["/theme/accent"]}. By it a later save, made on an older version, is merged or refused.
ALTER TABLE audit ADD COLUMN settings_change TEXT;
