-- Whom a chunk of work is about, each once: by document, by person, by a channel's serial.
--
-- PostgreSQL plans by statistics that it does not have while an act fills its tables, and would read all of
-- a large table for every chunk.  So its variants are fenced (LATERAL … OFFSET 0): for each one staged, a
-- look-up by the whole of a unique key, which no estimate can make dear.

-- name: stage_token_make
CREATE TEMP TABLE IF NOT EXISTS stage_token (
  token BYTEA NOT NULL /*sqlite PRIMARY KEY*/) /*sqlite WITHOUT ROWID*/;

-- name: stage_token_clear
DELETE FROM stage_token;

-- name: stage_token_clear engine: pg
-- reason: rows deleted in this transaction would stay in the way of every later scan
TRUNCATE stage_token;

-- bulk: stage_token_add
INSERT INTO stage_token (token) VALUES (?1);

-- name: stage_who_make
CREATE TEMP TABLE IF NOT EXISTS stage_who (
  person BIGINT NOT NULL /*sqlite PRIMARY KEY*/) /*sqlite WITHOUT ROWID*/;

-- name: stage_who_clear
DELETE FROM stage_who;

-- name: stage_who_clear engine: pg
-- reason: rows deleted in this transaction would stay in the way of every later scan
TRUNCATE stage_who;

-- bulk: stage_who_add
INSERT INTO stage_who (person) VALUES (?1);

-- name: stage_serial_make
CREATE TEMP TABLE IF NOT EXISTS stage_serial (
  serial TEXT NOT NULL /*sqlite PRIMARY KEY*/) /*sqlite WITHOUT ROWID*/;

-- name: stage_serial_clear
DELETE FROM stage_serial;

-- name: stage_serial_clear engine: pg
-- reason: rows deleted in this transaction would stay in the way of every later scan
TRUNCATE stage_serial;

-- bulk: stage_serial_add
INSERT INTO stage_serial (serial) VALUES (?1);

-- name: dossier_token_staged
-- The persons of staged documents, as dossier_person_staged reads them; in order of ids, which is that
-- of the table's pages.
SELECT id, birth, register, resident, doc_kind, died_on, town, village, token, name
FROM person WHERE county = ?1 AND id IN (
  SELECT p.id FROM stage_token k CROSS JOIN person p WHERE p.county = ?1 AND p.token = k.token);

-- name: dossier_token_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_token k CROSS JOIN LATERAL (
  SELECT id, birth, register, resident, doc_kind, died_on, town, village, token, name
  FROM person WHERE county = ?1 AND token = k.token OFFSET 0) y;

-- name: dossier_token
SELECT id, birth, register, resident, doc_kind, died_on, town, village, token, name
FROM person WHERE county = ?1 AND token = ?2;

-- name: token_elsewhere_staged
-- Those of the staged documents that are enrolled in another county this benefit year.
SELECT token, county
FROM enrolled_anywhere WHERE county <> ?1 AND benefit_year = ?2
AND token IN (SELECT token FROM stage_token);

-- name: token_elsewhere_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_token k CROSS JOIN LATERAL (
  SELECT token, county
  FROM enrolled_anywhere WHERE county <> ?1 AND benefit_year = ?2 AND token = k.token OFFSET 0) y;

-- name: token_elsewhere
SELECT token, county FROM enrolled_anywhere WHERE county <> ?1 AND benefit_year = ?2 AND token = ?3;

-- name: serial_payment_staged
-- Serials that were taken before.
SELECT y.serial, y.id, y.fen, y.paid_at, y.payer_ref, y.state FROM stage_serial k CROSS JOIN payment y
WHERE y.county = ?1 AND y.channel = ?2 AND y.serial = k.serial;

-- name: serial_payment_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_serial k CROSS JOIN LATERAL (
  SELECT serial, id, fen, paid_at, payer_ref, state FROM payment
  WHERE county = ?1 AND channel = ?2 AND serial = k.serial OFFSET 0) y;

-- name: serial_payment
SELECT serial, id, fen, paid_at, payer_ref, state FROM payment
WHERE county = ?1 AND channel = ?2 AND serial = ?3;

-- What the rules ask about persons: each question once for those staged, once for a range of ids.

-- name: dossier_person_staged
SELECT id, birth, register, resident, doc_kind, died_on, town, village, token, name
FROM person WHERE county = ?1
AND id IN (SELECT person FROM stage_who);

-- name: dossier_person_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_who k CROSS JOIN LATERAL (
  SELECT id, birth, register, resident, doc_kind, died_on, town, village, token, name
  FROM person WHERE county = ?1 AND id = k.person OFFSET 0) y;

-- name: dossier_person_range
SELECT id, birth, register, resident, doc_kind, died_on, town, village, token, name
FROM person WHERE county = ?1 AND id > ?2 AND id <= ?3
ORDER BY id;

-- name: dossier_student_staged
SELECT person, level, local
FROM student WHERE county = ?1
AND person IN (SELECT person FROM stage_who);

-- name: dossier_student_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_who k CROSS JOIN LATERAL (
  SELECT person, level, local
  FROM student WHERE county = ?1 AND person = k.person OFFSET 0) y;

-- name: dossier_student_range
SELECT person, level, local
FROM student WHERE county = ?1 AND person > ?2 AND person <= ?3
ORDER BY person;

-- name: dossier_bill_staged
SELECT person, state, route, category, standard_fen, subsidy_fen, payable_fen, payer, fund, version
FROM bill WHERE county = ?1 AND policy = ?2
AND person IN (SELECT person FROM stage_who);

-- name: dossier_bill_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_who k CROSS JOIN LATERAL (
  SELECT person, state, route, category, standard_fen, subsidy_fen, payable_fen, payer, fund, version
  FROM bill WHERE county = ?1 AND policy = ?2 AND person = k.person OFFSET 0) y;

-- name: dossier_bill_range
SELECT person, state, route, category, standard_fen, subsidy_fen, payable_fen, payer, fund, version
FROM bill WHERE county = ?1 AND person > ?2 AND person <= ?3 AND policy = ?4
ORDER BY person;

-- name: dossier_refusal_staged
SELECT person, reason
FROM refusal WHERE county = ?1 AND policy = ?2
AND person IN (SELECT person FROM stage_who);

-- name: dossier_refusal_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_who k CROSS JOIN LATERAL (
  SELECT person, reason
  FROM refusal WHERE county = ?1 AND policy = ?2 AND person = k.person OFFSET 0) y;

-- name: dossier_refusal_range
SELECT person, reason
FROM refusal WHERE county = ?1 AND person > ?2 AND person <= ?3 AND policy = ?4
ORDER BY person;

-- name: dossier_enrolment_staged
SELECT person, policy, personal_fen, category, town, village, enrolled_on, standard_fen
FROM enrolment WHERE county = ?1 AND benefit_year = ?2 AND ended = 0
AND person IN (SELECT person FROM stage_who);

-- name: dossier_enrolment_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_who k CROSS JOIN LATERAL (
  SELECT person, policy, personal_fen, category, town, village, enrolled_on, standard_fen
  FROM enrolment WHERE county = ?1 AND benefit_year = ?2 AND ended = 0 AND person = k.person OFFSET 0) y;

-- name: dossier_enrolment_range
SELECT person, policy, personal_fen, category, town, village, enrolled_on, standard_fen
FROM enrolment WHERE county = ?1 AND person > ?2 AND person <= ?3 AND benefit_year = ?4 AND ended = 0
ORDER BY person;

-- name: dossier_membership_staged
SELECT person, category, certified, ended, department
FROM membership WHERE county = ?1
AND person IN (SELECT person FROM stage_who)
ORDER BY person, category, certified;

-- name: dossier_membership_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_who k CROSS JOIN LATERAL (
  SELECT person, category, certified, ended, department
  FROM membership WHERE county = ?1 AND person = k.person OFFSET 0) y
ORDER BY y.person, y.category, y.certified;

-- name: dossier_membership_range
SELECT person, category, certified, ended, department
FROM membership WHERE county = ?1 AND person > ?2 AND person <= ?3
ORDER BY person, category, certified;

-- name: dossier_coverage_staged
SELECT person, scheme, since, ended, months
FROM coverage WHERE county = ?1
AND person IN (SELECT person FROM stage_who)
ORDER BY person, scheme, since;

-- name: dossier_coverage_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_who k CROSS JOIN LATERAL (
  SELECT person, scheme, since, ended, months
  FROM coverage WHERE county = ?1 AND person = k.person OFFSET 0) y
ORDER BY y.person, y.scheme, y.since;

-- name: dossier_coverage_range
SELECT person, scheme, since, ended, months
FROM coverage WHERE county = ?1 AND person > ?2 AND person <= ?3
ORDER BY person, scheme, since;

-- name: dossier_circumstance_staged
SELECT person, kind, happened, months
FROM circumstance WHERE county = ?1
AND person IN (SELECT person FROM stage_who)
ORDER BY person, kind, happened;

-- name: dossier_circumstance_staged engine: pg
-- reason: held to a look-up by key for each one staged
SELECT y.* FROM stage_who k CROSS JOIN LATERAL (
  SELECT person, kind, happened, months
  FROM circumstance WHERE county = ?1 AND person = k.person OFFSET 0) y
ORDER BY y.person, y.kind, y.happened;

-- name: dossier_circumstance_range
SELECT person, kind, happened, months
FROM circumstance WHERE county = ?1 AND person > ?2 AND person <= ?3
ORDER BY person, kind, happened;
