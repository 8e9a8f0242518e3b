-- name: explain_enrolment
SELECT policy, route, category, standard_fen, personal_fen, subsidy_fen, fund, payer, benefit_from,
  benefit_to, enrolled_on, online, payment, ended, benefit_year
FROM enrolment WHERE county = ?1 AND person = ?2 ORDER BY benefit_year, ended;

-- name: explain_payment
SELECT y.id, y.channel, y.serial, y.fen, y.paid_at, y.state, s.reason, r.series, r.number
FROM payment y
LEFT JOIN suspense s ON s.county = y.county AND s.payment = y.id
LEFT JOIN receipt r ON r.county = y.county AND r.payment = y.id
WHERE y.county = ?1 AND y.person = ?2 ORDER BY y.id;
