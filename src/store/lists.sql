-- name: membership_put
INSERT INTO membership (county, person, category, certified, ended, department, entered_by, file, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (county, person, category, certified) DO UPDATE SET ended = excluded.ended,
  audit = excluded.audit;

-- name: membership_end
UPDATE membership SET ended = ?4, audit = ?5
WHERE county = ?1 AND person = ?2 AND category = ?3 AND ended IS NULL;

-- name: membership_missing
-- Open memberships certified by a department that its full list of the month no longer carries.
SELECT m.person, m.category FROM membership m
WHERE m.county = ?1 AND m.entered_by = ?2 AND m.ended IS NULL AND m.certified <= ?3
  AND NOT EXISTS (SELECT 1 FROM stage_listed l WHERE l.person = m.person AND l.category = m.category)
ORDER BY m.person, m.category;

-- name: stage_listed_make
-- Persons and categories a full list carries.
CREATE TEMP TABLE IF NOT EXISTS stage_listed (
  person BIGINT NOT NULL, category TEXT NOT NULL, PRIMARY KEY (person, category)) /*sqlite WITHOUT ROWID*/;

-- name: stage_listed_clear
DELETE FROM stage_listed;

-- name: stage_listed_add
INSERT INTO stage_listed (person, category) VALUES (?1, ?2) ON CONFLICT DO NOTHING;

-- name: student_put
INSERT INTO student (county, person, level, local, school, audit) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (county, person) DO UPDATE SET level = excluded.level, local = excluded.local,
  school = excluded.school, audit = excluded.audit;

-- name: student_of
SELECT level, local, school FROM student WHERE county = ?1 AND person = ?2;

-- name: coverage_put
INSERT INTO coverage (county, person, scheme, since, ended, months, place, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (county, person, scheme, since) DO UPDATE SET ended = excluded.ended,
  months = excluded.months, place = excluded.place, audit = excluded.audit;

-- name: coverage_of
SELECT since, ended, months, place FROM coverage
WHERE county = ?1 AND person = ?2 AND scheme = ?3 AND since = ?4;

-- name: circumstance_put
INSERT INTO circumstance (county, person, kind, happened, months, evidence, evidence_no, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (county, person, kind, happened) DO UPDATE SET months = excluded.months,
  evidence = excluded.evidence, evidence_no = excluded.evidence_no, audit = excluded.audit;

-- name: circumstance_of
SELECT months, evidence, evidence_no FROM circumstance
WHERE county = ?1 AND person = ?2 AND kind = ?3 AND happened = ?4;
