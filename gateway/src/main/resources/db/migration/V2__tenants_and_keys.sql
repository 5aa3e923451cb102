-- Who may call: tenants that were added at run time, and the keys of these and of the file's tenants.

CREATE TABLE tenant (
    place    INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    added_at TEXT    NOT NULL
) STRICT;

-- Keys as SHA-256 in hex; the keys themselves are kept nowhere.
CREATE TABLE api_key (
    hash       TEXT PRIMARY KEY NOT NULL,
    tenant     TEXT NOT NULL,
    alias      TEXT NOT NULL,
    prefix     TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT
) STRICT;

CREATE INDEX api_key_name ON api_key (tenant, alias, created_at);

ALTER TABLE audit ADD COLUMN tenant TEXT;
ALTER TABLE audit ADD COLUMN key TEXT;
