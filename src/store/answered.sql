-- SPDX-License-Identifier: Apache-2.0
-- What was answered to an Idempotency-Key; status 0: it is being worked on.

-- name: answered_reserve
INSERT INTO answered (county, caller, idem_key, digest, status, body, at)
VALUES (?1, ?2, ?3, ?4, 0, '', ?5)
ON CONFLICT (county, caller, idem_key) DO NOTHING;

-- name: answered_get
SELECT digest, status, body, at FROM answered WHERE county = ?1 AND caller = ?2 AND idem_key = ?3;

-- name: answered_take_over
-- A reservation whose server died: only one of those who notice gets it.
UPDATE answered SET at = ?5
WHERE county = ?1 AND caller = ?2 AND idem_key = ?3 AND status = 0 AND at = ?4;

-- name: answered_put
UPDATE answered SET status = ?4, body = ?5
WHERE county = ?1 AND caller = ?2 AND idem_key = ?3 AND status = 0;

-- name: answered_drop
DELETE FROM answered WHERE county = ?1 AND caller = ?2 AND idem_key = ?3 AND status = 0;

-- name: answered_sweep
-- A few at a time, so that nobody waits behind it.
DELETE FROM answered WHERE county = ?1 AND (caller, idem_key) IN
  (SELECT caller, idem_key FROM answered WHERE county = ?1 AND at < ?2 ORDER BY at LIMIT 500);
