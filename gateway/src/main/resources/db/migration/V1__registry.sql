-- What operators ordered at run time. Holds keys: the file is readable by its owner alone.

-- One row; grows by one with every order, so that a writer sees when another one was quicker.
CREATE TABLE registry (
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO registry (revision) VALUES (0);

-- Chains that came into being with a node; id 0 is to be learned.
CREATE TABLE chain (
    place INTEGER PRIMARY KEY,
    name  TEXT    NOT NULL UNIQUE,
    id    INTEGER NOT NULL
) STRICT;

CREATE TABLE node (
    place           INTEGER PRIMARY KEY,
    chain           TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    role            TEXT    NOT NULL,
    leader          INTEGER NOT NULL,
    http            TEXT    NOT NULL,
    ws              TEXT,
    auth_user       TEXT,
    auth_password   TEXT,
    tls_ca          TEXT,
    tls_certificate TEXT,
    tls_key         TEXT,
    weight          INTEGER NOT NULL,
    capacity        INTEGER NOT NULL,
    added_at        TEXT    NOT NULL,
    UNIQUE (chain, name)
) STRICT;

CREATE TABLE node_header (
    chain TEXT NOT NULL,
    node  TEXT NOT NULL,
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (chain, node, name)
) STRICT;

CREATE TABLE node_label (
    chain TEXT NOT NULL,
    node  TEXT NOT NULL,
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (chain, node, name)
) STRICT;

-- Modes other than serving, of nodes from the file as well.
CREATE TABLE node_mode (
    chain TEXT NOT NULL,
    node  TEXT NOT NULL,
    mode  TEXT NOT NULL,
    PRIMARY KEY (chain, node)
) STRICT;

-- What the monitor last knew of a node.
CREATE TABLE node_memory (
    chain       TEXT NOT NULL,
    node        TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    since       TEXT NOT NULL,
    head_number INTEGER,
    head_hash   TEXT,
    PRIMARY KEY (chain, node)
) STRICT;

-- Who ordered what and when; never a secret.
CREATE TABLE audit (
    serial  INTEGER PRIMARY KEY AUTOINCREMENT,
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    what    TEXT NOT NULL,
    chain   TEXT,
    node    TEXT,
    details TEXT NOT NULL
) STRICT;
