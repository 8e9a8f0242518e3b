-- SPDX-License-Identifier: Apache-2.0
-- What a store knows about itself.  Both tables are reference tables: small, the same everywhere.

-- Which migrations ran.  The digest (SM3) is of the SQL that ran; a store whose past was edited is refused.
CREATE TABLE migration (
	number BIGINT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	digest BYTEA NOT NULL CHECK (LENGTH(digest) = 32)
);

-- Facts of the store, each written once: store_id, key_id, county.
CREATE TABLE meta (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);
