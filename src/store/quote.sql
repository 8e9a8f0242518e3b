-- What a resident's quote asks beside the dossier.

-- name: quote_by_token
SELECT id, name FROM person WHERE county = ?1 AND token = ?2;

-- name: quote_person
SELECT name, doc_seal, village, household, town, register, token FROM person WHERE county = ?1 AND id = ?2;

-- name: quote_enrolment
-- Active enrolments of this benefit year and the one before.
SELECT benefit_year, policy, route, category, standard_fen, personal_fen, subsidy_fen, payer, benefit_from,
  benefit_to, payment
FROM enrolment WHERE county = ?1 AND benefit_year IN (?2, ?3) AND person = ?4 AND ended = 0
ORDER BY benefit_year;
