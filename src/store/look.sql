-- SPDX-License-Identifier: Apache-2.0
-- Who looked at whose record.

-- name: look_insert
INSERT INTO look (county, person, id, at, actor, office, what, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: look_of
-- Newest first, below an id.
SELECT id, at, actor, office, what, reason FROM look WHERE county = ?1 AND person = ?2 AND id < ?3
ORDER BY id DESC LIMIT ?4;
