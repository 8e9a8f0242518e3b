-- name: progress_by_town
-- Counts by town up to a day and on the day itself.  Adds up the tallies: villages x days, never persons.
SELECT town, sum(enrolled), sum(CASE WHEN day = ?3 THEN enrolled ELSE 0 END), sum(online), sum(funded),
  sum(personal_fen), sum(subsidy_fen)
FROM tally WHERE county = ?1 AND policy = ?2 AND day <= ?3
GROUP BY town ORDER BY town;

-- name: progress_by_village
-- The same for the villages of one town.
SELECT village, sum(enrolled), sum(CASE WHEN day = ?3 THEN enrolled ELSE 0 END), sum(online), sum(funded),
  sum(personal_fen), sum(subsidy_fen)
FROM tally WHERE county = ?1 AND policy = ?2 AND day <= ?3 AND town = ?4
GROUP BY village ORDER BY village;

-- name: progress_by_day
SELECT day, sum(enrolled), sum(online), sum(funded), sum(personal_fen), sum(subsidy_fen)
FROM tally WHERE county = ?1 AND policy = ?2 AND day <= ?3 AND (CAST(?4 AS BIGINT) = 0 OR town = ?4)
GROUP BY day ORDER BY day;

-- name: employees_by_town
-- People in employee insurance on a day, for rates that count both schemes (SQ-01).
SELECT p.town, count(DISTINCT p.id)
FROM coverage c JOIN person p ON p.county = c.county AND p.id = c.person
WHERE c.county = ?1 AND c.scheme = '310' AND c.since <= ?2 AND (c.ended IS NULL OR c.ended > ?2)
  AND p.died_on IS NULL
GROUP BY p.town ORDER BY p.town;

-- name: unenrolled_of_village
-- Living people of a village without cover on a day: neither enrolled here nor in employee insurance.
-- Those of no household come first on both engines.
SELECT p.id, p.name, p.doc_seal, p.sex, p.birth, p.town, p.village, p.household, b.state, b.payable_fen,
  b.category, r.reason
FROM person p /*sqlite INDEXED BY person_household*/
LEFT JOIN enrolment e ON e.county = p.county AND e.benefit_year = ?4 AND e.person = p.id AND e.ended = 0
  AND e.enrolled_on <= ?5
LEFT JOIN bill b ON b.county = p.county AND b.policy = ?3 AND b.person = p.id
LEFT JOIN refusal r ON r.county = p.county AND r.policy = ?3 AND r.person = p.id
WHERE p.county = ?1 AND p.village = ?2 AND p.died_on IS NULL AND e.person IS NULL
  AND NOT EXISTS (SELECT 1 FROM coverage c WHERE c.county = p.county AND c.person = p.id
    AND c.since <= ?5 AND (c.ended IS NULL OR c.ended > ?5))
ORDER BY coalesce(p.household, ''), p.id;

-- name: missing_page_within
-- The same, for who may see only some of them, going on behind a household and a person.
SELECT p.id, p.name, p.doc_seal, p.sex, p.birth, p.town, p.village, p.household, b.state, b.payable_fen,
  b.category, r.reason
FROM person p /*sqlite INDEXED BY person_household*/
LEFT JOIN enrolment e ON e.county = p.county AND e.benefit_year = ?9 AND e.person = p.id AND e.ended = 0
  AND e.enrolled_on <= ?10
LEFT JOIN bill b ON b.county = p.county AND b.policy = ?8 AND b.person = p.id
LEFT JOIN refusal r ON r.county = p.county AND r.policy = ?8 AND r.person = p.id
WHERE p.county = ?1 AND p.village = ?7 AND p.died_on IS NULL AND e.person IS NULL
  AND NOT EXISTS (SELECT 1 FROM coverage c WHERE c.county = p.county AND c.person = p.id
    AND c.since <= ?10 AND (c.ended IS NULL OR c.ended > ?10))
  AND (coalesce(p.household, ''), p.id) > (?11, ?12)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = ''
ORDER BY coalesce(p.household, ''), p.id;

-- name: membership_on
SELECT DISTINCT category FROM membership
WHERE county = ?1 AND person = ?2 AND certified <= ?3 AND (ended IS NULL OR ended > ?3) ORDER BY category;

-- name: division_known
SELECT 1 FROM division WHERE county = ?1 AND code = ?2;

-- name: special_page
-- Everybody with an active membership, with what cover they have on a day.
SELECT m.category, p.id, p.name, p.doc_seal, p.town, p.village, p.household, e.person,
  (SELECT count(*) FROM coverage c WHERE c.county = m.county AND c.person = m.person
    AND c.since <= ?4 AND (c.ended IS NULL OR c.ended > ?4)), r.reason, p.died_on, b.payable_fen
FROM membership m
JOIN person p ON p.county = m.county AND p.id = m.person
LEFT JOIN enrolment e ON e.county = m.county AND e.benefit_year = ?5 AND e.person = m.person AND e.ended = 0
  AND e.enrolled_on <= ?4
LEFT JOIN refusal r ON r.county = m.county AND r.policy = ?6 AND r.person = m.person
LEFT JOIN bill b ON b.county = m.county AND b.policy = ?6 AND b.person = m.person
WHERE m.county = ?1 AND m.person > ?2 AND m.person <= ?3
  AND m.certified <= ?4 AND (m.ended IS NULL OR m.ended > ?4)
ORDER BY m.person, m.category;

-- name: special_by_village
-- Sums over all memberships: a scan, which dashboards keep for a minute (acts/recent.h).
SELECT p.town, p.village, m.category, count(*), count(e.person),
  sum(CASE WHEN e.person IS NULL AND EXISTS (SELECT 1 FROM coverage c WHERE c.county = m.county
    AND c.person = m.person AND c.since <= ?2 AND (c.ended IS NULL OR c.ended > ?2)) THEN 1 ELSE 0 END)
FROM membership m
JOIN person p ON p.county = m.county AND p.id = m.person
LEFT JOIN enrolment e ON e.county = m.county AND e.benefit_year = ?3 AND e.person = m.person AND e.ended = 0
  AND e.enrolled_on <= ?2
WHERE m.county = ?1 AND m.certified <= ?2 AND (m.ended IS NULL OR m.ended > ?2) AND p.died_on IS NULL
GROUP BY p.town, p.village, m.category ORDER BY p.town, p.village, m.category;

-- name: special_without
-- Memberships of the living without cover, person by person: as special_by_village a scan.
SELECT p.town, p.village, m.person, m.category
FROM membership m
JOIN person p ON p.county = m.county AND p.id = m.person
LEFT JOIN enrolment e ON e.county = m.county AND e.benefit_year = ?3 AND e.person = m.person AND e.ended = 0
  AND e.enrolled_on <= ?2
WHERE m.county = ?1 AND m.certified <= ?2 AND (m.ended IS NULL OR m.ended > ?2) AND p.died_on IS NULL
  AND e.person IS NULL AND NOT EXISTS (SELECT 1 FROM coverage c WHERE c.county = m.county
    AND c.person = m.person AND c.since <= ?2 AND (c.ended IS NULL OR c.ended > ?2))
ORDER BY p.town, p.village, m.person;

-- name: suspense_open
-- Money in suspense that was paid up to an instant: newest last.
SELECT y.id, y.channel, y.serial, y.fen, y.paid_at, s.reason, p.name, p.town
FROM suspense s
JOIN payment y ON y.county = s.county AND y.id = s.payment
LEFT JOIN person p ON p.county = y.county AND p.id = y.person
WHERE s.county = ?1 AND s.state = 'open' AND y.policy = ?2 AND y.paid_at < ?3
ORDER BY y.paid_at, y.id;
