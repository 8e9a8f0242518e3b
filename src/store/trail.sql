-- name: counter_take
-- Take ?3 numbers; the first one taken is the answer less ?3.
INSERT INTO counter (county, name, next) VALUES (?1, ?2, 1 + CAST(?3 AS BIGINT))
ON CONFLICT (county, name) DO UPDATE SET next = counter.next + ?3
RETURNING next;

-- name: audit_add
INSERT INTO audit (county, id, at, actor, on_behalf, act, subject, reason, detail)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: import_file_find
-- The same bytes taken in earlier for the same purpose.
SELECT id, name, as_of FROM import_file WHERE county = ?1 AND kind = ?2 AND digest = ?3;

-- name: import_file_newest
-- The latest list a department sent.
SELECT as_of FROM import_file WHERE county = ?1 AND kind = ?2 AND department = ?3
  AND state = 'complete'
ORDER BY as_of DESC LIMIT 1;

-- name: import_file_add
INSERT INTO import_file (county, id, kind, digest, name, department, as_of, rows_read, accepted,
  unchanged, rejected, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);

-- name: pack_put
INSERT INTO pack (code, digest, since) VALUES (?1, ?2, ?3) ON CONFLICT (code, digest) DO NOTHING;

-- name: statistics_refresh
-- After many rows changed: let the engine see them when it plans.  SQLite plans by its keys alone.
SELECT 1;

-- name: statistics_refresh engine: pg
-- reason: without statistics PostgreSQL joins a season's tables by nested loops until its own time comes
ANALYZE;

-- name: audit_page
-- turned: audit_page_oldest
-- Newest first between two ids; what is looked for is sought in at most ?8 rows, so that a rare act does not
-- read the whole trail.
SELECT id, at, actor, on_behalf, act, subject, reason, detail FROM (
  SELECT id, at, actor, on_behalf, act, subject, reason, detail FROM audit
  WHERE county = ?1 AND id < ?2 AND id > ?9 ORDER BY id DESC LIMIT ?8) AS newest
WHERE (?3 = '' OR act = ?3) AND (?4 = '' OR actor = ?4) AND at >= ?5 AND at < ?6
ORDER BY id DESC LIMIT ?7;

-- name: audit_window_end
-- turned: audit_window_end_oldest
-- The last row of such a window; none when the trail ends before.
SELECT id FROM audit WHERE county = ?1 AND id < ?2 AND id > ?4 ORDER BY id DESC LIMIT 1 OFFSET ?3;
