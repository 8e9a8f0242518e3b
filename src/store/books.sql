-- The auditor's own questions (canbao audit).  Each answers with what does not agree, at most ?2 rows of
-- (kind, id, expected, found); no row means the books agree.  Nothing here is shared with what writes.

-- name: books_payment_postings
-- Every posted payment: received once and enrolled once, each with the payment's own amount.
SELECT 'payment', y.id, y.fen, coalesce(p.received, 0)
FROM payment y LEFT JOIN (
  SELECT payment, count(*) AS n, sum(CASE WHEN event = 'received' THEN fen ELSE 0 END) AS received,
    sum(CASE WHEN event = 'enrolled' THEN fen ELSE 0 END) AS enrolled
  FROM posting WHERE county = ?1 GROUP BY payment) p ON p.payment = y.id
WHERE y.county = ?1 AND y.state = 'posted'
  AND (p.payment IS NULL OR p.n <> 2 OR p.received <> y.fen OR p.enrolled <> y.fen)
ORDER BY y.id LIMIT ?2;

-- name: books_suspense_postings
-- Every suspended payment: one posting into suspense and one suspense row, of the payment's own amount.
SELECT 'payment', y.id, y.fen, coalesce(s.fen, 0)
FROM payment y
LEFT JOIN suspense s ON s.county = y.county AND s.payment = y.id
LEFT JOIN (
  SELECT payment, count(*) AS n, sum(CASE WHEN event = 'suspended' THEN fen ELSE 0 END) AS suspended
  FROM posting WHERE county = ?1 GROUP BY payment) p ON p.payment = y.id
WHERE y.county = ?1 AND y.state = 'suspense'
  AND (s.payment IS NULL OR s.fen <> y.fen OR p.payment IS NULL OR p.n <> 1 OR p.suspended <> y.fen)
ORDER BY y.id LIMIT ?2;

-- name: books_stray_postings
-- Every posting belongs to a payment that is there.
SELECT 'posting', p.id, 0, p.fen
FROM posting p LEFT JOIN payment y ON y.county = p.county AND y.id = p.payment
WHERE p.county = ?1 AND p.reverses IS NULL AND y.id IS NULL
ORDER BY p.id LIMIT ?2;

-- name: books_posting_shape
-- Every posting moves between the accounts of its event, for its payment's person, channel and day.
SELECT 'posting', p.id, y.fen, p.fen
FROM posting p JOIN payment y ON y.county = p.county AND y.id = p.payment
WHERE p.county = ?1 AND p.reverses IS NULL AND (
  coalesce(p.person, 0) <> coalesce(y.person, 0) OR p.day <> (y.paid_at + 28800) / 86400
  OR NOT ((p.event = 'received' AND p.debit IN ('A1', 'A5') AND p.credit = 'L1'
      AND p.debit_key = y.channel AND p.credit_key = y.policy)
    OR (p.event = 'suspended' AND p.debit IN ('A1', 'A5') AND p.credit = 'L6'
      AND p.debit_key = y.channel AND p.credit_key = y.channel)
    OR (p.event = 'enrolled' AND p.debit = 'L1' AND p.credit = 'L2'
      AND p.debit_key = y.policy AND p.credit_key = y.policy)))
ORDER BY p.id LIMIT ?2;

-- name: books_numbers
-- Payments and postings are numbered without a gap: one that vanished whole is missed.
SELECT k.kind, k.last, k.last, k.n FROM (
  SELECT 'payment' AS kind, (SELECT count(*) FROM payment WHERE county = ?1) AS n,
    (SELECT coalesce(max(next) - 1, 0) FROM counter WHERE county = ?1 AND name = 'payment') AS last
  UNION ALL
  SELECT 'posting', (SELECT count(*) FROM posting WHERE county = ?1),
    (SELECT coalesce(max(next) - 1, 0) FROM counter WHERE county = ?1 AND name = 'posting')
) k WHERE k.n <> k.last ORDER BY k.kind LIMIT ?2;

-- name: books_accounts
-- Balances: money held for payers is nil once they are enrolled; personal contributions equal what
-- enrolments rest on; suspense equals its open rows.
SELECT 'account', k.n, k.expected, k.found FROM (
  SELECT 1 AS n, 0 AS expected, coalesce(sum(CASE WHEN credit = 'L1' THEN fen ELSE 0 END), 0)
      - coalesce(sum(CASE WHEN debit = 'L1' THEN fen ELSE 0 END), 0) AS found
    FROM posting WHERE county = ?1
  UNION ALL
  SELECT 2, (SELECT coalesce(sum(personal_fen), 0) FROM enrolment WHERE county = ?1 AND ended = 0),
    coalesce(sum(CASE WHEN credit = 'L2' THEN fen ELSE 0 END), 0)
      - coalesce(sum(CASE WHEN debit = 'L2' THEN fen ELSE 0 END), 0)
    FROM posting WHERE county = ?1
  UNION ALL
  SELECT 6, (SELECT coalesce(sum(fen), 0) FROM suspense WHERE county = ?1 AND state = 'open'),
    coalesce(sum(CASE WHEN credit = 'L6' THEN fen ELSE 0 END), 0)
      - coalesce(sum(CASE WHEN debit = 'L6' THEN fen ELSE 0 END), 0)
    FROM posting WHERE county = ?1
) k WHERE k.expected <> k.found ORDER BY k.n LIMIT ?2;

-- name: books_enrolment_money
-- Every active enrolment rests on a posted payment of the same person and amount, or on nothing to pay;
-- its parts add up to its standard.
SELECT 'enrolment', e.person, e.personal_fen, coalesce(y.fen, 0)
FROM enrolment e LEFT JOIN payment y ON y.county = e.county AND y.id = e.payment
WHERE e.county = ?1 AND e.ended = 0 AND (
  e.standard_fen <> e.personal_fen + e.subsidy_fen
  OR (e.payment IS NULL AND e.personal_fen <> 0)
  OR (e.payment IS NOT NULL AND (y.id IS NULL OR y.state <> 'posted' OR y.person IS NULL OR y.person <> e.person
    OR y.fen <> e.personal_fen)))
ORDER BY e.person LIMIT ?2;

-- name: books_payment_enrolment
-- Every posted payment carries exactly one enrolment.
SELECT 'payment', y.id, 1, coalesce(e.n, 0)
FROM payment y LEFT JOIN (
  SELECT payment, count(*) AS n FROM enrolment WHERE county = ?1 AND payment IS NOT NULL
  GROUP BY payment) e ON e.payment = y.id
WHERE y.county = ?1 AND y.state = 'posted' AND coalesce(e.n, 0) <> 1
ORDER BY y.id LIMIT ?2;

-- name: books_enrolment_bill
-- Every active enrolment agrees with its bill: standard, subsidy and what was paid.
SELECT 'bill', e.person, e.standard_fen * 1, coalesce(b.standard_fen, -1)
FROM enrolment e LEFT JOIN bill b ON b.county = e.county AND b.policy = e.policy AND b.person = e.person
WHERE e.county = ?1 AND e.ended = 0 AND (b.person IS NULL OR b.state NOT IN ('paid', 'funded')
  OR b.standard_fen <> e.standard_fen OR b.subsidy_fen <> e.subsidy_fen
  OR b.payable_fen <> e.personal_fen OR b.route <> e.route OR coalesce(b.category, '') <> coalesce(e.category, '')
  OR coalesce(b.fund, '') <> coalesce(e.fund, '') OR b.payer <> e.payer)
ORDER BY e.person LIMIT ?2;

-- name: books_bill_sum
-- Every bill's subsidy and payable amount make up its standard.
SELECT 'bill', person, standard_fen, subsidy_fen + payable_fen
FROM bill WHERE county = ?1 AND standard_fen <> subsidy_fen + payable_fen
ORDER BY person LIMIT ?2;

-- name: books_bill_settled
-- Every settled bill has its enrolment.
SELECT 'bill', k.person, sum(k.bills), sum(k.enrolments) FROM (
  SELECT policy, person, 1 AS bills, 0 AS enrolments FROM bill
    WHERE county = ?1 AND state IN ('paid', 'funded')
  UNION ALL
  SELECT policy, person, 0, 1 FROM enrolment WHERE county = ?1
) k GROUP BY k.policy, k.person HAVING sum(k.bills) > 0 AND sum(k.enrolments) = 0
ORDER BY k.person LIMIT ?2;

-- name: books_bill_history_sum
SELECT 'bill_history', person, standard_fen, subsidy_fen + payable_fen
FROM bill_history WHERE county = ?1 AND standard_fen <> subsidy_fen + payable_fen
ORDER BY person LIMIT ?2;

-- name: books_prices
-- Which combinations of price there are, for holding against the policy: (policy, category, standard,
-- subsidy, how many bills).
SELECT policy, coalesce(category, ''), route, standard_fen, subsidy_fen, count(*), min(person)
FROM bill WHERE county = ?1
GROUP BY policy, coalesce(category, ''), route, standard_fen, subsidy_fen
ORDER BY policy, coalesce(category, ''), route, standard_fen, subsidy_fen LIMIT ?2;

-- name: books_receipts
-- Every posted payment has one receipt of its amount.
SELECT 'receipt', y.id, y.fen, coalesce(r.fen, 0)
FROM payment y LEFT JOIN (
  SELECT payment, count(*) AS n, max(fen) AS fen FROM receipt WHERE county = ?1 GROUP BY payment) r
  ON r.payment = y.id
WHERE y.county = ?1 AND y.state = 'posted' AND (r.payment IS NULL OR r.n <> 1 OR r.fen <> y.fen)
ORDER BY y.id LIMIT ?2;

-- name: books_receipt_numbers
-- Receipt numbers run from 1 without a gap in each series.
SELECT series, max(number), max(number), count(*) FROM receipt WHERE county = ?1
GROUP BY series HAVING min(number) <> 1 OR max(number) <> count(*) ORDER BY series LIMIT ?2;

-- name: books_anywhere
-- Every active enrolment is known across counties, and nothing else is.
SELECT 'enrolled_anywhere', k.person, 1, 0 FROM (
  SELECT e.person AS person FROM enrolment e
  JOIN person p ON p.county = e.county AND p.id = e.person
  LEFT JOIN enrolled_anywhere x ON x.token = p.token AND x.benefit_year = e.benefit_year
  WHERE e.county = ?1 AND e.ended = 0 AND (x.token IS NULL OR x.county <> e.county)
  UNION ALL
  SELECT 0 FROM enrolled_anywhere x
  LEFT JOIN person p ON p.county = x.county AND p.token = x.token
  LEFT JOIN enrolment e ON e.county = x.county AND e.person = p.id AND e.benefit_year = x.benefit_year
    AND e.ended = 0
  WHERE x.county = ?1 AND e.person IS NULL
) k ORDER BY k.person LIMIT ?2;

-- name: books_tally
-- The counts behind the ranking equal the enrolments, by village and day.
SELECT 'tally', k.village, sum(k.e), sum(k.t) FROM (
  SELECT policy, town, village, enrolled_on AS day, count(*) AS e, 0 AS t, sum(online) AS o,
    sum(CASE WHEN payment IS NULL THEN 1 ELSE 0 END) AS f, sum(personal_fen) AS p, sum(subsidy_fen) AS s
  FROM enrolment WHERE county = ?1 AND ended = 0 GROUP BY policy, town, village, enrolled_on
  UNION ALL
  SELECT policy, town, village, day, 0, sum(enrolled), -sum(online), -sum(funded), -sum(personal_fen),
    -sum(subsidy_fen)
  FROM tally WHERE county = ?1 GROUP BY policy, town, village, day
) k GROUP BY k.policy, k.town, k.village, k.day
HAVING sum(k.e) <> sum(k.t) OR sum(k.o) <> 0 OR sum(k.f) <> 0 OR sum(k.p) <> 0 OR sum(k.s) <> 0
ORDER BY k.village LIMIT ?2;

-- name: books_persons
-- Bills, payments and enrolments are of persons who are there.
SELECT 'bill', b.person, 1, 0 FROM bill b LEFT JOIN person p ON p.county = b.county AND p.id = b.person
WHERE b.county = ?1 AND p.id IS NULL ORDER BY b.person LIMIT ?2;
