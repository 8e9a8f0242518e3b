-- SPDX-License-Identifier: Apache-2.0
-- What waits for somebody: counts by index, never a scan.  A division of 0 is the county.

-- name: desk_registrations
SELECT count(*) FROM registration g
WHERE g.county = ?1 AND g.state = 'asked' AND (CAST(?2 AS BIGINT) = 0 OR g.town = ?2 OR g.village = ?2);

-- name: desk_tickets
-- Open ones, and those past their day.
SELECT count(*), coalesce(sum(CASE WHEN k.due_at < ?3 THEN 1 ELSE 0 END), 0)
FROM ticket k
LEFT JOIN person p ON p.county = k.county AND p.id = k.person
WHERE k.county = ?1 AND k.state = 'open' AND (CAST(?2 AS BIGINT) = 0 OR k.town = ?2 OR p.village = ?2);

-- name: desk_exports
-- Asked for by others.
SELECT count(*) FROM export x
WHERE x.county = ?1 AND x.state = 'asked' AND x.asked_by <> ?3 AND (CAST(?2 AS BIGINT) = 0 OR x.town = ?2);

-- name: desk_accounts
SELECT count(*) FROM account WHERE county = ?1 AND state = 'asked' AND asked_by <> ?2;

-- name: desk_jobs
-- Failed since an instant; of one account, or (0) of all.
SELECT count(*) FROM job
WHERE county = ?1 AND state = 'failed' AND ended_at >= ?2 AND (CAST(?3 AS BIGINT) = 0 OR account = ?3);
