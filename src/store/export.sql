-- name: export_add
INSERT INTO export (county, id, list, filter, format, purpose, whole, state, asked_by, town, asked_at, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'asked', ?8, ?9, ?10, ?11);

-- name: export_waiting
SELECT count(*) FROM export WHERE county = ?1 AND asked_by = ?2 AND state IN ('asked', 'approved');

-- name: export_load
SELECT e.id, e.list, e.filter, e.format, e.purpose, e.whole, e.state, e.asked_by, e.town, e.asked_at,
  e.decided_by, e.decided_at, e.reason, e.rows_out, e.job, q.login, d.login
FROM export e
  LEFT JOIN account q ON q.county = e.county AND q.id = e.asked_by
  LEFT JOIN account d ON d.county = e.county AND d.id = e.decided_by
WHERE e.county = ?1 AND e.id = ?2;

-- name: export_list
-- turned: export_list_oldest
-- Newest first: what account ?2 asked for and, when ?3 is 1, what others did who see the county or (?4 not 0)
-- that town only; in state ?5 or ('') in any.
SELECT e.id, e.list, e.filter, e.format, e.purpose, e.whole, e.state, e.asked_by, e.town, e.asked_at,
  e.decided_by, e.decided_at, e.reason, e.rows_out, e.job, q.login, d.login
FROM export e
  LEFT JOIN account q ON q.county = e.county AND q.id = e.asked_by
  LEFT JOIN account d ON d.county = e.county AND d.id = e.decided_by
WHERE e.county = ?1
  AND (e.asked_by = ?2 OR (CAST(?3 AS BIGINT) = 1 AND (CAST(?4 AS BIGINT) = 0 OR e.town = ?4)))
  AND (CAST(?5 AS TEXT) = '' OR e.state = ?5) AND e.id < ?6 AND e.id > ?8
ORDER BY e.id DESC LIMIT ?7;

-- name: export_decide
-- Nobody decides on their own.
UPDATE export SET state = ?3, decided_by = ?4, decided_at = ?5, reason = ?6, job = ?7, audit = ?8
WHERE county = ?1 AND id = ?2 AND state = 'asked' AND asked_by <> ?4;

-- name: export_end
UPDATE export SET state = ?3, rows_out = ?4, audit = ?5 WHERE county = ?1 AND id = ?2 AND state = 'approved';
