-- SPDX-License-Identifier: Apache-2.0
-- Looking residents up.  ?1 to ?6 are the caller's scope (scope.h).

-- name: person_within
SELECT p.id, p.name, p.doc_kind, p.sex, p.birth, p.nation, p.household, p.relation, p.village, p.town, p.register,
  p.resident, p.died_on, p.doc_seal, p.token, p.phone_seal
FROM person p WHERE p.county = ?1 AND p.id = ?7
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = '';

-- name: search_token_within
SELECT p.id, p.name, p.doc_seal, p.household, t.name, v.name, p.sex, p.birth, p.died_on, p.register, p.resident,
  e.person, b.state, r.reason
FROM person p
LEFT JOIN division t ON t.county = p.county AND t.code = p.town
LEFT JOIN division v ON v.county = p.county AND v.code = p.village
LEFT JOIN enrolment e ON e.county = p.county AND e.benefit_year = ?8 AND e.person = p.id AND e.ended = 0
LEFT JOIN bill b ON b.county = p.county AND b.policy = ?7 AND b.person = p.id
LEFT JOIN refusal r ON r.county = p.county AND r.policy = ?7 AND r.person = p.id
WHERE p.county = ?1 AND p.token = ?9
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = '';

-- name: search_name_bound
-- The name behind so many others of a range: as far as one search goes.
SELECT name FROM person WHERE county = ?1 AND name >= ?2 AND name <= ?3 ORDER BY name, id LIMIT 1 OFFSET ?4;

-- name: search_name_within
-- By the index on names; the bounds are the name itself, or a prefix and what stands behind it.
SELECT p.id, p.name, p.doc_seal, p.household, t.name, v.name, p.sex, p.birth, p.died_on, p.register, p.resident,
  e.person, b.state, r.reason
FROM person p /*sqlite INDEXED BY person_name*/
LEFT JOIN division t ON t.county = p.county AND t.code = p.town
LEFT JOIN division v ON v.county = p.county AND v.code = p.village
LEFT JOIN enrolment e ON e.county = p.county AND e.benefit_year = ?8 AND e.person = p.id AND e.ended = 0
LEFT JOIN bill b ON b.county = p.county AND b.policy = ?7 AND b.person = p.id
LEFT JOIN refusal r ON r.county = p.county AND r.policy = ?7 AND r.person = p.id
WHERE p.county = ?1 AND p.name >= ?9 AND p.name <= ?10
  AND (CAST(?11 AS BIGINT) = 0 OR p.town = ?11 OR p.village = ?11)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = ''
ORDER BY p.name, p.id LIMIT ?12;
