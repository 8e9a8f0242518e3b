-- name: upload_add
INSERT INTO upload (county, id, account, name, bytes, digest, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: upload_count
SELECT count(*) FROM upload WHERE county = ?1 AND account = ?2;

-- name: upload_load
SELECT account, name, bytes, digest, at FROM upload WHERE county = ?1 AND id = ?2;

-- name: upload_oldest
-- Uploads from before an instant, a few at a time.
SELECT id FROM upload WHERE county = ?1 AND at < ?2 ORDER BY id LIMIT 100;

-- name: upload_drop
DELETE FROM upload WHERE county = ?1 AND id = ?2;

-- name: import_file_list
-- turned: import_file_list_oldest
-- Files taken in, newest first; of one kind or ('') of any, of one department or ('') of any.
SELECT f.id, f.kind, f.name, f.department, f.as_of, f.rows_read, f.accepted, f.unchanged, f.rejected,
  f.state, u.actor, u.at
FROM import_file f JOIN audit u ON u.county = f.county AND u.id = f.audit
WHERE f.county = ?1 AND (CAST(?2 AS TEXT) = '' OR f.kind = ?2) AND (CAST(?3 AS TEXT) = '' OR u.actor = ?3)
  AND f.id < ?4 AND f.id > ?6
ORDER BY f.id DESC LIMIT ?5;
