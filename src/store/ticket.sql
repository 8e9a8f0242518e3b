-- Residents' data obstacles (LB-54) until they are answered.

-- name: ticket_add
INSERT INTO ticket (county, id, code, kind, state, person, town, words, phone_seal, opened_at, due_at, audit)
VALUES (?1, ?2, ?3, ?4, 'open', ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: ticket_by_code
SELECT id, code, kind, state, words, opened_at, due_at, answer, answered_at FROM ticket
WHERE county = ?1 AND code = ?2;

-- name: ticket_of_person
SELECT id, code, kind, state, words, opened_at, due_at, answer, answered_at
FROM ticket /*sqlite INDEXED BY ticket_person*/ WHERE county = ?1 AND person = ?2 ORDER BY id;

-- name: ticket_in_area
-- Those of a town or village (0: the county), the most urgent first; one without a town or a person is
-- everybody's of the county.
SELECT t.id, t.kind, t.state, t.words, d.name, t.person, p.name, t.phone_seal, t.opened_at, t.due_at,
  t.answer, t.answered_at, t.answered_by
FROM ticket t
LEFT JOIN person p ON p.county = t.county AND p.id = t.person
LEFT JOIN division d ON d.county = t.county AND d.code = t.town
WHERE t.county = ?1 AND (CAST(?2 AS BIGINT) = 0 OR t.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR t.state = ?3) AND (t.due_at > ?4 OR (t.due_at = ?4 AND t.id > ?5))
ORDER BY t.due_at, t.id LIMIT ?6;

-- name: ticket_one_in_area
SELECT t.id, t.kind, t.state, t.words, d.name, t.person, p.name, t.phone_seal, t.opened_at, t.due_at,
  t.answer, t.answered_at, t.answered_by
FROM ticket t
LEFT JOIN person p ON p.county = t.county AND p.id = t.person
LEFT JOIN division d ON d.county = t.county AND d.code = t.town
WHERE t.county = ?1 AND t.id = ?3 AND (CAST(?2 AS BIGINT) = 0 OR t.town = ?2 OR p.village = ?2);

-- name: ticket_answer
UPDATE ticket SET state = ?3, answer = ?4, answered_at = ?5, answered_by = ?6, audit = ?7
WHERE county = ?1 AND id = ?2 AND state <> 'closed';
