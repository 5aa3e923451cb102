-- What tenants took of their last days, no longer of their newest alone.
CREATE TABLE day_use_5 (
    tenant  TEXT NOT NULL,
    day     INTEGER NOT NULL,
    credits INTEGER NOT NULL,
    PRIMARY KEY (tenant, day)
) STRICT;
INSERT INTO day_use_5 (tenant, day, credits) SELECT tenant, day, credits FROM day_use;
DROP TABLE day_use;
ALTER TABLE day_use_5 RENAME TO day_use;

-- What came of the calls of each key on those days; alias is empty for callers that bring none.
CREATE TABLE key_use (
    tenant   TEXT NOT NULL,
    alias    TEXT NOT NULL,
    day      INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    failed   INTEGER NOT NULL,
    credits  INTEGER NOT NULL,
    last_at  TEXT,
    PRIMARY KEY (tenant, alias, day)
) STRICT;
CREATE INDEX key_use_day ON key_use (day, tenant, alias);

CREATE TABLE key_refusal (
    tenant TEXT NOT NULL,
    alias  TEXT NOT NULL,
    day    INTEGER NOT NULL,
    reason TEXT NOT NULL,
    calls  INTEGER NOT NULL,
    PRIMARY KEY (tenant, alias, day, reason)
) STRICT;
CREATE INDEX key_refusal_day ON key_refusal (day, tenant, alias);
