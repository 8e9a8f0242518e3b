-- SPDX-License-Identifier: Apache-2.0
-- Divisions as somebody's area, and who answers for them.  An area is a county (0), a town with its
-- villages, or a village.

-- name: grid_division
SELECT d.code, d.parent, d.level, d.name, d.officer, t.registered
FROM division d
LEFT JOIN target t ON t.county = d.county AND t.policy = ?2 AND t.division = d.code
WHERE d.county = ?1 AND (CAST(?3 AS BIGINT) = 0 OR d.code = ?3 OR d.parent = ?3)
  AND (CAST(?4 AS BIGINT) = 0 OR d.parent = ?4)
ORDER BY d.code;

-- name: grid_all
SELECT g.division, g.duty, g.name, g.phone_seal
FROM grid_staff g
JOIN division d ON d.county = g.county AND d.code = g.division
WHERE g.county = ?1 AND (CAST(?2 AS BIGINT) = 0 OR d.code = ?2 OR d.parent = ?2)
ORDER BY g.division, g.duty;

-- name: grid_put
INSERT INTO grid_staff (county, division, duty, name, phone_seal, audit) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (county, division, duty) DO UPDATE SET name = excluded.name, phone_seal = excluded.phone_seal,
  audit = excluded.audit;
