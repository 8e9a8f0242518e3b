-- name: job_add
INSERT INTO job (county, id, kind, state, account, request, made_at, audit)
VALUES (?1, ?2, ?3, 'queued', ?4, ?5, ?6, ?7);

-- name: job_load
SELECT id, kind, state, account, request, result, message, done, total, cancel, made_at, started_at,
  ended_at
FROM job WHERE county = ?1 AND id = ?2;

-- name: job_list
-- turned: job_list_oldest
-- Newest first; of one account or (0) of all, in one state or ('') in any.
SELECT id, kind, state, account, request, result, message, done, total, cancel, made_at, started_at,
  ended_at
FROM job WHERE county = ?1 AND (CAST(?2 AS BIGINT) = 0 OR account = ?2) AND (CAST(?3 AS TEXT) = '' OR state = ?3)
  AND id < ?4 AND id > ?6
ORDER BY id DESC LIMIT ?5;

-- name: job_waiting
-- How many wait or run: all, and those of one account.
SELECT count(*), coalesce(sum(CASE WHEN account = ?2 THEN 1 ELSE 0 END), 0) FROM job
WHERE county = ?1 AND state IN ('queued', 'running');

-- name: job_first
-- What to work on: what was running when the program ended, then what was asked first.
SELECT id, kind, state, account, request, result, message, done, total, cancel, made_at, started_at,
  ended_at
FROM job WHERE county = ?1 AND state IN ('queued', 'running')
ORDER BY CASE state WHEN 'running' THEN 0 ELSE 1 END, id LIMIT 1;

-- name: job_start
UPDATE job SET state = 'running', started_at = coalesce(started_at, ?3)
WHERE county = ?1 AND id = ?2 AND state IN ('queued', 'running');

-- name: job_progress
UPDATE job SET done = ?3, total = ?4 WHERE county = ?1 AND id = ?2 AND state = 'running'
RETURNING cancel;

-- name: job_cancel_queued
UPDATE job SET state = 'cancelled', cancel = 1, ended_at = ?3
WHERE county = ?1 AND id = ?2 AND state = 'queued';

-- name: job_cancel_running
UPDATE job SET cancel = 1 WHERE county = ?1 AND id = ?2 AND state = 'running';

-- name: job_end
UPDATE job SET state = ?3, result = ?4, message = ?5, ended_at = ?6
WHERE county = ?1 AND id = ?2 AND state = 'running';
