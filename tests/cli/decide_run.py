#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How `canbao decide` behaves as a program: exit status, order, long lines, broken packs, memory, conversation.

Usage: decide_run.py CANBAO PACKS
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

CANBAO, PACKS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
GOOD = {"policy": "sunan-2024", "on": "2023-10-01", "birth": "1980-05-05", "register": "local", "residence": "local"}


def line(i, **more):
    return json.dumps({"id": str(i), **GOOD, **more}) + "\n"


def decide(text, *args, packs=PACKS, **options):
    args = ["--packs", packs, *args] if packs else list(args)
    data = text if isinstance(text, bytes) else text.encode()
    return subprocess.run([CANBAO, "decide", *args], input=data, capture_output=True, **options)


class Decide(unittest.TestCase):
    def answers(self, done):
        return [json.loads(row) for row in done.stdout.decode().splitlines()]

    def test_no_input_is_no_error(self):
        done = decide("")
        self.assertEqual((done.returncode, done.stdout), (0, b""))

    def test_order_and_status(self):
        done = decide(line(1) + "x\n" + line(2))
        self.assertEqual([a["id"] for a in self.answers(done)], ["1", None, "2"])
        self.assertEqual(done.returncode, 1)
        self.assertEqual(decide(line(1) + line(2)).returncode, 0)

    def test_a_refusal_is_no_error(self):
        self.assertEqual(decide(line(1, on="2020-01-01")).returncode, 0)

    def test_the_last_line_needs_no_newline(self):
        self.assertEqual(len(self.answers(decide((line(1) + line(2)).rstrip("\n")))), 2)

    def test_an_empty_line_between_and_at_the_end(self):
        done = decide(line(1) + "\n" + line(2) + "\n")
        self.assertEqual([a["decision"] for a in self.answers(done)], ["enrol", "error", "enrol", "error"])

    def test_64_kib_is_the_limit(self):
        base = line(1).rstrip("\n")
        fits = base + " " * (65536 - len(base))
        for text, want in [(fits, "enrol"), (fits + " ", "error"), (fits + " " * 70000, "error"),
                           (fits + " " * 5000000, "error")]:
            done = decide(line(0) + text + "\n" + line(2))
            got = self.answers(done)
            self.assertEqual([a["decision"] for a in got], ["enrol", want, "enrol"])
            self.assertEqual([a["id"] for a in got][2], "2")
        self.assertEqual([a["decision"] for a in self.answers(decide("x" * 200000))], ["error"])

    def test_an_id_of_nearly_a_line(self):
        long = "\u0001" * 9000 + "肃" * 500
        self.assertEqual(self.answers(decide(json.dumps({"id": long, **GOOD}) + "\n"))[0]["id"], long)

    def test_bytes_that_are_no_text(self):
        done = decide(b'{"id":"\xff"}\n' + b"\x00\n" + b"\xef\xbb\xbf" + line(1).encode())
        self.assertEqual([a["decision"] for a in self.answers(done)], ["error"] * 3)
        self.assertEqual(done.returncode, 1)

    def test_deep_nesting(self):
        done = decide("[" * 60000 + "\n" + '{"id":' * 9000 + "\n")
        self.assertEqual([a["decision"] for a in self.answers(done)], ["error"] * 2)

    def test_a_line_is_answered_before_the_next_is_sent(self):
        with subprocess.Popen([CANBAO, "decide", "--packs", PACKS], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as p:
            for i in range(3):
                p.stdin.write(line(i).encode())
                p.stdin.flush()
                self.assertEqual(json.loads(p.stdout.readline())["id"], str(i))
            p.stdin.close()
            self.assertEqual(p.wait(), 0)

    def test_constant_memory(self):
        with open(CANBAO, "rb") as f:
            if b"__asan_init" in f.read():
                self.skipTest("a sanitizer keeps freed memory")
        chunk = (line(1, categories=[{"code": "orphan", "certified": "2020-01-01"}]) * 1000).encode()
        with subprocess.Popen([CANBAO, "decide", "--packs", PACKS], stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL) as p:
            sizes = []
            for _ in range(2):
                for _ in range(100):
                    p.stdin.write(chunk)
                p.stdin.flush()
                with open(f"/proc/{p.pid}/status", encoding="ascii") as f:
                    sizes += [int(row.split()[1]) for row in f if row.startswith("VmRSS")]
            p.stdin.close()
            self.assertEqual(p.wait(), 0)
        self.assertLess(sizes[1], 64 * 1024)
        self.assertLess(sizes[1] - sizes[0], 1024)

    def test_a_pack_that_does_not_load_stops_before_the_first_answer(self):
        with tempfile.TemporaryDirectory() as d:
            shutil.copytree(os.path.join(PACKS, "sunan-2024"), os.path.join(d, "sunan-2024"))
            shutil.copytree(os.path.join(PACKS, "lingbi-2023"), os.path.join(d, "lingbi-2023"))
            self.assertEqual(decide(line(1), packs=d).returncode, 0)
            path = os.path.join(d, "lingbi-2023", "pack.yaml")
            with open(path, encoding="utf-8") as f:
                text = f.read()
            with open(path, "w", encoding="utf-8") as f:
                f.write(text.replace("资助: 300元", "资助: 301元"))
            done = decide(line(1), packs=d)
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertIn("lingbi-2023/pack.yaml:", done.stderr.decode())

    def test_no_packs(self):
        with tempfile.TemporaryDirectory() as d:
            self.assertEqual((decide(line(1), packs=d).returncode, decide(line(1), packs=d + "/none").returncode), (2, 2))

    def test_a_pack_without_its_ledger(self):
        with tempfile.TemporaryDirectory() as d:
            shutil.copytree(os.path.join(PACKS, "sunan-2024"), os.path.join(d, "a"))
            os.remove(os.path.join(d, "a", "clauses.yaml"))
            self.assertEqual(decide(line(1), packs=d).returncode, 2)

    def test_two_packs_of_one_code(self):
        with tempfile.TemporaryDirectory() as d:
            for name in "ab":
                shutil.copytree(os.path.join(PACKS, "sunan-2024"), os.path.join(d, name))
            self.assertEqual(decide(line(1), packs=d).returncode, 2)

    def test_default_folders(self):
        with tempfile.TemporaryDirectory() as d:
            env = {k: v for k, v in os.environ.items() if k != "CANBAO_PACKS"}
            os.symlink(PACKS, os.path.join(d, "packs"))
            self.assertEqual(decide(line(1), packs=None, cwd=d, env=env).returncode, 0)
            env["CANBAO_PACKS"] = os.path.join(d, "none")
            self.assertEqual(decide(line(1), packs=None, cwd=d, env=env).returncode, 2)

    def test_usage(self):
        for args in (["--nonsense"], ["argument"]):
            done = decide(line(1), *args)
            self.assertEqual((done.returncode, done.stdout), (2, b""))


unittest.main(argv=sys.argv[:1])
