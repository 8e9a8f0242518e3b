-- name: stage_person_make
-- A chunk of rows of a residents' file on its way in.
CREATE TEMP TABLE IF NOT EXISTS stage_person (
  id BIGINT NOT NULL, token BYTEA NOT NULL, doc_kind TEXT NOT NULL, doc_seal BYTEA NOT NULL,
  name TEXT NOT NULL, sex BIGINT NOT NULL, birth BIGINT NOT NULL, nation TEXT, phone_seal BYTEA,
  household TEXT, relation TEXT, village BIGINT NOT NULL, town BIGINT NOT NULL,
  register BIGINT NOT NULL, resident BIGINT NOT NULL, died_on BIGINT);

-- name: stage_person_clear
DELETE FROM stage_person;

-- bulk: stage_person_add
INSERT INTO stage_person (id, token, doc_kind, doc_seal, name, sex, birth, nation, phone_seal,
  household, relation, village, town, register, resident, died_on)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);

-- name: person_add_staged
-- Those of the chunk whose document is not known yet.
INSERT INTO person (county, id, token, doc_kind, doc_seal, name, sex, birth, nation, phone_seal,
  household, relation, village, town, register, resident, died_on, audit)
SELECT ?1, id, token, doc_kind, doc_seal, name, sex, birth, nation, phone_seal,
  household, relation, village, town, register, resident, died_on, ?2
FROM stage_person WHERE true ORDER BY id
ON CONFLICT (county, token) DO NOTHING;

-- name: person_staged_known
-- Those whose document was known before this chunk, as they are stored.
SELECT s.id, p.id, p.doc_kind, p.name, p.sex, p.birth, p.nation, p.phone_seal, p.household,
  p.relation, p.village, p.town, p.register, p.resident, p.died_on
FROM stage_person s JOIN person p ON p.county = ?1 AND p.token = s.token
WHERE p.id <> s.id;

-- name: person_change
UPDATE person SET doc_kind = ?3, name = ?4, sex = ?5, birth = ?6, nation = ?7, phone_seal = ?8,
  household = ?9, relation = ?10, village = ?11, town = ?12, register = ?13, resident = ?14,
  died_on = ?15, audit = ?16
WHERE county = ?1 AND id = ?2;

-- name: person_history_add
INSERT INTO person_history (county, person, audit, field, was, became)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: household_add_staged
INSERT INTO household (county, number, village, audit)
SELECT ?1, household, min(village), ?2 FROM stage_person WHERE household IS NOT NULL
GROUP BY household
ON CONFLICT (county, number) DO NOTHING;

-- name: person_by_token
SELECT id, name, doc_kind, sex, birth, nation, household, relation, village, town, register,
  resident, died_on, doc_seal
FROM person WHERE county = ?1 AND token = ?2;

-- name: person_last
SELECT coalesce(max(id), 0) FROM person WHERE county = ?1;
