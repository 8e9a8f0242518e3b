-- What the insurance platform is told (LB-29, SN-17).

-- name: cover_changes
-- Enrolments made or ended after (audit, person), in the order of the acts.
SELECT e.audit, e.person, p.doc_seal, p.name, e.policy, e.route, e.category, e.standard_fen, e.personal_fen,
  e.subsidy_fen, e.benefit_from, e.benefit_to, e.enrolled_on, e.online, e.ended, e.benefit_year, a.at
FROM enrolment e
JOIN person p ON p.county = e.county AND p.id = e.person
JOIN audit a ON a.county = e.county AND a.id = e.audit
WHERE e.county = ?1 AND (e.audit, e.person) > (?2, ?3)
ORDER BY e.audit, e.person LIMIT ?4;
