-- The first language and the first kind of device that a response's sends told, on which its segments rest, whenever those
-- are declared. The device is kept only where a declared segment counts it. NULL: never told, or told before this migration.
ALTER TABLE responses ADD COLUMN language TEXT;

ALTER TABLE responses ADD COLUMN device TEXT;
