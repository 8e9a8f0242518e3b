#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""canbao account and canbao client: what the operator may do, and that nothing comes with a known password."""
import json
import os
import re
import subprocess
import tempfile
import unittest

CANBAO = os.environ["CANBAO_BIN"]
PACKS = os.path.join(os.environ["CANBAO_ROOT"], "packs")


class Operator(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.TemporaryDirectory()
        self.addCleanup(self.top.cleanup)
        self.assertEqual(self.run_canbao("init", "--county", "620721")[0], 0)

    def run_canbao(self, *args):
        run = subprocess.run([CANBAO, *args], cwd=self.top.name, capture_output=True, text=True, check=False,
                             env={"PATH": os.environ["PATH"], "LC_ALL": "en_GB.UTF-8", "CANBAO_PACKS": PACKS})
        return run.returncode, run.stdout, run.stderr

    def add(self, login="sys", staff="1", role="system_admin"):
        return self.run_canbao("account", "add", "--login", login, "--name", "系统", "--staff", staff, "--role", role)

    def test_a_fresh_store_lets_nobody_in(self):
        self.assertEqual(self.run_canbao("account", "list"), (0, "", ""))
        self.assertEqual(self.run_canbao("account", "list", "--json"), (0, "[]\n", ""))

    def test_add_and_reset(self):
        status, out, _ = self.add()
        self.assertEqual(status, 0)
        first = re.search(r"first password (\S{16}) \(shown this once", out).group(1)
        status, out, _ = self.add("sec", "2", "security_admin")
        self.assertNotEqual(re.search(r"first password (\S+)", out).group(1), first)
        listed = json.loads(self.run_canbao("account", "list", "--json")[1])
        self.assertEqual([(x["login"], x["role"], x["state"]) for x in listed],
                         [("sec", "security_admin", "active"), ("sys", "system_admin", "active")])
        self.assertNotIn(first, json.dumps(listed))
        status, out, _ = self.run_canbao("account", "reset", "--login", "sys", "--json")
        self.assertNotEqual(json.loads(out)["password"], first)

    def test_refusals(self):
        self.assertEqual(self.add()[0], 0)
        for words, says in ((("sys", "2"), "is taken"), (("sec", "1", "security_admin"), "two of the three"),
                            (("tax", "3", "tax"), "no such role"), (("Sys", "3"), "a login is"),
                            (("wechat", "3", "channel"), "no such role")):
            status, out, err = self.add(*words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertIn(says, err)
        self.assertIn("no such account", self.run_canbao("account", "reset", "--login", "x")[2])
        for words in ((), ("grant",), ("add",), ("reset",), ("add", "--login", "a")):
            self.assertEqual(self.run_canbao("account", *words)[0], 2, words)

    def test_a_demonstration_never_beside_real_accounts(self):
        status, out, _ = self.run_canbao("account", "demo")
        self.assertEqual(status, 0)
        self.assertIn("password of all: ", out)
        self.assertEqual(self.add("root.sys")[0], 0)
        self.assertEqual(self.run_canbao("account", "demo")[0], 2)

    def test_a_server_refuses_demonstration_accounts(self):
        self.assertEqual(self.run_canbao("account", "demo")[0], 0)
        status, _, err = self.run_canbao("serve", "--set", "listen=127.0.0.1:0", "--set", "policy=sunan-2024",
                                         "--set", f"packs={PACKS}")
        self.assertEqual(status, 2)
        self.assertIn("demo = yes", err)

    def test_clients(self):
        def client(*words):
            return self.run_canbao("client", *words)
        status, out, _ = client("add", "--id", "wechat", "--name", "微信", "--role", "channel", "--unit", "wechat")
        self.assertEqual(status, 0)
        first = re.search(r"key ([0-9a-f]{64}) \(shown this once\)", out).group(1)
        second = json.loads(client("rotate", "--id", "wechat", "--json")[1])["key"]
        self.assertNotEqual(first, second)
        self.assertIn("微信 · channel · wechat", client("list")[1])
        self.assertEqual(client("close", "--id", "wechat")[0], 0)
        self.assertIn("closed", client("list")[1])
        for words in (("close", "--id", "wechat"), ("rotate", "--id", "x"), ("add", "--id", "y"), ("what",),
                      ("add", "--id", "p", "--name", "x", "--role", "platform", "--unit", "z"),
                      ("add", "--id", "plat", "--name", "x", "--role", "tax"),
                      ("add", "--id", "plat", "--name", "x", "--role", "channel")):
            status, out, err = client(*words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertTrue(err)
        with open(os.path.join(self.top.name, "canbao.db"), "rb") as f:
            data = f.read()
        self.assertNotIn(bytes.fromhex(second), data)
        self.assertNotIn(second.encode(), data)


if __name__ == "__main__":
    unittest.main()
