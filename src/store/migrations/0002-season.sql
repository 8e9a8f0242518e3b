-- The season of one or many counties: places, people, lists, bills, payments, postings, enrolments.
--
-- Every key begins with `county` (six digits of GB/T 2260), the distribution column; `pack` is a
-- reference table and `enrolled_anywhere` is distributed by `token`.  Days are whole numbers since
-- 1970-01-01, instants are seconds since then (UTC), money is whole fen (分).

-- A policy pack as it was when it was first used: what a bill was decided by can be proved later.
CREATE TABLE pack (
  code       TEXT NOT NULL,
  digest     BYTEA NOT NULL,          -- SM3 of its files
  since      BIGINT NOT NULL,        -- instant of first use
  PRIMARY KEY (code, digest)
) /*sqlite WITHOUT ROWID*/;

-- Blocks of ids and receipt numbers are taken from here.
CREATE TABLE counter (
  county     BIGINT NOT NULL,
  name       TEXT NOT NULL,
  next       BIGINT NOT NULL CHECK (next > 0),
  PRIMARY KEY (county, name)
) /*sqlite WITHOUT ROWID*/;

-- Who did what, when, for whom and why: one row for every act that changed something.
CREATE TABLE audit (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  actor      TEXT NOT NULL,          -- account
  on_behalf  TEXT,                   -- of whom, when not for oneself
  act        TEXT NOT NULL,
  subject    TEXT,                   -- what it was done to; never a document number
  reason     TEXT,
  detail     TEXT,                   -- JSON: counts and sums, nothing personal
  PRIMARY KEY (county, id)
) /*sqlite WITHOUT ROWID*/;

-- Counties, towns and villages with the years in which a code was in force.
CREATE TABLE division (
  county     BIGINT NOT NULL,
  code       BIGINT NOT NULL,        -- 12 digits; a county ends in six zeros, a town in three
  parent     BIGINT,
  level      BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),  -- county, town, village
  name       TEXT NOT NULL,
  valid_from BIGINT,
  valid_to   BIGINT,
  report_to  BIGINT,                 -- town it is counted in; NULL: itself; 0: by the person's register
  officer    TEXT,                   -- the named person answering for it (SN-25)
  officer_phone BYTEA,                -- sealed
  PRIMARY KEY (county, code)
) /*sqlite WITHOUT ROWID*/;

-- Every spelling under which a division is known, folded, below its parent.
CREATE TABLE division_alias (
  county     BIGINT NOT NULL,
  parent     BIGINT NOT NULL,
  folded     TEXT NOT NULL,
  code       BIGINT NOT NULL,
  PRIMARY KEY (county, parent, folded)
) /*sqlite WITHOUT ROWID*/;

-- A file that was taken in.  The same bytes are not taken twice for the same purpose.
CREATE TABLE import_file (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  digest     BYTEA NOT NULL,          -- SM3 of its bytes
  name       TEXT NOT NULL,
  department TEXT,                   -- who sent it
  as_of      BIGINT NOT NULL,        -- day it speaks of
  rows_read  BIGINT NOT NULL,
  accepted   BIGINT NOT NULL,
  unchanged  BIGINT NOT NULL,
  rejected   BIGINT NOT NULL,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id),
  UNIQUE (county, kind, digest)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE household (
  county     BIGINT NOT NULL,
  number     TEXT NOT NULL,          -- 户号
  village    BIGINT NOT NULL,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, number)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE person (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  token      BYTEA NOT NULL,          -- blind index of the document number
  doc_kind   TEXT NOT NULL,
  doc_seal   BYTEA NOT NULL,
  name       TEXT NOT NULL,
  sex        BIGINT NOT NULL CHECK (sex IN (0, 1, 2, 9)),
  birth      BIGINT NOT NULL,
  nation     TEXT,
  phone_seal BYTEA,
  household  TEXT,
  relation   TEXT,                   -- to the head of the household, GB/T 4761
  village    BIGINT NOT NULL,        -- statistical unit
  town       BIGINT NOT NULL,        -- reporting unit (SN-18)
  register   BIGINT NOT NULL CHECK (register IN (0, 1)),   -- 户籍 in this county
  resident   BIGINT NOT NULL CHECK (resident IN (0, 1)),   -- lives here
  died_on    BIGINT,
  audit      BIGINT NOT NULL,        -- last change
  PRIMARY KEY (county, id),
  UNIQUE (county, token)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX person_village ON person (county, village);

-- What a person's record said before it was changed.
CREATE TABLE person_history (
  county     BIGINT NOT NULL,
  person     BIGINT NOT NULL,
  audit      BIGINT NOT NULL,        -- the act that changed it: who, when, why
  field      TEXT NOT NULL,
  was        TEXT,
  became     TEXT,                   -- sealed fields say only "changed"
  PRIMARY KEY (county, person, audit, field)
) /*sqlite WITHOUT ROWID*/;

-- In a school here (or a local at a college elsewhere), by school year.
CREATE TABLE student (
  county     BIGINT NOT NULL,
  person     BIGINT NOT NULL,
  level      TEXT NOT NULL CHECK (level IN ('college', 'school', 'nursery')),
  local      BIGINT NOT NULL CHECK (local IN (0, 1)),
  school     TEXT,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, person)
) /*sqlite WITHOUT ROWID*/;

-- Insurance elsewhere: employee scheme, or residents' insurance of another place.  Together with the
-- enrolments this is everybody's insurance status (SQ-33) and what a yearly ceiling rests on (LB-20).
CREATE TABLE coverage (
  county     BIGINT NOT NULL,
  person     BIGINT NOT NULL,
  scheme     TEXT NOT NULL,          -- insutype code: 310 employee, 390 residents elsewhere
  since      BIGINT NOT NULL,
  ended      BIGINT,                 -- first day without it
  months     BIGINT,                 -- months paid running, back payments not counted
  place      TEXT,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, person, scheme, since)
) /*sqlite WITHOUT ROWID*/;

-- Category memberships as dated intervals: active from `certified` until the day before `ended`.
CREATE TABLE membership (
  county     BIGINT NOT NULL,
  person     BIGINT NOT NULL,
  category   TEXT NOT NULL,
  certified  BIGINT NOT NULL,
  ended      BIGINT,
  department TEXT NOT NULL,          -- who certified it
  entered_by TEXT NOT NULL,          -- whose list carried it (LB-45)
  file       BIGINT NOT NULL,        -- import_file
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, person, category, certified),
  CHECK (ended IS NULL OR ended >= certified)
) /*sqlite WITHOUT ROWID*/;

-- What happened in somebody's life that opens a route, with the paper that proves it (LB-52).
CREATE TABLE circumstance (
  county     BIGINT NOT NULL,
  person     BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  happened   BIGINT NOT NULL,
  months     BIGINT NOT NULL DEFAULT 0,
  evidence   TEXT,                   -- kind of paper
  evidence_no TEXT,                  -- its filing number
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, person, kind, happened)
) /*sqlite WITHOUT ROWID*/;

-- Targets and populations by town or village, of one policy.
CREATE TABLE target (
  county     BIGINT NOT NULL,
  policy     TEXT NOT NULL,
  division   BIGINT NOT NULL,
  planned    BIGINT CHECK (planned >= 0),
  registered BIGINT CHECK (registered >= 0),
  resident   BIGINT CHECK (resident >= 0),
  extended   BIGINT NOT NULL DEFAULT 0 CHECK (extended IN (0, 1)),  -- its window was extended (SQ-16)
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, policy, division)
) /*sqlite WITHOUT ROWID*/;

-- What a person owes for a benefit year, as last assessed.  Its number is made of year and person.
CREATE TABLE bill (
  county     BIGINT NOT NULL,
  policy     TEXT NOT NULL,
  person     BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('open', 'paid', 'funded', 'withdrawn')),
  route      TEXT NOT NULL,
  category   TEXT,
  standard_fen BIGINT NOT NULL CHECK (standard_fen >= 0),
  subsidy_fen BIGINT NOT NULL CHECK (subsidy_fen >= 0),
  payable_fen BIGINT NOT NULL CHECK (payable_fen >= 0),
  payer      TEXT NOT NULL,
  fund       TEXT,
  cites      TEXT NOT NULL,
  assessed_on BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, policy, person),
  CHECK (standard_fen = subsidy_fen + payable_fen)
) /*sqlite WITHOUT ROWID*/;

-- Bills as they were before a later assessment.
CREATE TABLE bill_history (
  county     BIGINT NOT NULL,
  policy     TEXT NOT NULL,
  person     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  state      TEXT NOT NULL,
  route      TEXT NOT NULL,
  category   TEXT,
  standard_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  payable_fen BIGINT NOT NULL,
  audit      BIGINT NOT NULL,        -- the act that replaced it
  PRIMARY KEY (county, policy, person, version)
) /*sqlite WITHOUT ROWID*/;

-- Who may not enrol under a policy as of the last assessment, and which clause says so.
CREATE TABLE refusal (
  county     BIGINT NOT NULL,
  policy     TEXT NOT NULL,
  person     BIGINT NOT NULL,
  reason     TEXT NOT NULL,
  cites      TEXT NOT NULL,
  assessed_on BIGINT NOT NULL,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, policy, person)
) /*sqlite WITHOUT ROWID*/;

-- Money a channel says somebody paid: stored before it is understood.
CREATE TABLE payment (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  channel    TEXT NOT NULL,
  serial     TEXT NOT NULL,          -- the channel's own number
  file       BIGINT,                 -- import_file, when it came in one
  line       BIGINT,
  payer_ref  BYTEA,                   -- token of the document number or bill number as given
  person     BIGINT,                 -- NULL while unknown
  policy     TEXT NOT NULL,
  fen        BIGINT NOT NULL CHECK (fen > 0),
  paid_at    BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('posted', 'suspense')),
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id),
  UNIQUE (county, channel, serial)
) /*sqlite WITHOUT ROWID*/;

CREATE INDEX payment_person ON payment (county, person);

-- Money that could not be posted to a person yet, and why.  Never deleted.
CREATE TABLE suspense (
  county     BIGINT NOT NULL,
  payment    BIGINT NOT NULL,
  reason     TEXT NOT NULL,
  fen        BIGINT NOT NULL CHECK (fen > 0),
  state      TEXT NOT NULL CHECK (state IN ('open', 'resolved')),
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, payment)
) /*sqlite WITHOUT ROWID*/;

-- Double entry, append only: one row moves `fen` from the credited to the debited account, so that
-- each row balances by itself.  A correction is a row with the sides swapped and `reverses` set.
CREATE TABLE posting (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  day        BIGINT NOT NULL,
  event      TEXT NOT NULL,
  debit      TEXT NOT NULL,          -- account, money.md 6.1
  debit_key  TEXT NOT NULL,          -- sub-ledger: channel, fund, year
  credit     TEXT NOT NULL,
  credit_key TEXT NOT NULL,
  fen        BIGINT NOT NULL CHECK (fen > 0),
  payment    BIGINT,
  person     BIGINT,
  reverses   BIGINT,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id),
  CHECK (debit <> credit)
) /*sqlite WITHOUT ROWID*/;

-- Proof of payment, numbered without gaps in each series (SQ-35).
CREATE TABLE receipt (
  county     BIGINT NOT NULL,
  series     TEXT NOT NULL,
  number     BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  payment    BIGINT NOT NULL,
  fen        BIGINT NOT NULL CHECK (fen > 0),
  PRIMARY KEY (county, series, number)
) /*sqlite WITHOUT ROWID*/;

-- Who is covered from when.  `ended` is 0 while active, else the audit id of the act that ended it: the
-- key itself allows one active enrolment a person and benefit year.
CREATE TABLE enrolment (
  county     BIGINT NOT NULL,
  person     BIGINT NOT NULL,
  benefit_year BIGINT NOT NULL,
  ended      BIGINT NOT NULL DEFAULT 0,
  policy     TEXT NOT NULL,
  town       BIGINT NOT NULL,
  village    BIGINT NOT NULL,
  route      TEXT NOT NULL,
  category   TEXT,
  standard_fen BIGINT NOT NULL CHECK (standard_fen >= 0),
  personal_fen BIGINT NOT NULL CHECK (personal_fen >= 0),
  subsidy_fen BIGINT NOT NULL CHECK (subsidy_fen >= 0),
  fund       TEXT,
  payer      TEXT NOT NULL,
  benefit_from BIGINT NOT NULL,
  benefit_to BIGINT NOT NULL,
  enrolled_on BIGINT NOT NULL,
  online     BIGINT NOT NULL CHECK (online IN (0, 1)),
  payment    BIGINT,                 -- NULL when nothing was left to pay
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, benefit_year, person, ended),
  CHECK (standard_fen = personal_fen + subsidy_fen),
  CHECK (benefit_from <= benefit_to),
  CHECK ((personal_fen = 0) = (payment IS NULL))
) /*sqlite WITHOUT ROWID*/;

-- The one question that crosses counties: is this document enrolled anywhere in this benefit year?
CREATE TABLE enrolled_anywhere (
  token      BYTEA NOT NULL,
  benefit_year BIGINT NOT NULL,
  county     BIGINT NOT NULL,
  PRIMARY KEY (token, benefit_year)
) /*sqlite WITHOUT ROWID*/;

-- Counts for progress and ranking, added up as enrolments are written; `slot` spreads writers so that
-- towns do not queue behind one row.
CREATE TABLE tally (
  county     BIGINT NOT NULL,
  policy     TEXT NOT NULL,
  day        BIGINT NOT NULL,
  village    BIGINT NOT NULL,
  town       BIGINT NOT NULL,
  slot       BIGINT NOT NULL,
  enrolled   BIGINT NOT NULL,
  online     BIGINT NOT NULL,
  funded     BIGINT NOT NULL,        -- enrolled by the bureau, nothing to pay
  personal_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  PRIMARY KEY (county, policy, day, village, town, slot)
) /*sqlite WITHOUT ROWID*/;

-- One row a run of the assessment: what it was decided by and what changed.
CREATE TABLE assess_run (
  county     BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  policy     TEXT NOT NULL,
  pack_digest BYTEA NOT NULL,
  assessed_on BIGINT NOT NULL,
  people     BIGINT NOT NULL,
  billed     BIGINT NOT NULL,
  funded     BIGINT NOT NULL,
  refused    BIGINT NOT NULL,
  changed    BIGINT NOT NULL,
  audit      BIGINT NOT NULL,
  PRIMARY KEY (county, id)
) /*sqlite WITHOUT ROWID*/;
