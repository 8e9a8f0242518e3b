#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""canbao config and canbao serve at the terminal: what they print, refuse and document."""
import json
import os
import re
import subprocess
import tempfile
import unittest

CANBAO = os.environ["CANBAO_BIN"]
ROOT = os.environ["CANBAO_ROOT"]


def run(*words):
    done = subprocess.run([CANBAO, *words], capture_output=True, text=True, check=False,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "en_GB.UTF-8"})
    return done.returncode, done.stdout, done.stderr


class Config(unittest.TestCase):
    def test_documented(self):
        """docs/settings.md is what the table of settings says today."""
        status, page, _ = run("config", "--markdown")
        self.assertEqual(status, 0)
        with open(os.path.join(ROOT, "docs", "settings.md"), encoding="utf-8") as f:
            self.assertEqual(f.read(), page, "run: canbao config --markdown > docs/settings.md")

    def test_defaults_are_a_file(self):
        status, text, _ = run("config", "--defaults")
        self.assertEqual(status, 0)
        with tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8") as f:
            f.write(text)
            f.flush()
            self.assertEqual(run("config", "--config", f.name), (0, text, ""))

    def test_the_command_line_lies_over_the_file(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8") as f:
            f.write("workers = 3\nqueue = 9\n")
            f.flush()
            _, text, _ = run("config", "--config", f.name, "--set", "workers=5", "--set=streams=7")
        for line in ("workers = 5", "queue = 9", "streams = 7"):
            self.assertIn("\n" + line + "\n", text)

    def test_check(self):
        self.assertEqual(run("config", "--check", "--set", "policy=sunan-2024")[0], 0)
        with tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8") as f:
            f.write("policy = x\n\nworker = 3\n")
            f.flush()
            status, out, err = run("config", "--check", "--config", f.name)
        self.assertEqual((status, out), (2, ""))
        self.assertIn(f.name + ":3: ", err)
        self.assertIn("workers", err)
        status, _, err = run("config", "--check", "--set", "policy=x", "--set", "listen=0.0.0.0:80")
        self.assertEqual(status, 2)
        self.assertIn("tls_proxy", err)

    def test_odd_words(self):
        for words in (("--check", "--markdown"), ("--set", "x"), ("--nope",), ("x",), ("--config",)):
            self.assertEqual(run("config", *words)[0], 2, words)

    def test_routes(self):
        status, text, _ = run("serve", "--routes")
        self.assertEqual(status, 0)
        routes = json.loads(text)
        self.assertEqual(len({(r["method"], r["path"]) for r in routes}), len(routes))
        for r in routes:
            self.assertRegex(r["path"], r"^/[a-z0-9/.{}_-]*$")
            self.assertRegex(r["method"], "^(GET|POST|PUT|DELETE)$")
            self.assertLessEqual(len(re.findall(r"\{", r["path"])), 3)
            self.assertFalse(r["idempotent"] and r["method"] == "GET", r)


if __name__ == "__main__":
    unittest.main()
