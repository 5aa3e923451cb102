-- What Flyway writes down when it brings an empty database to the newest version; a test holds both equal.
CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
INSERT INTO flyway_schema_history
    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
VALUES
    (1, '1', 'registry', 'SQL', 'V1__registry.sql', 1343036961, '', 0, 1),
    (2, '2', 'tenants and keys', 'SQL', 'V2__tenants_and_keys.sql', -1938719105, '', 0, 1),
    (3, '3', 'use of a day', 'SQL', 'V3__use_of_a_day.sql', -1599417026, '', 0, 1),
    (4, '4', 'rules of tenants', 'SQL', 'V4__rules_of_tenants.sql', -1246175678, '', 0, 1),
    (5, '5', 'use by day and key', 'SQL', 'V5__use_by_day_and_key.sql', 911193256, '', 0, 1),
    (6, '6', 'plans of nodes', 'SQL', 'V6__plans_of_nodes.sql', -531633753, '', 0, 1);
