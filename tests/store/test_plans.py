#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No statement of SQLite reads a whole county without saying so here.

    test_plans.py ROOT CANBAO

SQLite plans without statistics: it takes every column of a key for equally telling, and may answer a question about one
household by reading the county, because (county, …) and (county, village, household) look alike.  INDEXED BY holds
it to a key.  Each statement is explained over an empty store; one that finds a large table by `county` alone must
be in WHOLE, with its reason.
"""
import glob
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT, CANBAO = sys.argv[1:3]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tools"))
import embed_sql  # noqa: E402 pylint: disable=wrong-import-position

LARGE = {"person", "membership", "coverage", "student", "circumstance", "bill", "bill_history", "refusal", "payment",
         "posting", "receipt", "enrolment", "enrolled_anywhere", "person_history", "look", "household", "pay_order",
         "pay_order_line", "suspense"}
WHOLE = {
    "employees_by_town": "counts a county; the service keeps the answer for a minute",
    "listed_kept_missing": "a complete list is compared with all that is listed",
    "membership_missing": "a complete list is compared with all that is listed",
    "payment_last": "the last key of its table, found from the end",
    "person_last": "the last key of its table, found from the end",
    "special_by_village": "sums over all memberships; the service keeps the answer for a minute",
    "special_without": "those of special_by_village whom nothing covers; kept for a minute as well",
    "village_crowds": "makes the accounts of a demonstration, once",
    "waiting_by_reason_within": "all money that waits: a table of a few thousand",
    "suspense_open": "all money that waits: a table of a few thousand",
}
PREFIXES = {"books_": "the auditor reads everything", "population_": "a what-if asks of everybody"}


def statements():
    """Name and SQLite text of every entry of the .sql files; tables of a connection first."""
    found = []
    for path in sorted(glob.glob(os.path.join(ROOT, "src/store/*.sql"))):
        with open(path, encoding="utf-8") as f:
            text = f.read()
        for m in re.finditer(r"^-- (?:name|bulk): (\w+)(?: engine: (\w+))?\n(.*?)(?=^-- (?:name|bulk):|\Z)", text,
                             re.M | re.S):
            if m[2] != "pg":
                body = "\n".join(line for line in m[3].split("\n") if not line.startswith("--"))
                body = re.sub(r"/\*sqlite (.*?)\*/", r"\1", body).replace("BYTEA", "BLOB")
                found.append((m[1], body.strip()))
                turned = re.search(r"^-- turned: (\w+)$", m[3], re.M)
                if turned:
                    found.append((turned[1], embed_sql.turn(body.strip())))
    return sorted(found, key=lambda s: "CREATE TEMP" not in s[1])


def large_of(sql):
    """What each alias of the statement stands for."""
    named = dict(re.findall(r"(?:FROM|JOIN|,)\s+(\w+)\s+(?:INDEXED BY \w+\s+)?(?:AS\s+)?(\w+)", sql))
    return {**{t: t for t in LARGE}, **{alias: table for table, alias in named.items()}}


class Plans(unittest.TestCase):
    def test_nothing_reads_a_county_by_mistake(self):
        with tempfile.TemporaryDirectory() as folder:
            uri = os.path.join(folder, "plans.db")
            subprocess.run([CANBAO, "init", "--county", "341323", "--db", uri], check=True, capture_output=True)
            db = sqlite3.connect(uri)
            db.execute("PRAGMA temp_store = MEMORY")
            wrong = []
            for name, sql in statements():
                if "CREATE TEMP" in sql:
                    db.execute(sql)
                    continue
                if name in WHOLE or name.startswith(tuple(PREFIXES)):
                    continue
                many = max([int(n) for n in re.findall(r"\?(\d+)", sql)] or [0])
                alias = large_of(sql)
                for row in db.execute("EXPLAIN QUERY PLAN " + sql, [1] * many):
                    m = re.match(r"(?:SEARCH (\w+) USING .*\((?:county=\?|county=\? AND policy=\?)\)|SCAN (\w+))", row[3])
                    table = m and (m[1] or m[2])
                    if m and alias.get(table, table) in LARGE:
                        wrong.append(f"{name}: {row[3]}")
            self.assertFalse(wrong, "\n" + "\n".join(wrong))
            db.close()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
