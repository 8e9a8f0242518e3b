-- SPDX-License-Identifier: Apache-2.0
-- Lists of bills and payments.  ?1 to ?6 are the caller's scope (scope.h).

-- name: waiting_by_reason_within
SELECT s.reason, count(*), sum(s.fen)
FROM suspense s
JOIN payment y ON y.county = s.county AND y.id = s.payment
LEFT JOIN person p ON p.county = y.county AND p.id = y.person
WHERE s.county = ?1 AND s.state = 'open' AND y.policy = ?7
  AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2)
  AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id
    AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4)))
  AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id
    AND w.school = ?5))
  AND (?6 = '' OR y.channel = ?6)
GROUP BY s.reason ORDER BY s.reason;
