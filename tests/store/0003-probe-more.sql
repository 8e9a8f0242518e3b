-- SPDX-License-Identifier: Apache-2.0
-- A later migration, so that a store can be older than the program.
CREATE TABLE probe_more (county BIGINT NOT NULL PRIMARY KEY);
