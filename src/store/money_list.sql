-- SPDX-License-Identifier: Apache-2.0
-- Lists of bills and payments.  ?1 to ?6 are the caller's scope (scope.h).  SQLite is told the way in by name:
-- its statistics would rather walk a whole key than look for the few that a filter leaves.

-- name: waiting_by_reason_within
SELECT s.reason, count(*), sum(s.fen)
FROM suspense s
/*sqlite CROSS*/ JOIN payment y ON y.county = s.county AND y.id = s.payment
LEFT JOIN person p ON p.county = y.county AND p.id = y.person
WHERE s.county = ?1 AND s.state = 'open' AND y.policy = ?7
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND (?6 = '' OR y.channel = ?6)
GROUP BY s.reason ORDER BY s.reason;

-- name: payment_page_within
-- turned: payment_page_oldest_within
-- Payments between two ids, newest first; turned, oldest first.  A filter may leave few of
-- them: the caller moves the window.
SELECT y.id, y.channel, y.serial, y.fen, y.paid_at, y.state, s.reason, r.series, r.number, y.person, p.name
FROM payment y
LEFT JOIN suspense s ON s.county = y.county AND s.payment = y.id
LEFT JOIN receipt r ON r.county = y.county AND r.payment = y.id
LEFT JOIN person p ON p.county = y.county AND p.id = y.person
WHERE y.county = ?1 AND y.id < ?7 AND y.id > ?14 AND y.policy = ?8 AND (?12 = '' OR y.state = ?12)
  AND (?9 = '' OR y.channel = ?9) AND y.paid_at >= ?10 AND y.paid_at < ?11
  AND (CAST(?13 AS BIGINT) = 0 OR p.town = ?13 OR p.village = ?13)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND (?6 = '' OR y.channel = ?6)
ORDER BY y.id DESC LIMIT ?15;

-- name: payment_suspense_within
-- turned: payment_suspense_oldest_within
-- Those in suspense, by their own key.
SELECT y.id, y.channel, y.serial, y.fen, y.paid_at, y.state, s.reason, r.series, r.number, y.person, p.name
FROM suspense s
/*sqlite CROSS*/ JOIN payment y ON y.county = s.county AND y.id = s.payment
LEFT JOIN receipt r ON r.county = y.county AND r.payment = y.id
LEFT JOIN person p ON p.county = y.county AND p.id = y.person
WHERE s.county = ?1 AND s.payment < ?7 AND s.payment > ?14 AND y.policy = ?8 AND y.state = ?12
  AND (?9 = '' OR y.channel = ?9) AND y.paid_at >= ?10 AND y.paid_at < ?11
  AND (CAST(?13 AS BIGINT) = 0 OR p.town = ?13 OR p.village = ?13)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND (?6 = '' OR y.channel = ?6)
ORDER BY s.payment DESC LIMIT ?15;

-- name: payment_village_within
-- turned: payment_village_oldest_within
-- Those of one village's people: a few thousand look-ups at most.
SELECT y.id, y.channel, y.serial, y.fen, y.paid_at, y.state, s.reason, r.series, r.number, y.person, p.name
FROM person p /*sqlite INDEXED BY person_household*/
/*sqlite CROSS*/ JOIN payment y /*sqlite INDEXED BY payment_person*/ ON y.county = p.county AND y.person = p.id
LEFT JOIN suspense s ON s.county = y.county AND s.payment = y.id
LEFT JOIN receipt r ON r.county = y.county AND r.payment = y.id
WHERE p.county = ?1 AND p.village = ?13 AND y.id < ?7 AND y.id > ?14 AND y.policy = ?8
  AND (?12 = '' OR y.state = ?12)
  AND (?9 = '' OR y.channel = ?9) AND y.paid_at >= ?10 AND y.paid_at < ?11
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND (?6 = '' OR y.channel = ?6)
ORDER BY y.id DESC LIMIT ?15;

-- name: payment_school_within
-- turned: payment_school_oldest_within
-- Those of one school's students.
SELECT y.id, y.channel, y.serial, y.fen, y.paid_at, y.state, s.reason, r.series, r.number, y.person, p.name
FROM student u /*sqlite INDEXED BY student_school*/
/*sqlite CROSS*/ JOIN person p ON p.county = u.county AND p.id = u.person
/*sqlite CROSS*/ JOIN payment y /*sqlite INDEXED BY payment_person*/ ON y.county = p.county AND y.person = p.id
LEFT JOIN suspense s ON s.county = y.county AND s.payment = y.id
LEFT JOIN receipt r ON r.county = y.county AND r.payment = y.id
WHERE u.county = ?1 AND u.school = ?5 AND y.id < ?7 AND y.id > ?14 AND y.policy = ?8
  AND (?12 = '' OR y.state = ?12)
  AND (?9 = '' OR y.channel = ?9) AND y.paid_at >= ?10 AND y.paid_at < ?11
  AND (CAST(?13 AS BIGINT) = 0 OR p.town = ?13 OR p.village = ?13)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND (?6 = '' OR y.channel = ?6)
ORDER BY y.id DESC LIMIT ?15;

-- name: payment_last
SELECT coalesce(max(id), 0) FROM payment WHERE county = ?1;

-- name: bill_page_within
-- turned: bill_page_last_within
-- Bills by person, by their own key.
SELECT p.id, p.name, v.name, b.state, b.route, b.category, b.standard_fen, b.subsidy_fen, b.payable_fen, b.payer,
  b.fund, b.assessed_on
FROM bill b
/*sqlite CROSS*/ JOIN person p ON p.county = b.county AND p.id = b.person
LEFT JOIN division v ON v.county = p.county AND v.code = p.village
WHERE b.county = ?1 AND b.policy = ?8 AND b.person > ?7 AND b.person < ?13
  AND (?9 = '' OR b.state = ?9) AND (?10 = '' OR b.category = ?10)
  AND (CAST(?11 AS BIGINT) = 0 OR p.town = ?11 OR p.village = ?11)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = ''
ORDER BY b.person LIMIT ?12;

-- name: bill_state_within
-- turned: bill_state_last_within
-- Those in one state: bill_state.
SELECT p.id, p.name, v.name, b.state, b.route, b.category, b.standard_fen, b.subsidy_fen, b.payable_fen, b.payer,
  b.fund, b.assessed_on
FROM bill b /*sqlite INDEXED BY bill_state*/
/*sqlite CROSS*/ JOIN person p ON p.county = b.county AND p.id = b.person
LEFT JOIN division v ON v.county = p.county AND v.code = p.village
WHERE b.county = ?1 AND b.policy = ?8 AND b.state = ?9 AND b.person > ?7 AND b.person < ?13
  AND (?9 = '' OR b.state = ?9) AND (?10 = '' OR b.category = ?10)
  AND (CAST(?11 AS BIGINT) = 0 OR p.town = ?11 OR p.village = ?11)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = ''
ORDER BY b.person LIMIT ?12;

-- name: bill_category_within
-- turned: bill_category_last_within
-- Those of one category: bill_category.
SELECT p.id, p.name, v.name, b.state, b.route, b.category, b.standard_fen, b.subsidy_fen, b.payable_fen, b.payer,
  b.fund, b.assessed_on
FROM bill b /*sqlite INDEXED BY bill_category*/
/*sqlite CROSS*/ JOIN person p ON p.county = b.county AND p.id = b.person
LEFT JOIN division v ON v.county = p.county AND v.code = p.village
WHERE b.county = ?1 AND b.policy = ?8 AND b.category = ?10 AND b.category IS NOT NULL
  AND b.person > ?7 AND b.person < ?13
  AND (?9 = '' OR b.state = ?9) AND (?10 = '' OR b.category = ?10)
  AND (CAST(?11 AS BIGINT) = 0 OR p.town = ?11 OR p.village = ?11)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = ''
ORDER BY b.person LIMIT ?12;

-- name: bill_town_within
-- turned: bill_town_last_within
-- Those of one town's people: person_town.
SELECT p.id, p.name, v.name, b.state, b.route, b.category, b.standard_fen, b.subsidy_fen, b.payable_fen, b.payer,
  b.fund, b.assessed_on
FROM person p /*sqlite INDEXED BY person_town*/
/*sqlite CROSS*/ JOIN bill b ON b.county = p.county AND b.policy = ?8 AND b.person = p.id
LEFT JOIN division v ON v.county = p.county AND v.code = p.village
WHERE p.county = ?1 AND p.town = ?11 AND p.id > ?7 AND p.id < ?13
  AND (?9 = '' OR b.state = ?9) AND (?10 = '' OR b.category = ?10)
  AND (CAST(?11 AS BIGINT) = 0 OR p.town = ?11 OR p.village = ?11)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = ''
ORDER BY p.id LIMIT ?12;

-- name: bill_village_within
-- turned: bill_village_last_within
-- Those of one village's people.
SELECT p.id, p.name, v.name, b.state, b.route, b.category, b.standard_fen, b.subsidy_fen, b.payable_fen, b.payer,
  b.fund, b.assessed_on
FROM person p /*sqlite INDEXED BY person_household*/
/*sqlite CROSS*/ JOIN bill b ON b.county = p.county AND b.policy = ?8 AND b.person = p.id
LEFT JOIN division v ON v.county = p.county AND v.code = p.village
WHERE p.county = ?1 AND p.village = ?11 AND p.id > ?7 AND p.id < ?13
  AND (?9 = '' OR b.state = ?9) AND (?10 = '' OR b.category = ?10)
  AND (CAST(?11 AS BIGINT) = 0 OR p.town = ?11 OR p.village = ?11)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = ''
ORDER BY p.id LIMIT ?12;

-- name: bill_school_within
-- turned: bill_school_last_within
-- Those of one school's students.
SELECT p.id, p.name, v.name, b.state, b.route, b.category, b.standard_fen, b.subsidy_fen, b.payable_fen, b.payer,
  b.fund, b.assessed_on
FROM student u /*sqlite INDEXED BY student_school*/
/*sqlite CROSS*/ JOIN person p ON p.county = u.county AND p.id = u.person
/*sqlite CROSS*/ JOIN bill b ON b.county = p.county AND b.policy = ?8 AND b.person = p.id
LEFT JOIN division v ON v.county = p.county AND v.code = p.village
WHERE u.county = ?1 AND u.school = ?5 AND u.person > ?7 AND u.person < ?13
  AND (?9 = '' OR b.state = ?9) AND (?10 = '' OR b.category = ?10)
  AND (CAST(?11 AS BIGINT) = 0 OR p.town = ?11 OR p.village = ?11)
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND ?6 = ''
ORDER BY u.person LIMIT ?12;
