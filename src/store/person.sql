-- bulk: person_add
INSERT INTO person (county, id, token, doc_kind, doc_seal, name, sex, birth, nation, phone_seal,
  household, relation, village, town, register, resident, died_on, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18);

-- name: person_staged_known
-- Those whose document (stage_token) is known, as they are stored.
SELECT p.token, p.id, p.doc_kind, p.name, p.sex, p.birth, p.nation, p.phone_seal, p.household,
  p.relation, p.village, p.town, p.register, p.resident, p.died_on
FROM stage_token k CROSS JOIN person p WHERE p.county = ?1 AND p.token = k.token;

-- name: person_staged_known engine: pg
-- reason: held to a look-up by key for each one staged (dossier.sql)
SELECT y.token, y.id, y.doc_kind, y.name, y.sex, y.birth, y.nation, y.phone_seal, y.household,
  y.relation, y.village, y.town, y.register, y.resident, y.died_on
FROM stage_token k CROSS JOIN LATERAL (
  SELECT * FROM person WHERE county = ?1 AND token = k.token OFFSET 0) y;

-- name: person_change
UPDATE person SET doc_kind = ?3, name = ?4, sex = ?5, birth = ?6, nation = ?7, phone_seal = ?8,
  household = ?9, relation = ?10, village = ?11, town = ?12, register = ?13, resident = ?14,
  died_on = ?15, audit = ?16
WHERE county = ?1 AND id = ?2;

-- name: person_history_add
INSERT INTO person_history (county, person, audit, field, was, became)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: stage_household_make
-- Households a chunk of rows names.
CREATE TEMP TABLE IF NOT EXISTS stage_household (number TEXT NOT NULL, village BIGINT NOT NULL);

-- name: stage_household_clear
DELETE FROM stage_household;

-- name: stage_household_clear engine: pg
-- reason: rows deleted in this transaction would stay in the way of every later scan
TRUNCATE stage_household;

-- bulk: stage_household_add
INSERT INTO stage_household (number, village) VALUES (?1, ?2);

-- name: household_add_staged
INSERT INTO household (county, number, village, audit)
SELECT ?1, number, min(village), ?2 FROM stage_household GROUP BY number
ON CONFLICT (county, number) DO NOTHING;

-- name: person_by_token
SELECT id, name, doc_kind, sex, birth, nation, household, relation, village, town, register,
  resident, died_on, doc_seal
FROM person WHERE county = ?1 AND token = ?2;

-- name: person_last
SELECT coalesce(max(id), 0) FROM person WHERE county = ?1;
