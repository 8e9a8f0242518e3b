-- SPDX-License-Identifier: Apache-2.0
-- Accounts and their sessions.

-- name: account_insert
INSERT INTO account (county, id, login, name, staff_no, role, division, unit, state, password, must_change,
  changed_at, subject, asked_by, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);

-- name: account_update
-- All that may change of an account.
UPDATE account SET name = ?3, staff_no = ?4, role = ?5, division = ?6, unit = ?7, state = ?8, password = ?9,
  must_change = ?10, changed_at = ?11, totp_seal = ?12, totp_new = ?13, totp_last = ?14, failures = ?15,
  code_failures = ?16, locked_until = ?17, subject = ?18, audit = ?19
WHERE county = ?1 AND id = ?2;

-- name: account_by_id
SELECT id, login, name, staff_no, role, division, unit, state, password, must_change, changed_at, totp_seal,
  totp_new, totp_last, failures, code_failures, locked_until, subject, asked_by, audit
FROM account WHERE county = ?1 AND id = ?2;

-- name: account_by_login
SELECT id, login, name, staff_no, role, division, unit, state, password, must_change, changed_at, totp_seal,
  totp_new, totp_last, failures, code_failures, locked_until, subject, asked_by, audit
FROM account WHERE county = ?1 AND login = ?2;

-- name: account_by_subject
-- Who an identity provider means.
SELECT id, login, name, staff_no, role, division, unit, state, password, must_change, changed_at, totp_seal,
  totp_new, totp_last, failures, code_failures, locked_until, subject, asked_by, audit
FROM account WHERE county = ?1 AND subject = ?2 AND state <> 'closed' ORDER BY id LIMIT 1;

-- name: account_page
-- turned: account_page_last
-- By login between two; empty role or state: all.
SELECT id, login, name, staff_no, role, division, unit, state, password, must_change, changed_at, totp_seal,
  totp_new, totp_last, failures, code_failures, locked_until, subject, asked_by, audit
FROM account
WHERE county = ?1 AND login > ?2 AND login < ?6 AND (?3 = '' OR role = ?3) AND (?4 = '' OR state = ?4)
ORDER BY login LIMIT ?5;

-- name: account_of_staff
-- The roles one human being has been given or is to be given.
SELECT id, role FROM account WHERE county = ?1 AND staff_no = ?2 AND state <> 'closed' ORDER BY id;

-- name: account_active_count
SELECT COUNT(*) FROM account WHERE county = ?1 AND role = ?2 AND state = 'active';

-- name: account_kind_count
-- Open accounts made for a demonstration (asked_by -1) and all others.
SELECT COALESCE(SUM(CASE WHEN asked_by = -1 THEN 1 ELSE 0 END), 0),
  COALESCE(SUM(CASE WHEN asked_by <> -1 THEN 1 ELSE 0 END), 0)
FROM account WHERE county = ?1 AND state <> 'closed';

-- name: school_first
-- A school that has students: the demonstration's school account is its.
SELECT school FROM student WHERE county = ?1 AND school IS NOT NULL ORDER BY school LIMIT 1;

-- name: village_crowds
-- Where most people are counted: the demonstration's towns and villages are theirs.
SELECT town, village FROM person WHERE county = ?1 AND village <> town
GROUP BY town, village ORDER BY COUNT(*) DESC, village LIMIT ?2;

-- name: session_insert
INSERT INTO session (county, digest, account, made_at, seen_at, strong_at) VALUES (?1, ?2, ?3, ?4, ?4, ?5);

-- name: session_by_digest
-- The session with what the door needs of its account, in one read.
SELECT s.account, s.made_at, s.seen_at, s.strong_at, a.login, a.name, a.role, a.division, a.unit, a.must_change,
  a.changed_at, a.totp_seal IS NOT NULL
FROM session s JOIN account a ON a.county = s.county AND a.id = s.account
WHERE s.county = ?1 AND s.digest = ?2 AND a.state = 'active';

-- name: session_seen
UPDATE session SET seen_at = ?3 WHERE county = ?1 AND digest = ?2 AND seen_at < ?3;

-- name: session_strong
UPDATE session SET strong_at = ?3 WHERE county = ?1 AND digest = ?2;

-- name: session_delete
DELETE FROM session WHERE county = ?1 AND digest = ?2;

-- name: session_delete_account
DELETE FROM session WHERE county = ?1 AND account = ?2;

-- name: session_delete_over
-- Idle since before ?2, or made before ?3.
DELETE FROM session WHERE county = ?1 AND (seen_at < ?2 OR made_at < ?3);

-- name: session_delete_others
-- All sessions of an account but one.
DELETE FROM session WHERE county = ?1 AND account = ?2 AND digest <> ?3;
