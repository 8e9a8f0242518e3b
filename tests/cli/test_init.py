#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""canbao init: makes, upgrades, names and refuses, as a person at a terminal sees it."""
import os
import stat
import subprocess
import sys
import tempfile
import unittest

CANBAO = os.environ["CANBAO_BIN"]
SERVER = os.environ.get("CANBAO_TEST_PG_URI")


class Init(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.TemporaryDirectory()
        self.addCleanup(self.top.cleanup)

    def run_init(self, *args, **env):
        run = subprocess.run([CANBAO, "init", *args], cwd=self.top.name, capture_output=True, text=True,
                             env={"PATH": os.environ["PATH"], "LC_ALL": "en_GB.UTF-8", **env}, check=False)
        return run.returncode, run.stdout, run.stderr

    def path(self, name):
        return os.path.join(self.top.name, name)

    def test_default_places(self):
        status, out, err = self.run_init()
        self.assertEqual((status, err), (0, ""))
        self.assertIn("canbao.db: made", out)
        self.assertIn("ran 0001-store", out)
        self.assertIn("canbao.db.key: new key file", out)
        for name in ("canbao.db", "canbao.db.key"):
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), 0o600)
        status, out, err = self.run_init()
        self.assertEqual((status, err), (0, ""))
        self.assertIn("up to date", out)
        self.assertNotIn("ran", out)
        self.assertNotIn("key", out)

    def test_chinese(self):
        _, out, _ = self.run_init(LC_ALL="zh_CN.UTF-8")
        self.assertIn("已建好", out)
        status, _, err = self.run_init("--county", "6207", LC_ALL="zh_CN.UTF-8")
        self.assertEqual(status, 2)
        self.assertIn("六位区划代码", err)

    def test_options_and_environment(self):
        status, out, _ = self.run_init("--db=sqlite:a.db", "--key", "k")
        self.assertEqual(status, 0)
        self.assertIn("k: new key file", out)
        status, out, _ = self.run_init(CANBAO_DB="b.db", CANBAO_KEY="k2")
        self.assertEqual(status, 0)
        self.assertTrue(os.path.exists(self.path("b.db")) and os.path.exists(self.path("k2")))
        # An option is stronger than the environment; the other store's keys are refused.
        status, _, err = self.run_init("--db", "a.db", CANBAO_KEY="k2")
        self.assertEqual(status, 2)
        self.assertIn("does not belong", err)

    def test_county_is_named_once(self):
        self.assertEqual(self.run_init("--county", "620721")[0], 0)
        self.assertEqual(self.run_init("--county", "620721")[0], 0)
        status, _, err = self.run_init("--county", "511724")
        self.assertEqual(status, 2)
        self.assertIn("another county", err)

    def test_lost_key_is_not_replaced(self):
        self.run_init()
        os.unlink(self.path("canbao.db.key"))
        status, _, err = self.run_init()
        self.assertEqual(status, 2)
        self.assertIn("key file", err)
        self.assertFalse(os.path.exists(self.path("canbao.db.key")))

    def test_rotation(self):
        self.run_init()
        status, out, _ = self.run_init("--rotate-key")
        self.assertEqual(status, 0)
        self.assertIn("new generation", out)
        self.assertEqual(self.run_init()[0], 0)

    def test_usage(self):
        for args, word in ((("--foo",), "--foo"), (("x",), "x"), (("--db",), "needs a value"),
                           (("--db", "a", "--db", "b"), "twice"), (("--rotate-key=1",), "no value"),
                           (("--db", "postgresql:///x"), "--key")):
            status, out, err = self.run_init(*args)
            self.assertEqual((status, out), (2, ""), args)
            self.assertIn(word, err)
        status, out, _ = self.run_init("--help")
        self.assertEqual(status, 0)
        self.assertIn("--county", out)
        self.assertEqual(os.listdir(self.top.name), [])

    @unittest.skipUnless(SERVER, "no CANBAO_TEST_PG_URI: run under script/with-postgres")
    def test_server(self):
        # A schema of its own, so that other tests of this server do not meet it.
        uri = SERVER + ("&" if "?" in SERVER else "?") + "options=-csearch_path%3Dinit_test"
        subprocess.run(["psql", "-q", SERVER, "-c", "DROP SCHEMA IF EXISTS init_test CASCADE",
                        "-c", "CREATE SCHEMA init_test"], check=True, capture_output=True)
        status, out, err = self.run_init("--db", uri, "--key", "k", "--county", "620721")
        self.assertEqual((status, err), (0, ""))
        self.assertIn("PostgreSQL: made", out)
        self.assertNotIn("postgresql://", out)
        self.assertIn("up to date", self.run_init("--db", uri, "--key", "k")[1])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
