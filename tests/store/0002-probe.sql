-- SPDX-License-Identifier: Apache-2.0
-- Tables that only the store's own tests know.

CREATE TABLE probe (
	county BIGINT NOT NULL,
	id BIGINT NOT NULL,
	n BIGINT,
	t TEXT CHECK (t <> 'refused'), -- a semicolon; in a comment ends nothing
	b BYTEA,
	PRIMARY KEY (county, id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE probe_child (
	county BIGINT NOT NULL,
	id BIGINT NOT NULL,
	parent BIGINT NOT NULL,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, parent) REFERENCES probe (county, id) DEFERRABLE INITIALLY DEFERRED
);

-- only: sqlite
CREATE TRIGGER probe_no_seven BEFORE INSERT ON probe WHEN NEW.n = 7777 BEGIN
	SELECT CASE WHEN NEW.n = 7777 THEN RAISE(ABORT, 'seven; again') END;
END;
-- only: pg
ALTER TABLE probe ADD CONSTRAINT probe_no_seven CHECK (n <> 7777);
