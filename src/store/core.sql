-- SPDX-License-Identifier: Apache-2.0
-- What the store needs for itself: which migrations ran, what this store is called.

-- name: store_table_count
-- How many tables of this name are there: 0 in a database that is not a store yet.
SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?1;

-- name: store_table_count engine: pg
-- reason: the catalogue of tables has another name
SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = CAST(?1 AS TEXT);

-- name: migration_all
-- Migrations that ran, in order, with the digest of the text that ran.
SELECT number, name, digest FROM migration ORDER BY number;

-- name: migration_add
INSERT INTO migration (number, name, digest) VALUES (?1, ?2, ?3);

-- name: meta_get
SELECT value FROM meta WHERE name = ?1;

-- name: meta_add
-- Facts of a store are written once: a second value for a name changes nothing.
INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING;

-- name: pg_setting
-- A setting of the server, empty when it has no such setting.
SELECT '' WHERE ?1 = '';

-- name: pg_setting engine: pg
-- reason: SQLite has no server
SELECT COALESCE(current_setting(CAST(?1 AS TEXT), true), '');
