-- What tenants took of their newest day, in credits; days count from 1970, in UTC.

CREATE TABLE day_use (
    tenant  TEXT PRIMARY KEY NOT NULL,
    day     INTEGER NOT NULL,
    credits INTEGER NOT NULL
) STRICT;
