-- name: explain_enrolment
-- Ten benefit years, each named: the key leads with the year, and a person's rows stand nowhere together.
SELECT policy, route, category, standard_fen, personal_fen, subsidy_fen, fund, payer, benefit_from,
  benefit_to, enrolled_on, online, payment, ended, benefit_year
FROM enrolment WHERE county = ?1 AND person = ?2
  AND benefit_year IN (CAST(?3 AS BIGINT) - 8, ?3 - 7, ?3 - 6, ?3 - 5, ?3 - 4, ?3 - 3, ?3 - 2, ?3 - 1, ?3, ?3 + 1)
ORDER BY benefit_year, ended;

-- name: explain_payment
SELECT y.id, y.channel, y.serial, y.fen, y.paid_at, y.state, s.reason, r.series, r.number
FROM payment y /*sqlite INDEXED BY payment_person*/
LEFT JOIN suspense s ON s.county = y.county AND s.payment = y.id
LEFT JOIN receipt r ON r.county = y.county AND r.payment = y.id
WHERE y.county = ?1 AND y.person = ?2 ORDER BY y.id;

-- name: explain_change
-- What changed about a person, when and by whom.
SELECT a.at, a.actor, h.field, h.was, h.became
FROM person_history h JOIN audit a ON a.county = h.county AND a.id = h.audit
WHERE h.county = ?1 AND h.person = ?2 ORDER BY h.audit DESC, h.field;

-- name: explain_household
-- Everybody of a household, with who is enrolled for a benefit year (SN-26: nobody left out).
SELECT p.id, p.name, p.relation, p.birth, p.died_on, e.person
FROM person p /*sqlite INDEXED BY person_household*/
LEFT JOIN enrolment e ON e.county = p.county AND e.benefit_year = ?4 AND e.person = p.id AND e.ended = 0
WHERE p.county = ?1 AND p.village = ?2 AND p.household = ?3 ORDER BY p.id;
