-- Papers as pictures or PDF, sealed.  SQLite has no statistics and takes a county for ten rows: the index is
-- named where it would read them all.

-- name: evidence_add
INSERT INTO evidence (county, id, code, kind, media, bytes, digest, sealed, at, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: evidence_loose
-- Bytes of papers that belong to nobody yet.
SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) FROM evidence /*sqlite INDEXED BY evidence_registration*/
WHERE county = ?1 AND registration IS NULL AND person IS NULL;

-- name: evidence_sweep
-- Papers that belonged to nobody for too long.
DELETE FROM evidence /*sqlite INDEXED BY evidence_registration*/ WHERE county = ?1 AND registration IS NULL AND person IS NULL AND at < ?2;

-- name: evidence_attach
UPDATE evidence SET registration = ?3 WHERE county = ?1 AND code = ?2 AND registration IS NULL AND person IS NULL;

-- name: evidence_to_person
UPDATE evidence /*sqlite INDEXED BY evidence_registration*/ SET person = ?3 WHERE county = ?1 AND registration = ?2;

-- name: evidence_of_person
SELECT id, kind, media, bytes, at FROM evidence /*sqlite INDEXED BY evidence_person*/ WHERE county = ?1 AND person = ?2 ORDER BY id;

-- name: evidence_of_registration
SELECT id, kind, media, bytes, at FROM evidence /*sqlite INDEXED BY evidence_registration*/ WHERE county = ?1 AND registration = ?2 ORDER BY id;

-- name: evidence_in_area
-- One paper, if the person or registration it belongs to is of this town or village (0: of any).
SELECT e.media, e.sealed, e.person, e.registration FROM evidence e
LEFT JOIN person p ON p.county = e.county AND p.id = e.person
LEFT JOIN registration r ON r.county = e.county AND r.id = e.registration
WHERE e.county = ?1 AND e.id = ?2 AND (p.id IS NOT NULL OR r.id IS NOT NULL)
  AND (CAST(?3 AS BIGINT) = 0 OR coalesce(p.town, r.town) = ?3 OR coalesce(p.village, r.village) = ?3);
