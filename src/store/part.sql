-- name: part_of
SELECT file, rows_done, report FROM import_part WHERE county = ?1 AND job = ?2;

-- name: part_put
INSERT INTO import_part (county, job, file, rows_done, report) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (county, job) DO UPDATE SET rows_done = excluded.rows_done, report = excluded.report;

-- name: part_drop
DELETE FROM import_part WHERE county = ?1 AND job = ?2;

-- name: import_file_open
-- A file that goes in by parts; ?4 is a mark that no file's digest is.
INSERT INTO import_file (county, id, kind, digest, name, department, as_of, rows_read, accepted,
  unchanged, rejected, audit, state)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, 0, ?8, 'open');

-- name: import_file_close
UPDATE import_file SET digest = ?3, rows_read = ?4, accepted = ?5, unchanged = ?6, rejected = ?7,
  audit = ?8, state = 'complete'
WHERE county = ?1 AND id = ?2 AND state = 'open';

-- name: import_file_stop
-- The counts of what went in; the mark stays, the digest is free.
UPDATE import_file SET rows_read = ?3, accepted = ?4, unchanged = ?5, rejected = ?6, audit = ?7,
  state = 'stopped'
WHERE county = ?1 AND id = ?2 AND state = 'open';

-- bulk: remark_add
INSERT INTO import_remark (county, job, n, row_number, remark) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: remark_page
SELECT n, row_number, remark FROM import_remark WHERE county = ?1 AND job = ?2 AND n > ?3
ORDER BY n LIMIT 500;

-- name: remark_drop
DELETE FROM import_remark WHERE county = ?1 AND job = ?2;

-- name: listed_keep
INSERT INTO import_listed (county, job, person, category) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING;

-- name: listed_kept_missing
-- As membership_missing, of a list that went in by parts.
SELECT m.person, m.category FROM membership m
WHERE m.county = ?1 AND m.entered_by = ?2 AND m.ended IS NULL AND m.certified <= ?3
  AND NOT EXISTS (SELECT 1 FROM import_listed l WHERE l.county = m.county AND l.job = ?4
    AND l.person = m.person AND l.category = m.category)
ORDER BY m.person, m.category;

-- name: listed_drop
DELETE FROM import_listed WHERE county = ?1 AND job = ?2;
