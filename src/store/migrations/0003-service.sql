-- SPDX-License-Identifier: Apache-2.0
-- The service: who may log in, who looked at whom, what residents ask for, what runs in the background.
-- Keys as in 0002: `county` first; instants are seconds UTC, days whole numbers, money fen.

-- A person or office that logs in.  `state`: asked (opened, not granted yet), active, closed.
CREATE TABLE account (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  login      TEXT NOT NULL,
  name       TEXT NOT NULL,
  staff_no   TEXT NOT NULL,          -- of the human being; no two administrator roles for one
  role       TEXT NOT NULL,          -- acts/roles.h
  division   BIGINT NOT NULL DEFAULT 0, -- town or village of a REACH_DIVISION role; 0: the county
  unit       TEXT,                   -- school or channel of such roles
  state      TEXT NOT NULL CHECK (state IN ('asked', 'active', 'closed')),
  password   TEXT NOT NULL,          -- Argon2id in its own encoding
  must_change BIGINT NOT NULL CHECK (must_change IN (0, 1)),
  changed_at BIGINT NOT NULL,        -- of the password
  totp_seal  BYTEA,                  -- sealed secret
  totp_new   BYTEA,                  -- one that was offered and is not confirmed yet
  totp_last  BIGINT NOT NULL DEFAULT 0, -- the last time step that was used: a code counts once
  failures   BIGINT NOT NULL DEFAULT 0, -- wrong passwords running
  code_failures BIGINT NOT NULL DEFAULT 0, -- wrong codes running: a right password does not forgive them
  locked_until BIGINT NOT NULL DEFAULT 0,
  subject    TEXT,                   -- at the county's identity provider
  asked_by   BIGINT NOT NULL,        -- account that opened it; never the one that grants it
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id),
  UNIQUE (county, login)
) /*sqlite WITHOUT ROWID*/;

-- A log-in.  Its secret is kept as a digest.
CREATE TABLE session (
  county     BIGINT NOT NULL,
  digest     BYTEA NOT NULL CHECK (LENGTH(digest) = 32),
  account    BIGINT NOT NULL,
  made_at    BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  strong_at  BIGINT NOT NULL DEFAULT 0, -- when the second factor was shown; 0: not
  PRIMARY KEY (county, digest)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX session_account ON session (county, account);

-- Another system that calls with signed requests.  Two keys may be valid while they are exchanged.
CREATE TABLE api_client (
  county     BIGINT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL,
  unit       TEXT,                   -- channel code
  state      TEXT NOT NULL CHECK (state IN ('active', 'closed')),
  key_seal   BYTEA NOT NULL,
  old_key_seal BYTEA,
  old_until  BIGINT NOT NULL DEFAULT 0,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id)
) /*sqlite WITHOUT ROWID*/;

-- Nonces of signed requests of the last minutes: each counts once.
CREATE TABLE api_nonce (
  county     BIGINT NOT NULL,
  client     TEXT NOT NULL,
  nonce      TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (county, client, nonce)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX api_nonce_at ON api_nonce (county, at);

-- Who looked at whose record, when and what for.  The person may see it.
CREATE TABLE look (
  county     BIGINT NOT NULL,
  person     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  actor      TEXT NOT NULL,          -- login; 'visitor' for the resident's page
  office     TEXT NOT NULL,          -- role code
  what       TEXT NOT NULL CHECK (what IN ('record', 'unmask', 'evidence', 'quote', 'list')),
  reason     TEXT,
  PRIMARY KEY (county, person, id)
) /*sqlite WITHOUT ROWID*/;

-- What was answered to a POST that carried an Idempotency-Key.
CREATE TABLE answered (
  county     BIGINT NOT NULL,
  caller     TEXT NOT NULL,
  idem_key   TEXT NOT NULL,
  digest     BYTEA NOT NULL,         -- SM3 of method, path and body
  status     BIGINT NOT NULL,
  body       TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (county, caller, idem_key)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX answered_at ON answered (county, at);

-- A resident's order: one payment for one or several people.
CREATE TABLE pay_order (
  county     BIGINT NOT NULL,
  number     TEXT NOT NULL,          -- unguessable
  policy     TEXT NOT NULL,
  channel    TEXT NOT NULL,
  fen        BIGINT NOT NULL CHECK (fen > 0),
  state      TEXT NOT NULL CHECK (state IN ('open', 'paid', 'closed')),
  made_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  paid_at    BIGINT,
  serial     TEXT,                   -- the channel's own number once paid
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, number)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE pay_order_line (
  county     BIGINT NOT NULL,
  number     TEXT NOT NULL,
  line       BIGINT NOT NULL,
  person     BIGINT NOT NULL,
  fen        BIGINT NOT NULL CHECK (fen > 0),
  payment    BIGINT,                 -- once paid
  PRIMARY KEY (county, number, line),
  UNIQUE (county, number, person)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX pay_order_person ON pay_order_line (county, person);

-- Somebody who is not in the register asks to enrol, or a guardian registers a newborn.
CREATE TABLE registration (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  code       TEXT NOT NULL,          -- what the applicant keeps to ask with
  kind       TEXT NOT NULL CHECK (kind IN ('newborn', 'new')),
  state      TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'declined')),
  guardian   BIGINT,                 -- person
  token      BYTEA NOT NULL,
  doc_kind   TEXT NOT NULL,
  doc_seal   BYTEA NOT NULL,
  name       TEXT NOT NULL,
  sex        BIGINT NOT NULL,
  birth      BIGINT NOT NULL,
  village    BIGINT NOT NULL,
  town       BIGINT NOT NULL,
  registered BIGINT NOT NULL CHECK (registered IN (0, 1)),
  phone_seal BYTEA,
  asked_at   BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by TEXT,
  reason     TEXT,                   -- of a decline: told to the applicant
  person     BIGINT,                 -- once accepted
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id),
  UNIQUE (county, code)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX registration_state ON registration (county, state, town);

-- A paper as a picture or PDF, sealed.
CREATE TABLE evidence (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  code       TEXT NOT NULL,          -- what the uploader refers to it by
  person     BIGINT,
  registration BIGINT,
  kind       TEXT NOT NULL,
  media      TEXT NOT NULL,          -- image/jpeg, image/png, application/pdf
  bytes      BIGINT NOT NULL CHECK (bytes > 0),
  digest     BYTEA NOT NULL,
  sealed     BYTEA NOT NULL,
  at         BIGINT NOT NULL,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id),
  UNIQUE (county, code)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX evidence_person ON evidence (county, person);
CREATE INDEX evidence_registration ON evidence (county, registration);

-- A resident's "something is wrong with my data" (数据障碍, LB-54), until it is answered.
CREATE TABLE ticket (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  code       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  person     BIGINT,
  town       BIGINT,
  words      TEXT NOT NULL,          -- what the resident wrote
  phone_seal BYTEA,
  opened_at  BIGINT NOT NULL,
  due_at     BIGINT NOT NULL,
  answer     TEXT,
  answered_at BIGINT,
  answered_by TEXT,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id),
  UNIQUE (county, code)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ticket_state ON ticket (county, state, town);
CREATE INDEX ticket_person ON ticket (county, person);

-- Long work: imports, assessments, exports.  A job that was running when the server died goes on.
CREATE TABLE job (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('import', 'assess', 'export')),
  state      TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  account    BIGINT NOT NULL,
  request    TEXT NOT NULL,          -- JSON
  result     TEXT,                   -- JSON
  message    TEXT,                   -- both languages, of a failure
  done       BIGINT NOT NULL DEFAULT 0,
  total      BIGINT NOT NULL DEFAULT 0,
  cancel     BIGINT NOT NULL DEFAULT 0 CHECK (cancel IN (0, 1)),
  made_at    BIGINT NOT NULL,
  started_at BIGINT,
  ended_at   BIGINT,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX job_state ON job (county, state);

-- A file given to the service, waiting below its spool folder to be imported.
CREATE TABLE upload (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  account    BIGINT NOT NULL,
  name       TEXT NOT NULL,
  bytes      BIGINT NOT NULL,
  digest     BYTEA NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (county, id)
) /*sqlite WITHOUT ROWID*/;

-- A long work goes in by parts; how far it is, so that it can go on after a stop.
CREATE TABLE import_part (
  county     BIGINT NOT NULL,
  job        BIGINT NOT NULL,
  file       BIGINT NOT NULL,        -- import_file; 0: an assessment
  rows_done  BIGINT NOT NULL,        -- rows of the file, blank ones too; an assessment: last person id
  report     TEXT NOT NULL,          -- JSON: counts so far
  PRIMARY KEY (county, job)
) /*sqlite WITHOUT ROWID*/;

-- What is wrong with a row of a file that goes in by parts, until the file that returns is written.
CREATE TABLE import_remark (
  county     BIGINT NOT NULL,
  job        BIGINT NOT NULL,
  n          BIGINT NOT NULL,
  row_number BIGINT NOT NULL,        -- of the file, from 1, blank ones counted
  remark     TEXT NOT NULL,          -- nothing personal
  PRIMARY KEY (county, job, n)
) /*sqlite WITHOUT ROWID*/;

-- Whom a complete list carries, until its last part takes off the others.
CREATE TABLE import_listed (
  county     BIGINT NOT NULL,
  job        BIGINT NOT NULL,
  person     BIGINT NOT NULL,
  category   TEXT NOT NULL,
  PRIMARY KEY (county, job, person, category)
) /*sqlite WITHOUT ROWID*/;

-- `open`: parts of the file are in; `stopped`: some parts are in, and no more will come.  Until it is
-- complete `digest` is a mark of the job, so that the same file may be sent again.
ALTER TABLE import_file ADD COLUMN state TEXT NOT NULL DEFAULT 'complete'
  CHECK (state IN ('complete', 'open', 'stopped'));

-- A list that somebody wants as a file.  A second person approves it.
CREATE TABLE export (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  list       TEXT NOT NULL,
  filter     TEXT NOT NULL,          -- JSON
  format     TEXT NOT NULL CHECK (format IN ('csv', 'xlsx')),
  purpose    TEXT NOT NULL,
  whole      BIGINT NOT NULL CHECK (whole IN (0, 1)),  -- with whole numbers
  state      TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'declined', 'ready', 'failed')),
  asked_by   BIGINT NOT NULL,
  town       BIGINT NOT NULL DEFAULT 0, -- scope of who asked; 0: the county
  asked_at   BIGINT NOT NULL,
  decided_by BIGINT,
  decided_at BIGINT,
  reason     TEXT,
  rows_out   BIGINT,
  job        BIGINT,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id),
  CHECK (decided_by IS NULL OR decided_by <> asked_by)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX export_state ON export (county, state);

-- Who answers for a village or a group of it (税管员、医保专干、代征员, SQ-34).
CREATE TABLE grid_staff (
  county     BIGINT NOT NULL,
  division   BIGINT NOT NULL,
  duty       TEXT NOT NULL CHECK (duty IN ('tax', 'insurance', 'collector')),
  name       TEXT NOT NULL,
  phone_seal BYTEA,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, division, duty)
) /*sqlite WITHOUT ROWID*/;

-- Looking somebody up by name.
CREATE INDEX person_name ON person (county, name, id);

-- Who lives in a household, without reading its whole village.
DROP INDEX person_village;
CREATE INDEX person_household ON person (county, village, household);

-- The proof of a payment; a payment has one.
CREATE UNIQUE INDEX receipt_payment ON receipt (county, payment);

-- What was enrolled since an act, for the insurance platform (LB-29).
CREATE INDEX enrolment_audit ON enrolment (county, audit, person);

-- What somebody asked for.
CREATE INDEX registration_guardian ON registration (county, guardian);
CREATE INDEX registration_person ON registration (county, person);
CREATE INDEX registration_token ON registration (county, token);

-- Lists a page at a time: the people of a town, the students of a school, bills by state or category.
CREATE INDEX person_town ON person (county, town, id);
CREATE INDEX student_school ON student (county, school, person);
CREATE INDEX bill_state ON bill (county, policy, state, person);
CREATE INDEX bill_category ON bill (county, policy, category, person) WHERE category IS NOT NULL;
