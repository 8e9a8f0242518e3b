-- A resident's orders: one payment for one or several people.

-- name: pay_order_add
INSERT INTO pay_order (county, number, policy, channel, fen, state, made_at, expires_at, audit)
VALUES (?1, ?2, ?3, ?4, ?5, 'open', ?6, ?7, ?8);

-- name: pay_order_line_add
INSERT INTO pay_order_line (county, number, line, person, fen) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: pay_order_by_number
SELECT policy, channel, fen, state, made_at, expires_at, paid_at, serial
FROM pay_order WHERE county = ?1 AND number = ?2;

-- name: pay_order_lines
-- The people of an order with what became of each one's part: payment, receipt, why it waits, cover.
SELECT l.line, l.person, p.name, l.fen, l.payment, y.state, s.reason, r.series, r.number, e.benefit_from,
  e.benefit_to, e.category, e.subsidy_fen, e.benefit_year
FROM pay_order_line l
JOIN person p ON p.county = l.county AND p.id = l.person
LEFT JOIN payment y ON y.county = l.county AND y.id = l.payment
LEFT JOIN suspense s ON s.county = l.county AND s.payment = l.payment
LEFT JOIN receipt r ON r.county = l.county AND r.payment = l.payment
LEFT JOIN enrolment e ON e.county = l.county AND e.benefit_year = ?3 AND e.person = l.person AND e.ended = 0
  AND e.payment = l.payment
WHERE l.county = ?1 AND l.number = ?2 ORDER BY l.line;

-- name: pay_order_paid
UPDATE pay_order SET state = 'paid', paid_at = ?3, serial = ?4, audit = ?5
WHERE county = ?1 AND number = ?2;

-- name: pay_order_line_paid
UPDATE pay_order_line SET payment = ?4 WHERE county = ?1 AND number = ?2 AND line = ?3;

-- name: pay_order_serial
-- Money a channel told of before under this serial, whole or as the first part of several.
SELECT id, fen, paid_at, payer_ref, serial FROM payment
WHERE county = ?1 AND channel = ?2 AND serial IN (?3, ?4) ORDER BY serial LIMIT 1;

-- name: pay_order_of_payment
-- The order a person's payment came by.
SELECT number FROM pay_order_line /*sqlite INDEXED BY pay_order_person*/ WHERE county = ?1 AND person = ?2 AND payment = ?3;
