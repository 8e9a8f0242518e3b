-- name: division_put
-- A division, or its newer name, dates and officer.
INSERT INTO division (county, code, parent, level, name, valid_from, valid_to, report_to, officer, officer_phone)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (county, code) DO UPDATE SET parent = excluded.parent, level = excluded.level,
  name = excluded.name, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
  report_to = excluded.report_to, officer = excluded.officer, officer_phone = excluded.officer_phone;

-- name: division_alias_put
-- A spelling of a division below its parent; the first owner of a spelling keeps it.
INSERT INTO division_alias (county, parent, folded, code) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (county, parent, folded) DO NOTHING;

-- name: division_all
-- Every division of a county, parents before children.
SELECT code, parent, level, name, valid_from, valid_to, report_to, officer
FROM division WHERE county = ?1 ORDER BY level, code;

-- name: division_alias_all
SELECT parent, folded, code FROM division_alias WHERE county = ?1 ORDER BY parent, folded;

-- name: target_put
INSERT INTO target (county, policy, division, planned, registered, resident, extended, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (county, policy, division) DO UPDATE SET planned = excluded.planned,
  registered = excluded.registered, resident = excluded.resident,
  extended = excluded.extended, audit = excluded.audit;

-- name: target_all
SELECT division, planned, registered, resident, extended FROM target
WHERE county = ?1 AND policy = ?2 ORDER BY division;
