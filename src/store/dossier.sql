-- name: stage_key_make
-- The persons (and payment serials) a chunk of work is about.
CREATE TEMP TABLE IF NOT EXISTS stage_key (
  seq BIGINT NOT NULL PRIMARY KEY, token BYTEA, person BIGINT, serial TEXT) /*sqlite WITHOUT ROWID*/;

-- name: stage_key_clear
DELETE FROM stage_key;

-- bulk: stage_key_add
INSERT INTO stage_key (seq, token, person, serial) VALUES (?1, ?2, ?3, ?4);

-- name: stage_key_range
-- A range of persons, by id.
INSERT INTO stage_key (seq, person, token)
SELECT id, id, token FROM person WHERE county = ?1 AND id > ?2 AND id <= ?3;

-- name: stage_key_resolve
UPDATE stage_key SET person =
  (SELECT p.id FROM person p WHERE p.county = ?1 AND p.token = stage_key.token)
WHERE person IS NULL AND token IS NOT NULL;

-- name: stage_key_token
-- Those that came by person (a bill number): their document's token.
UPDATE stage_key SET token =
  (SELECT p.token FROM person p WHERE p.county = ?1 AND p.id = stage_key.person)
WHERE token IS NULL AND person IS NOT NULL;

-- name: dossier_person
-- What the rules ask about each person of the chunk, with the bill and enrolment that stand.
SELECT k.seq, p.id, p.birth, p.register, p.resident, p.doc_kind, p.died_on, p.town, p.village, p.token,
  st.level, st.local,
  b.state, b.route, b.category, b.standard_fen, b.subsidy_fen, b.payable_fen, b.payer, b.fund, b.version,
  r.reason, e.policy, e.personal_fen, e.category, e.town, e.village, e.enrolled_on, e.standard_fen
FROM stage_key k
JOIN person p ON p.county = ?1 AND p.id = k.person
LEFT JOIN student st ON st.county = ?1 AND st.person = k.person
LEFT JOIN bill b ON b.county = ?1 AND b.policy = ?2 AND b.person = k.person
LEFT JOIN refusal r ON r.county = ?1 AND r.policy = ?2 AND r.person = k.person
LEFT JOIN enrolment e ON e.county = ?1 AND e.benefit_year = ?3 AND e.person = k.person AND e.ended = 0
ORDER BY k.seq;

-- name: dossier_membership
SELECT k.seq, m.category, m.certified, m.ended, m.department
FROM stage_key k JOIN membership m ON m.county = ?1 AND m.person = k.person
ORDER BY k.seq, m.category, m.certified;

-- name: dossier_coverage
SELECT k.seq, c.scheme, c.since, c.ended, c.months
FROM stage_key k JOIN coverage c ON c.county = ?1 AND c.person = k.person
ORDER BY k.seq, c.scheme, c.since;

-- name: dossier_circumstance
SELECT k.seq, c.kind, c.happened, c.months
FROM stage_key k JOIN circumstance c ON c.county = ?1 AND c.person = k.person
ORDER BY k.seq, c.kind, c.happened;

-- name: dossier_serial
-- Serials of the chunk that were taken before.
SELECT k.seq, y.id, y.fen, y.paid_at, y.payer_ref, y.state
FROM stage_key k JOIN payment y ON y.county = ?1 AND y.channel = ?2 AND y.serial = k.serial
ORDER BY k.seq;
