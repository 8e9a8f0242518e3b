-- bulk: bill_add
INSERT INTO bill (county, policy, person, state, route, category, standard_fen, subsidy_fen,
  payable_fen, payer, fund, cites, assessed_on, version, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);

-- name: bill_put
-- The bill of a person as newly assessed.
INSERT INTO bill (county, policy, person, state, route, category, standard_fen, subsidy_fen,
  payable_fen, payer, fund, cites, assessed_on, version, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
ON CONFLICT (county, policy, person) DO UPDATE SET state = excluded.state, route = excluded.route,
  category = excluded.category, standard_fen = excluded.standard_fen,
  subsidy_fen = excluded.subsidy_fen, payable_fen = excluded.payable_fen, payer = excluded.payer,
  fund = excluded.fund, cites = excluded.cites, assessed_on = excluded.assessed_on,
  version = excluded.version, audit = excluded.audit;

-- name: bill_keep_history
INSERT INTO bill_history (county, policy, person, version, state, route, category, standard_fen,
  subsidy_fen, payable_fen, audit)
SELECT county, policy, person, version, state, route, category, standard_fen, subsidy_fen,
  payable_fen, ?4
FROM bill WHERE county = ?1 AND policy = ?2 AND person = ?3;

-- name: bill_withdraw
UPDATE bill SET state = 'withdrawn', version = version + 1, audit = ?4
WHERE county = ?1 AND policy = ?2 AND person = ?3;

-- bulk: refusal_add
INSERT INTO refusal (county, policy, person, reason, cites, assessed_on, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: refusal_put
INSERT INTO refusal (county, policy, person, reason, cites, assessed_on, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (county, policy, person) DO UPDATE SET reason = excluded.reason, cites = excluded.cites,
  assessed_on = excluded.assessed_on, audit = excluded.audit;

-- name: refusal_drop
DELETE FROM refusal WHERE county = ?1 AND policy = ?2 AND person = ?3;

-- bulk: enrolment_add
INSERT INTO enrolment (county, person, benefit_year, policy, town, village, route, category,
  standard_fen, personal_fen, subsidy_fen, fund, payer, benefit_from, benefit_to, enrolled_on,
  online, payment, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19);

-- bulk: enrolled_anywhere_add
INSERT INTO enrolled_anywhere (token, benefit_year, county) VALUES (?1, ?2, ?3);

-- name: tally_add
INSERT INTO tally (county, policy, day, village, town, slot, enrolled, online, funded, personal_fen,
  subsidy_fen)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (county, policy, day, village, town, slot) DO UPDATE SET
  enrolled = tally.enrolled + excluded.enrolled, online = tally.online + excluded.online,
  funded = tally.funded + excluded.funded, personal_fen = tally.personal_fen + excluded.personal_fen,
  subsidy_fen = tally.subsidy_fen + excluded.subsidy_fen;

-- name: assess_run_add
INSERT INTO assess_run (county, id, policy, pack_digest, assessed_on, people, billed, funded, refused,
  changed, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
