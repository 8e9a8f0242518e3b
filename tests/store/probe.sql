-- SPDX-License-Identifier: Apache-2.0
-- Statements over the probe tables: one of each kind the seam has to carry.

-- bulk: probe_add
INSERT INTO probe (county, id, n, t, b) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: probe_get
SELECT n, t, b FROM probe WHERE county = ?1 AND id = ?2;

-- name: probe_all
SELECT id, n, t, b FROM probe WHERE county = ?1 ORDER BY id;

-- name: probe_by_text
SELECT t FROM probe WHERE county = ?1 ORDER BY t;

-- name: probe_find_text
SELECT COUNT(*) FROM probe WHERE t = ?1;

-- name: probe_count
SELECT COUNT(*) FROM probe WHERE county = ?1;

-- name: probe_total
-- SUM of BIGINT is NUMERIC on PostgreSQL; the seam reads it all the same.
SELECT COALESCE(SUM(n), 0) FROM probe WHERE county = ?1;

-- name: probe_exists
SELECT EXISTS (SELECT 1 FROM probe WHERE county = ?1 AND id = ?2);

-- name: probe_raise
UPDATE probe SET n = n + ?2 WHERE county = ?1;

-- name: probe_set
INSERT INTO probe (county, id, n) VALUES (?1, ?2, ?3)
ON CONFLICT (county, id) DO UPDATE SET n = excluded.n RETURNING n;

-- name: probe_child_add
INSERT INTO probe_child (county, id, parent) VALUES (?1, ?2, ?3);

-- name: probe_stage_make
CREATE TEMP TABLE IF NOT EXISTS probe_stage (id BIGINT NOT NULL PRIMARY KEY, b BYTEA) /*sqlite WITHOUT ROWID*/;

-- name: probe_stage_clear
DELETE FROM probe_stage;

-- bulk: probe_stage_add
INSERT INTO probe_stage (id, b) VALUES (?1, ?2);

-- name: probe_stage_known
SELECT p.id, s.b FROM probe_stage s JOIN probe p ON p.county = ?1 AND p.id = s.id ORDER BY p.id;

-- name: probe_forget
-- As if a migration had not run yet.
DELETE FROM migration WHERE number = ?1;

-- name: probe_forge
-- As if a migration had said something else when it ran.
UPDATE migration SET digest = ?2 WHERE number = ?1;

-- name: probe_engine
-- '?1' in a string is no parameter.
SELECT 'sqlite ?1';

-- name: probe_engine engine: pg
-- reason: to see that a variant replaces the common text
SELECT 'pg ?1';
