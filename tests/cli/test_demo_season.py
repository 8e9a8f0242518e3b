#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The season of a made-up Sunan from its offices' files, on both engines: what was planted comes back, the
figures are the same to the fen and equal to what the demo says it made, and the auditor finds nothing.

LB-41 the village ledger of who is missing; LB-49 and SN-13 data checked on the way in; SN-01 targets;
SN-18 the farms' people are counted in their towns."""
import importlib.machinery
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import types
import unittest
import urllib.parse

CANBAO = os.environ["CANBAO_BIN"]
ROOT = os.environ["CANBAO_ROOT"]
SERVER = os.environ.get("CANBAO_TEST_PG_URI")
PACKS = os.path.join(ROOT, "packs")
PEOPLE = "29500"


def load_season():
    loader = importlib.machinery.SourceFileLoader("season", os.path.join(ROOT, "script", "season"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("season", loader))
    loader.exec_module(module)
    return module


def psql(sql):
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", SERVER, "-c", sql], check=True)


class DemoSeason(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        sys.dont_write_bytecode = True
        cls.top = tempfile.TemporaryDirectory()
        cls.files = os.path.join(cls.top.name, "files")
        subprocess.run([CANBAO, "demo", "--county", "620721", "--people", PEOPLE, "--packs", PACKS,
                        "--out", cls.files], check=True, capture_output=True)
        cls.module = load_season()
        cls.reports = {"sqlite": cls.run_on("sqlite", os.path.join(cls.top.name, "s.db"))}
        if SERVER:
            psql("CREATE DATABASE demo_season")
            uri = urllib.parse.urlsplit(SERVER)._replace(path="/demo_season").geturl()
            if uri.startswith("postgresql:/") and not uri.startswith("postgresql://"):
                uri = "postgresql://" + uri[len("postgresql:"):]
            cls.reports["pg"] = cls.run_on("pg", uri)

    @classmethod
    def tearDownClass(cls):
        cls.top.cleanup()
        if SERVER:
            psql("DROP DATABASE demo_season WITH (FORCE)")

    @classmethod
    def run_on(cls, engine, uri):
        """The whole season; every import's own report and every report, as JSON."""
        args = types.SimpleNamespace(folder=cls.files, db=uri, key=os.path.join(cls.top.name, engine + ".key"),
                                     canbao=CANBAO, packs=PACKS, until=None, quiet=True)
        season = cls.module.Season(args)
        imports = {}
        plain_take = season.take

        def take(entry, as_of):
            done = plain_take_json(entry, as_of)
            if done.returncode in (0, 1):
                imports[entry["path"]] = json.loads(done.stdout)
                imports[entry["path"]].pop("errors")
                imports[entry["path"]].pop("file")

        def plain_take_json(entry, as_of):
            outputs = []
            run = season.run

            def run_json(*words, **kw):
                outputs.append(run(*words, "--json", **kw))
                return outputs[-1]
            season.run = run_json
            try:
                plain_take(entry, as_of)
            finally:
                season.run = run
            return outputs[-1]
        season.take = take
        last = season.all()
        reports = {"imports": imports}
        for name in ("ranking", "progress", "special", "unenrolled"):
            reports[name] = season.run("report", name, "--on", last, "--format", "json", *season.policy).stdout
        late = season.run("report", "progress", "--on", "2024-12-31", "--format", "json", *season.policy)
        reports["late"] = late.stdout
        reports["audit"] = season.run("audit", "--packs", PACKS, "--json", fine=(0,)).stdout
        return reports

    def manifest(self):
        with open(os.path.join(self.files, "manifest.json"), encoding="utf-8") as f:
            return json.load(f)

    def test_engines_agree(self):
        if not SERVER:
            self.skipTest("no CANBAO_TEST_PG_URI: run under script/with-postgres")
        for name, text in self.reports["sqlite"].items():
            self.assertEqual(text, self.reports["pg"][name], name)

    def test_auditor_finds_nothing(self):
        for reports in self.reports.values():
            self.assertEqual(json.loads(reports["audit"])["findings"], [])

    def test_bad_rows_come_back(self):
        """LB-49, SN-13: exactly the planted rows are rejected, and no other."""
        for entry in self.manifest()["files"]:
            if entry["must_abort"] or entry["kind"] == "payments":
                continue
            got = self.reports["sqlite"]["imports"][entry["path"]]
            self.assertEqual(got["rejected"], sum(entry["rejected"].values()), entry["path"])

    def test_money_to_the_fen(self):
        """What the demo's payers paid rightly is posted, all else waits in suspense; nothing is lost."""
        m = self.manifest()
        good = m["payment_fen"]["good"] + m["payment_fen"]["circumstance"]
        imports = [r for p, r in self.reports["sqlite"]["imports"].items() if p.startswith("payments/")]
        self.assertEqual(sum(r["posted_fen"] for r in imports), good)
        total = sum(v for k, v in m["payment_fen"].items() if k != "repeated_line")
        self.assertEqual(sum(r["posted_fen"] + r["suspended_fen"] for r in imports), total)
        late = json.loads(self.reports["sqlite"]["late"])["total"]
        self.assertEqual(late["personal_fen"], good)

    def test_ranking(self):
        """SN-01: the towns' real targets; SN-18: the farms have no line of their own; who is best comes first."""
        ranking = json.loads(self.reports["sqlite"]["ranking"])
        m = self.manifest()
        rows = ranking["rows"]
        self.assertEqual(len(rows), 8)
        self.assertEqual({r["town"]: r["target"] for r in rows},
                         {"皇城镇": 7326, "马蹄藏族乡": 4427, "白银蒙古族乡": 626, "康乐镇": 3500, "大河乡": 3960,
                          "明花乡": 3450, "祁丰藏族乡": 2699, "红湾寺镇": 3512})
        self.assertEqual([r["rate"] for r in rows], sorted((r["rate"] for r in rows), reverse=True))
        self.assertEqual(ranking["total"]["enrolled"], m["funded"] + m["paying"])
        by_town = {t["name"]: t["paid"] + t["funded"] for t in m["towns"]}
        for row in rows:
            self.assertEqual(row["enrolled"], by_town[row["town"]], row["town"])

    def test_the_missing_are_named(self):
        """LB-41: everybody insurable is enrolled, insured elsewhere (SQ-33), or on the list with what is due."""
        m = self.manifest()
        elsewhere = 0
        with open(os.path.join(self.files, "employees.csv"), encoding="utf-8-sig") as f:
            elsewhere = sum("居民" in line for line in f)
        missing = [r for r in json.loads(self.reports["sqlite"]["unenrolled"])["rows"] if r["payable_fen"] is not None]
        left = m["insurable"] - m["funded"] - m["paying"]
        self.assertLessEqual(left - elsewhere - len(missing), 10)  # some of those elsewhere are on no list here
        self.assertGreaterEqual(left, len(missing))

    def test_what_if_over_the_county(self):
        """An overlay on everybody in the store: ten yuan more for one category is ten yuan a head."""
        overlay = os.path.join(self.top.name, "more.yaml")
        with open(overlay, "w", encoding="utf-8") as f:
            f.write("身份: [{ 代码: rural_dibao_1, 资助: 320元 }]\n")
        done = subprocess.run([CANBAO, "policy", "try", os.path.join(PACKS, "sunan-2024"), overlay, "--db",
                               os.path.join(self.top.name, "s.db"), "--key",
                               os.path.join(self.top.name, "sqlite.key"), "--on", "2023-10-01"],
                              capture_output=True, text=True, check=True)
        aid = [line for line in done.stdout.split("\n") if line.startswith("  医疗救助\t")][0].split("\t")
        more = int(aid[3].strip("+元"))
        self.assertEqual(int(aid[2].strip("元")) - int(aid[1].strip("元")), more)
        self.assertEqual(more % 10, 0)
        self.assertGreater(more, 1000)


if __name__ == "__main__":
    unittest.main()
