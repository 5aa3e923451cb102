-- How much nodes that were added at run time may be asked; what a request counts, as `eth_getLogs=255 *=80`.

ALTER TABLE node ADD COLUMN rate INTEGER;
ALTER TABLE node ADD COLUMN rate_millis INTEGER;
ALTER TABLE node ADD COLUMN daily INTEGER NOT NULL DEFAULT 0;
ALTER TABLE node ADD COLUMN credits TEXT NOT NULL DEFAULT '';

-- What nodes that have a plan were asked on their newest day, in credits; days count from 1970, in UTC. Under an empty
-- name: all leaders and rented nodes of the chain together.
CREATE TABLE node_day_use (
    chain   TEXT NOT NULL,
    node    TEXT NOT NULL,
    day     INTEGER NOT NULL,
    credits INTEGER NOT NULL,
    PRIMARY KEY (chain, node)
) STRICT;
