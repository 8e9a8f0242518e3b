#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What tools/embed_sql.py writes for both engines, and what it refuses, by file and line."""
import os
import subprocess
import sys
import tempfile
import unittest

TOOL = os.path.join(os.environ["CANBAO_ROOT"], "tools", "embed_sql.py")


def embed(files, *options):
    """Run the tool over {name: text}; (status, stderr, sql.h, sql.c)."""
    with tempfile.TemporaryDirectory() as top:
        paths = []
        for name, text in files.items():
            path = os.path.join(top, "room", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            if not name.startswith("unlisted"):
                paths.append(path)
        run = subprocess.run([sys.executable, TOOL, *options, top, *paths], capture_output=True, text=True,
                             check=False)
        out = []
        for name in ("sql.h", "sql.c"):
            path = os.path.join(top, name)
            if not os.path.exists(path):
                out.append("")
                continue
            with open(path, encoding="utf-8") as f:
                out.append(f.read())
        return run.returncode, run.stderr.strip(), out[0], out[1]


class Writes(unittest.TestCase):
    def good(self, files, *options):
        status, said, header, source = embed(files, *options)
        self.assertEqual((status, said), (0, ""))
        return header, source

    def test_entry(self):
        header, source = self.good({"bill.sql": "-- name: bill_load\n-- One bill.\n"
                                                "SELECT a FROM bill WHERE b = ?1 -- why; not\n AND c = ?2;\n"})
        self.assertIn("/* One bill. */\n\tSQL_BILL_LOAD, /* room/bill.sql:1 */", header)
        self.assertIn('"SELECT a FROM bill WHERE b = ?1\\n"\n\t\t"AND c = ?2"', source)
        self.assertIn('"SELECT a FROM bill WHERE b = $1\\n"\n\t\t"AND c = $2"', source)
        self.assertIn("\t\tNULL,\n\t\t2, 0\n", source)

    def test_turned(self):
        header, source = self.good({"a.sql": "-- name: a_page\n-- turned: a_page_last\n-- A page.\n"
                                             "SELECT b FROM (SELECT b FROM a WHERE b < ?1 ORDER BY a.b DESC\nLIMIT 9) AS x\n"
                                             "ORDER BY b DESC LIMIT ?2;\n"})
        self.assertIn("/* a_page in the other order. */\n\tSQL_A_PAGE_LAST, /* room/a.sql:1 */", header)
        self.assertEqual((source.count("ORDER BY b DESC LIMIT"), source.count("ORDER BY b LIMIT")), (2, 2))
        self.assertEqual((source.count("ORDER BY a.b DESC"), source.count("ORDER BY a.b")), (2, 4))

    def test_strings_are_left_alone(self):
        _, source = self.good({"a.sql": "-- name: a\nSELECT '?9; it''s -- \"x\"', \"?8\", ?1;\n"})
        self.assertIn("SELECT '?9; it''s -- \\\"x\\\"', \\\"?8\\\", $1", source)

    def test_bulk(self):
        _, source = self.good({"a.sql": "-- bulk: a_add\nINSERT INTO a (x, y)\nVALUES (?1, ?2);\n"})
        self.assertIn('"COPY a (x, y) FROM STDIN (FORMAT binary)"', source)
        self.assertIn("\t\t2, 2\n", source)

    def test_variant(self):
        _, source = self.good({"a.sql": "-- name: a\nSELECT 1 WHERE 1 = ?1;\n"
                                        "-- name: a engine: pg\n-- reason: because\nSELECT 2 WHERE 1 = ?1;\n"})
        self.assertIn('"SELECT 1 WHERE 1 = ?1",\n\t\t"SELECT 2 WHERE 1 = $1"', source)

    def test_types_of_a_migration(self):
        _, source = self.good({"0001-a.sql": "CREATE TABLE a (t TEXT, b BYTEA, CHECK (CAST(t AS TEXT) <> ''))"
                                             " /*sqlite WITHOUT ROWID*/;\n-- only: pg\nSELECT 1;\n"})
        self.assertIn("(t TEXT, b BLOB, CHECK (CAST(t AS TEXT) <> '')) WITHOUT ROWID;\"", source)
        self.assertIn('(t TEXT COLLATE \\"C\\", b BYTEA, CHECK (CAST(t AS TEXT) <> \'\'))', source)
        self.assertEqual(source.count("SELECT 1;"), 1)

    def test_trigger_is_one_statement(self):
        _, source = self.good({"0001-a.sql": "-- only: sqlite\nCREATE TRIGGER t BEFORE INSERT ON a BEGIN\n"
                                             "SELECT CASE WHEN 1 THEN 2 END; SELECT 3; END;\n"
                                             "-- only: pg\nSELECT $$ ; $$;\n"})
        self.assertEqual(source.count("SELECT 3; END;"), 1)
        self.assertEqual(source.count("SELECT $$ ; $$;"), 1)

    def test_order_of_migrations(self):
        _, source = self.good({"0002-b.sql": "SELECT 2;", "0001-a.sql": "SELECT 1;"})
        self.assertLess(source.index('"0001-a"'), source.index('"0002-b"'))


class Refuses(unittest.TestCase):
    def bad(self, files, *words, options=()):
        status, said, header, _ = embed(files, *options)
        self.assertEqual(status, 1)
        self.assertEqual(header, "")
        for word in words:
            self.assertIn(word, said)

    def entry(self, text, *words):
        self.bad({"a.sql": text}, *words)

    def test_by_line(self):
        self.entry("SELECT 1;\n", "room/a.sql:1", "before the first")
        self.entry("-- name: a\nSELECT 1;\n-- name: B\nSELECT 2;\n", "room/a.sql:3", "cannot read")
        self.entry("-- name: a\nSELECT 1;\n\n-- name: a\nSELECT 2;\n", "room/a.sql:4", "already in room/a.sql:1")
        self.entry("-- name: a\nSELECT 1; SELECT 2;\n", "room/a.sql:1", "not 2")
        self.entry("-- name: a\n-- nothing\n", "room/a.sql:1", "not 0")
        self.entry("-- name: a\nSELECT 1,\n ?;\n", "room/a.sql:3", "number the parameters")
        self.entry("-- name: a\nSELECT ?1, ?3;\n", "room/a.sql:2", "without a gap")
        self.entry("-- name: a\nSELECT\n 'x;\n", "room/a.sql:3", "never closed")

    def test_variants(self):
        self.entry("-- name: a\nSELECT 1;\n-- name: a engine: pg\nSELECT 2;\n", "room/a.sql:3", "reason")
        self.entry("-- name: a engine: pg\n-- reason: x\nSELECT 2;\n", "room/a.sql:1", "variant of nothing")
        self.entry("-- name: a engine: oracle\nSELECT 2;\n", "room/a.sql:1")

    def test_bulk(self):
        self.entry("-- bulk: a\nINSERT INTO a (x) VALUES (?1) ON CONFLICT DO NOTHING;\n", "room/a.sql:2")
        self.entry("-- bulk: a\nINSERT INTO a (x, y) VALUES (?2, ?1);\n", "room/a.sql:2", "in order")

    def test_migrations(self):
        self.bad({"0001-a.sql": "CREATE TABLE a (\n x INTEGER);"}, "room/0001-a.sql:2", "INTEGER")
        self.bad({"0001-a.sql": "SELECT ?1;"}, "room/0001-a.sql:1", "no parameters")
        self.bad({"0001-a.sql": "-- only: mysql\nSELECT 1;"}, "room/0001-a.sql:1", "mysql")
        self.bad({"0001-a.sql": "SELECT 1;", "0003-c.sql": "SELECT 1;"}, "0003-c", "0002")
        self.bad({"0001-a.sql": "-- nothing\n"}, "room/0001-a.sql:1")

    def test_unlisted(self):
        self.bad({"a.sql": "-- name: a\nSELECT 1;\n", "unlisted.sql": ""}, "unlisted.sql", options=("--all",))


if __name__ == "__main__":
    unittest.main()
