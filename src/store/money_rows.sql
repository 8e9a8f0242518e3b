-- bulk: payment_add
INSERT INTO payment (county, id, channel, serial, file, line, payer_ref, person, policy, fen, paid_at,
  state, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- bulk: suspense_add
INSERT INTO suspense (county, payment, reason, fen, state, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- bulk: posting_add
INSERT INTO posting (county, id, day, event, debit, debit_key, credit, credit_key, fen, payment,
  person, audit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);

-- bulk: receipt_add
INSERT INTO receipt (county, series, number, kind, payment, fen)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: stage_paid_make
-- Persons whose bills a chunk of payments settled.
CREATE TEMP TABLE IF NOT EXISTS stage_paid (
  person BIGINT NOT NULL /*sqlite PRIMARY KEY*/) /*sqlite WITHOUT ROWID*/;

-- name: stage_paid_clear
DELETE FROM stage_paid;

-- name: stage_paid_clear engine: pg
-- reason: rows deleted in this transaction would stay in the way of every later scan
TRUNCATE stage_paid;

-- bulk: stage_paid_add
INSERT INTO stage_paid (person) VALUES (?1);

-- name: bill_settle_staged
UPDATE bill SET state = 'paid', audit = ?3 WHERE county = ?1 AND policy = ?2
AND person /*sqlite IN (SELECT person FROM stage_paid)*/ /*pg = ANY(ARRAY(SELECT person FROM stage_paid))*/;

-- name: bill_settle
UPDATE bill SET state = 'paid', audit = ?3 WHERE county = ?1 AND policy = ?2 AND person = ?4;
