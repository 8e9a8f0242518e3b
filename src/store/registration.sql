-- Who asks to be taken into the register: newborns by their guardians, and others (LB-07, LB-26).

-- name: registration_add
INSERT INTO registration (county, id, code, kind, state, guardian, token, doc_kind, doc_seal, name, sex,
  birth, village, town, registered, phone_seal, asked_at, audit)
VALUES (?1, ?2, ?3, ?4, 'asked', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17);

-- name: registration_waiting
-- Does one of this document and name wait already?
SELECT name FROM registration /*sqlite INDEXED BY registration_token*/ WHERE county = ?1 AND token = ?2 AND state = 'asked' ORDER BY id LIMIT 20;

-- name: registration_by_code
SELECT id, code, kind, state, name, birth, registered, asked_at, decided_at, reason
FROM registration WHERE county = ?1 AND code = ?2;

-- name: registration_of_person
-- Those a person asked for as guardian, and the person's own.
SELECT id, code, kind, state, name, birth, registered, asked_at, decided_at, reason
FROM registration /*sqlite INDEXED BY registration_guardian*/ WHERE county = ?1 AND guardian = ?2
UNION ALL
SELECT id, code, kind, state, name, birth, registered, asked_at, decided_at, reason
FROM registration /*sqlite INDEXED BY registration_person*/ WHERE county = ?1 AND person = ?2
ORDER BY id;

-- name: registration_in_area
-- Those of a town or village (0: the county), oldest first, with the names of places and guardian, and
-- whether the document stands in the register already.
SELECT r.id, r.kind, r.state, r.name, r.doc_seal, r.sex, r.birth, t.name, v.name, r.registered, g.name,
  r.asked_at, r.decided_at, r.decided_by, r.reason, r.person, k.id
FROM registration r
LEFT JOIN division t ON t.county = r.county AND t.code = r.town
LEFT JOIN division v ON v.county = r.county AND v.code = r.village
LEFT JOIN person g ON g.county = r.county AND g.id = r.guardian
LEFT JOIN person k ON k.county = r.county AND k.token = r.token
WHERE r.county = ?1 AND (CAST(?2 AS BIGINT) = 0 OR r.town = ?2 OR r.village = ?2)
  AND (?3 = '' OR r.state = ?3) AND r.id > ?4 ORDER BY r.id LIMIT ?5;

-- name: registration_for_decision
SELECT r.state, r.guardian, r.token, r.doc_kind, r.doc_seal, r.name, r.sex, r.birth, r.village, r.town,
  r.registered, r.phone_seal, g.household
FROM registration r LEFT JOIN person g ON g.county = r.county AND g.id = r.guardian
WHERE r.county = ?1 AND r.id = ?2 AND (CAST(?3 AS BIGINT) = 0 OR r.town = ?3 OR r.village = ?3);

-- name: registration_decide
UPDATE registration SET state = ?3, decided_at = ?4, decided_by = ?5, reason = ?6, person = ?7, audit = ?8
WHERE county = ?1 AND id = ?2 AND state = 'asked';
