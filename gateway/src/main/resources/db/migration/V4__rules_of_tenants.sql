-- What may be called by tenants that were added at run time, and how much; patterns with spaces between them.

ALTER TABLE tenant ADD COLUMN preset TEXT;
ALTER TABLE tenant ADD COLUMN allow TEXT NOT NULL DEFAULT '';
ALTER TABLE tenant ADD COLUMN deny TEXT NOT NULL DEFAULT '';
ALTER TABLE tenant ADD COLUMN rate INTEGER;
ALTER TABLE tenant ADD COLUMN rate_millis INTEGER;
ALTER TABLE tenant ADD COLUMN burst INTEGER;
ALTER TABLE tenant ADD COLUMN daily INTEGER NOT NULL DEFAULT 0;

-- Who gave the last order about it, and when.
ALTER TABLE tenant ADD COLUMN ordered_by TEXT;
ALTER TABLE tenant ADD COLUMN ordered_at TEXT;
