#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the offices read: search, one person's record, lists, reports, desk, grid, policy packs.

Sibling towns and roles are test_roles.py's; here is what the answers say.
"""
import collections
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import contract
import server
from callers import Caller
from server import ENGINES, Server, Store

CONTRACT = contract.load()
# A whole citizen number: a region, a birthday, four characters.  Serials of channels look otherwise.
WHOLE = re.compile(rb"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx](?![0-9])")
DUE = 38000


@functools.cache
def world(engine):
    return Store(engine)


class Offices(unittest.TestCase):
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.store = world(cls.engine)
        cls.notices = tempfile.mkdtemp(prefix="notices.", dir=cls.store.top)
        cls.s = Server(cls.store, notices=cls.notices)
        cls.callers = {}

    @classmethod
    def tearDownClass(cls):
        cls.s.stop()

    def as_(self, role, strong=False):
        key = (role, strong)
        if key not in self.callers:
            caller = Caller(self.s, role)
            self.callers[key] = caller.strong() if strong else caller
        return self.callers[key]

    def ask(self, role, method, path, body=None, want=200, strong=False, headers=None):
        """One request whose answer is what openapi.yaml says, with no whole number in it."""
        caller = self.as_(role, strong)
        status, out = caller.ask(method, path, body, headers)
        self.assertEqual(status, want, (role, method, path, out))
        text = json.dumps(out, ensure_ascii=False).encode() if isinstance(out, (dict, list)) else out or b""
        if not path.endswith("/unmask"):
            self.assertIsNone(WHOLE.search(text), (path, WHOLE.search(text)))
        return out

    def get(self, role, path, want=200):
        return self.ask(role, "GET", path, want=want)

    def checked(self, role, path):
        """A GET held against the contract's schema."""
        return self.as_written("GET", path, self.get(role, path))

    def as_written(self, method, path, out):
        """The answer `out` is what openapi.yaml says."""
        path = urllib.parse.urlsplit(path).path
        fixed = [o for o in CONTRACT.operations if o.method == method and
                 re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", o.path), path)]
        o = min(fixed, key=lambda o: o.path.count("{"))
        text = json.dumps(out).encode()
        self.assertEqual(CONTRACT.check_answer(o, 200, {"Content-Type": "application/json"}, text), [])
        return out

    def all_of(self, role, path):
        items, cursor = [], ""
        while cursor is not None:
            sep = "&" if "?" in path else "?"
            page = self.get(role, f"{path}{sep}limit=200" + (f"&cursor={cursor}" if cursor else ""))
            items += page["items"]
            cursor = page["next"]
        return items

    def people(self):
        done = subprocess.run([sys.executable, os.path.join(server.ROOT, "script", "demo-people"), self.store.files,
                               "--json", "--until", server.DAY, "--packs", server.PACKS],
                              capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def someone(self, state):
        """A bill in this state, of somebody of the first town."""
        return self.get("town_office", f"/api/v1/bills?state={state}&limit=1")["items"][0]

    # ------------------------------------------------------------ people

    def test_search(self):
        bill = self.someone("open")
        name = bill["name"]
        out = self.ask("town_office", "POST", "/api/v1/people/search", {"name": name})
        self.assertIn(bill["person"], [x["id"] for x in out["items"]])
        self.assertTrue(all(x["name"].startswith(name) and "*" in x["number"] for x in out["items"]))
        for body in ({}, {"name": name, "number": "1"}, {"name": name, "more": 1}, {"name": "\u0007"},
                     {"name": name, "division": "110000000000"}):
            self.ask("town_office", "POST", "/api/v1/people/search", body, want=422)
        out = self.ask("insurance", "POST", "/api/v1/people/search", {"number": "62072119900615004X"})
        self.assertEqual(out, {"items": [], "more": False})
        line = self.get("auditor", "/api/v1/audit-trail?act=find_people&limit=1")["items"][0]
        self.assertEqual(sorted(line["detail"]), ["by", "found"])
        self.assertNotIn(name, json.dumps(line, ensure_ascii=False))

    def test_record_and_looks(self):
        """Whoever opens a record is written down, and told to those who may ask."""
        bill = self.someone("open")
        path = f"/api/v1/people/{bill['person']}"
        person = self.checked("town_office", path)
        self.assertEqual(person["name"], bill["name"])
        self.assertEqual(person["bill"]["number"], bill["number"])
        self.assertIn("*", person["number"])
        self.assertTrue(person["ruling"]["cites"] and person["ruling"]["steps"])
        looks = self.checked("insurance", path + "/looks")["items"]
        self.assertEqual((looks[0]["actor"], looks[0]["what"]), ("town_office", "record"))
        self.get("town_office2", path, want=404)
        self.get("town_office2", path + "/looks", want=404)
        self.get("insurance", "/api/v1/people/999999", want=404)

    def test_whole_number(self):
        """The whole number is given for a reason, and the reason is kept."""
        person = self.someone("open")["person"]
        path = f"/api/v1/people/{person}/unmask"
        for reason in ("看", "核对 62072119900615004X", None):
            body = {"reason": reason} if reason else {}
            self.ask("town_office", "POST", path, body, want=422)
        out = self.ask("town_office", "POST", path, {"reason": "电话核实参保情况"})
        self.assertRegex(out["number"], r"^[0-9]{17}[0-9X]$")
        self.ask("town_office2", "POST", path, {"reason": "电话核实参保情况"}, want=404)
        self.ask("supervision", "POST", path, {"reason": "电话核实参保情况"}, want=403)
        look = self.get("insurance", f"/api/v1/people/{person}/looks")["items"][0]
        self.assertEqual((look["what"], look["reason"]), ("unmask", "电话核实参保情况"))

    def test_departments(self):
        """A department sees who is on its lists, and no payment of theirs."""
        out = self.all_of("insurance", "/api/v1/bills?category=extreme_poverty")
        self.assertTrue(out)
        person = self.checked("civil_affairs", f"/api/v1/people/{out[0]['person']}")
        self.assertEqual((person["payments"], person["members"]), ([], []))
        self.assertTrue(person["categories"])
        mine = {x["person"] for x in self.all_of("insurance", "/api/v1/bills?state=paid")
                if x["category"] is None}
        for i in sorted(mine)[:5]:
            self.assertEqual(self.as_("veterans").get(f"/api/v1/people/{i}")[0], 404)

    # ------------------------------------------------------------ lists

    def test_bills_and_payments(self):
        bills = self.all_of("insurance", "/api/v1/bills")
        self.assertEqual(len(bills), len({b["person"] for b in bills}))
        for state in ("open", "paid", "funded", "withdrawn"):
            part = self.all_of("insurance", f"/api/v1/bills?state={state}")
            self.assertEqual(sorted(b["number"] for b in part),
                             sorted(b["number"] for b in bills if b["state"] == state), state)
        towns = self.get("insurance", "/api/v1/divisions")["items"]
        found = [b["number"] for t in towns if t["level"] == "town"
                 for b in self.all_of("insurance", f"/api/v1/bills?division={t['code']}")]
        self.assertEqual(sorted(found), sorted(b["number"] for b in bills))
        payments = self.all_of("tax", "/api/v1/payments")
        ids = [p["id"] for p in payments]
        self.assertEqual(ids, sorted(ids, reverse=True))
        waits = self.all_of("tax", "/api/v1/payments?state=suspense")
        self.assertEqual([p["id"] for p in waits], [p["id"] for p in payments if p["state"] == "suspense"])
        self.assertTrue(all(p["reason"] and p["reason_zh"] and p["reason_en"] for p in waits))
        by_channel = collections.Counter(p["channel"] for p in payments)
        for channel, n in by_channel.items():
            self.assertEqual(len(self.all_of("tax", f"/api/v1/payments?channel={channel}")), n)
        day = payments[0]["paid_at"][:10]
        part = self.all_of("tax", f"/api/v1/payments?from={day}&to={day}")
        self.assertEqual([p["id"] for p in part], [p["id"] for p in payments if p["paid_at"][:10] == day])
        for path in ("/api/v1/bills?state=none", "/api/v1/payments?from=soon", "/api/v1/bills?cursor=x",
                     "/api/v1/payments?more=1", "/api/v1/bills?limit=0"):
            self.get("tax", path, want=422)

    def test_missing(self):
        """SN-24, LB-41: the village ledger; LB-04: those of the special groups by name."""
        agent = self.as_("village_agent")
        village = agent.session["division"]
        out = self.checked("village_agent", f"/api/v1/missing?division={village}")
        everybody = self.all_of("village_agent", f"/api/v1/missing?division={village}")
        self.assertEqual(out["items"], everybody[:50])
        special = self.all_of("village_agent", f"/api/v1/missing?division={village}&special=true")
        self.assertTrue({x["person"] for x in special} <= {x["person"] for x in everybody})
        self.assertTrue(all(x["category"] for x in special))
        open_bills = {b["person"] for b in self.all_of("village_agent", "/api/v1/bills?state=open")}
        self.assertTrue({x["person"] for x in everybody if x["payable_fen"]} <= open_bills)
        self.get("village_agent2", f"/api/v1/missing?division={village}", want=422)
        self.get("insurance", "/api/v1/missing?division=620721999999", want=404)
        self.get("insurance", "/api/v1/missing", want=422)
        self.get("finance", f"/api/v1/missing?division={village}", want=403)

    # ------------------------------------------------------------ reports

    def column(self, report, key):
        k = [c["key"] for c in report["columns"]].index(key)
        return [row[k] for row in report["rows"]]

    def test_reports(self):
        """LB-43, SQ-37: from the county to the village; each sum is that of its parts."""
        progress = self.checked("insurance", "/api/v1/reports/progress")
        ranking = self.checked("insurance", "/api/v1/reports/ranking")
        k = [c["key"] for c in progress["columns"]].index("enrolled")
        self.assertEqual(sum(self.column(progress, "enrolled")), progress["total"][k])
        self.assertEqual(sorted(progress["codes"]), sorted(ranking["codes"]))
        rates = [r for r in self.column(ranking, "rate") if r is not None]
        self.assertEqual(rates, sorted(rates, reverse=True))
        for code, n in zip(progress["codes"], self.column(progress, "enrolled")):
            villages = self.checked("insurance", f"/api/v1/reports/villages?town={code}")
            self.assertEqual(sum(self.column(villages, "enrolled")), n)
        days = self.checked("insurance", "/api/v1/progress/days")["items"]
        self.assertEqual(sum(d["enrolled"] for d in days), progress["total"][k])
        self.assertEqual([d["day"] for d in days], sorted(d["day"] for d in days))
        # A town sees everybody's rank, its own progress, its own villages.
        town = self.as_("town_office").session["division"]
        own = self.checked("town_office", "/api/v1/reports/progress")
        self.assertEqual((own["codes"], own["total"]), ([town], None))
        self.assertEqual(len(self.get("town_office", "/api/v1/reports/ranking")["codes"]), len(ranking["codes"]))
        other = next(c for c in ranking["codes"] if c != town)
        self.get("town_office", f"/api/v1/reports/villages?town={other}", want=422)
        village = self.as_("village_agent").session["division"]
        self.assertEqual(self.get("village_agent", "/api/v1/reports/progress")["codes"], [village])
        self.get("insurance", "/api/v1/reports/villages", want=422)
        self.get("insurance", "/api/v1/reports/unenrolled", want=404)

    def test_reports_without_names(self):
        special = self.checked("public_security", "/api/v1/reports/special")
        self.assertEqual([c["type"] for c in special["columns"]][0], "text")
        waits = self.all_of("tax", "/api/v1/payments?state=suspense")
        report = self.checked("finance", "/api/v1/reports/suspense")
        self.assertEqual(report["total"][1:], [len(waits), sum(p["fen"] for p in waits)])

    def test_report_files(self):
        for kind, head in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
            text = self.ask("insurance", "GET", f"/api/v1/reports/ranking?format={kind}")
            self.assertTrue(bytes(text).startswith(head), kind)
        self.assertEqual(os.listdir(self.s.spool), [])
        self.get("insurance", "/api/v1/reports/ranking?format=pdf", want=422)

    # ------------------------------------------------------------ desk, grid

    def test_desks(self):
        desks = {role: self.checked(role, "/api/v1/desk") for role in (
            "insurance", "tax", "town_office", "village_agent", "civil_affairs", "school", "finance", "auditor",
            "security_admin", "system_admin")}
        cards = {role: {c["code"]: c for c in d["cards"]} for role, d in desks.items()}
        waits = self.all_of("tax", "/api/v1/payments?state=suspense")
        self.assertEqual(cards["tax"]["suspense"]["count"], len(waits))
        self.assertEqual(set(cards["security_admin"]), {"accounts"})
        self.assertNotIn("special", cards["finance"])
        self.assertEqual(desks["system_admin"]["progress"], None)
        ranking = self.get("insurance", "/api/v1/reports/ranking")
        town = self.as_("town_office").session["division"]
        row = ranking["codes"].index(town)
        self.assertEqual(desks["town_office"]["progress"]["rank"], self.column(ranking, "rank")[row])
        self.assertEqual(desks["town_office"]["progress"]["enrolled"], self.column(ranking, "enrolled")[row])
        special = self.get("insurance", "/api/v1/reports/special")
        missing = self.column(special, "missing")  # by group: somebody of two groups is in two of the figures
        self.assertLess(cards["insurance"]["special"]["count"], sum(missing))
        self.assertGreaterEqual(cards["insurance"]["special"]["count"], max(missing))
        village = self.as_("village_agent").session["division"]
        heads = self.all_of("village_agent", f"/api/v1/missing?division={village}&special=true")
        self.assertEqual(cards["village_agent"]["special"]["count"], len(heads))
        self.assertTrue(all(c["link"].startswith("/") for d in desks.values() for c in d["cards"]))
        # SQ-31, SQ-45: the demo's lists are of the season's beginning, more than a month ago.
        self.assertTrue(cards["civil_affairs"]["lists"]["late"])

    def test_grid(self):
        """SQ-34, SN-25: named people for each village, their phones masked for who does not manage them."""
        village = self.as_("village_agent").session["division"]
        path = f"/api/v1/divisions/{village}/grid"
        for duty, name in (("tax", "税甲"), ("insurance", "医乙"), ("collector", "征丙")):
            self.ask("town_office", "PUT", path, {"duty": duty, "name": name, "phone": "13900001234"}, want=204)
        self.ask("town_office", "PUT", path, {"duty": "tax", "name": "税丁"}, want=204)
        self.ask("town_office2", "PUT", path, {"duty": "tax", "name": "外人"}, want=404)
        self.ask("village_agent", "PUT", path, {"duty": "tax", "name": "外人"}, want=403)
        for body in ({"duty": "head", "name": "甲"}, {"duty": "tax"}, {"duty": "tax", "name": "甲", "phone": "打这个"}):
            self.ask("town_office", "PUT", path, body, want=422)
        mine = self.checked("village_agent", "/api/v1/divisions")["items"]
        self.assertEqual([d["code"] for d in mine], [village])
        grid = {g["duty"]: g for g in mine[0]["grid"]}
        self.assertEqual((grid["tax"]["name"], grid["tax"]["phone"]), ("税丁", None))
        self.assertEqual(grid["collector"]["phone"], "13*******34")
        town = self.as_("town_office").session["division"]
        whole = self.get("town_office", f"/api/v1/divisions?parent={town}")["items"]
        grid = {g["duty"]: g for g in next(d for d in whole if d["code"] == village)["grid"]}
        self.assertEqual(grid["collector"]["phone"], "13900001234")
        self.assertTrue(all(d["parent"] == town for d in whole))

    # ------------------------------------------------------------ money at the counter

    def test_counter(self):
        """LB-21: what is due is taken once; anything else is refused before it is stored."""
        bill = next(b for b in self.all_of("town_office", "/api/v1/bills?state=open") if b["payer"] == "self")
        sibling = self.get("town_office2", "/api/v1/bills?state=open&limit=1")["items"][0]
        before = len(self.all_of("town_office", "/api/v1/payments"))
        body = {"person": bill["person"], "channel": "abc_counter", "serial": "C-1", "amount_fen": bill["payable_fen"]}

        def take(want, **change):
            return self.ask("town_office", "POST", "/api/v1/payments", {**body, **change}, want=want, strong=True)

        self.ask("town_office", "POST", "/api/v1/payments", body, want=403)
        self.assertIn("应缴", take(409, amount_fen=bill["payable_fen"] + 100)["detail"])
        take(404, person=sibling["person"])
        take(422, channel="alipay")
        take(422, channel="none")
        self.assertEqual(len(self.all_of("town_office", "/api/v1/payments")), before)
        taken = take(201)
        self.assertEqual((taken["outcome"], taken["expected_fen"]), ("posted", bill["payable_fen"]))
        self.assertTrue(taken["receipt"] and taken["benefit_from"])
        take(409)
        take(409, serial="C-2")
        newest = self.get("town_office", "/api/v1/payments?limit=1")["items"][0]
        self.assertEqual((newest["id"], newest["receipt"]), (taken["payment"], taken["receipt"]))
        record = self.checked("town_office", f"/api/v1/people/{bill['person']}")
        self.assertEqual(record["bill"]["state"], "paid")
        self.assertEqual(record["payments"][-1]["receipt"], taken["receipt"])
        # The same key again is the same payment; with other content it is refused.
        bill = next(b for b in self.all_of("town_office", "/api/v1/bills?state=open") if b["payer"] == "self")
        body.update(person=bill["person"], serial="C-3", amount_fen=bill["payable_fen"])
        key = {"Idempotency-Key": "counter-3"}
        answers = [self.ask("town_office", "POST", "/api/v1/payments", body, want=201, strong=True, headers=key)
                   for _ in range(2)]
        self.assertEqual(answers[0], answers[1])
        body["serial"] = "C-4"
        out = self.ask("town_office", "POST", "/api/v1/payments", body, want=409, strong=True, headers=key)
        self.assertEqual(out["code"], "key_reused")

    # ------------------------------------------------------------ policy, system

    def test_policies(self):
        items = self.checked("supervision", "/api/v1/policies")["items"]
        self.assertEqual([p["code"] for p in items if p["current"]], ["sunan-2024"])
        for p in items:
            pack = self.checked("supervision", f"/api/v1/policies/{p['code']}")
            self.assertEqual(pack["uncited"], [])
            cited = {c["clause"] for c in pack["clauses"] if c["cited_by"]}
            self.assertTrue(cited)
            for c in pack["categories"]:
                self.assertEqual(c["subsidy_fen"] + c["payable_fen"], pack["personal_fen"])
            self.assertTrue(all(c["notice"] is None for c in pack["clauses"]))
        self.get("supervision", "/api/v1/policies/none", want=404)

    def test_notice(self):
        """The operator's own copy of a notice stands beside the rules, clause by clause."""
        path = os.path.join(self.notices, "sunan-2024.txt")
        with open(path, "w", encoding="utf-8") as f:
            f.write("样例通知\n二、总则样句\n（二）缴费标准样句。\n1.不在这里\n")
        try:
            pack = self.get("insurance", "/api/v1/policies/sunan-2024")
        finally:
            os.unlink(path)
        words = {c["clause"]: c["notice"] for c in pack["clauses"]}
        self.assertIn("缴费标准样句", words["二(二)"] or "")
        self.assertIsNone(words["二(五)"])

    def test_what_if(self):
        """Another standard costs everybody who pays himself the difference, and stores nothing."""
        path = "/api/v1/policies/sunan-2024/try"
        body = {"on": server.DAY, "personal_fen": DUE + 2000}
        same = self.ask("insurance", "POST", path, {"on": server.DAY})
        self.assertEqual((same["before"], same["pays_more"]), (same["after"], 0))
        more = self.ask("insurance", "POST", path, body)
        self.as_written("POST", path, more)
        self.assertEqual(more["before"], same["before"])
        self.assertEqual(more["after"]["eligible"], more["before"]["eligible"])
        extra = more["after"]["personal_fen"] - more["before"]["personal_fen"]
        extra += more["after"]["subsidy_fen"] - more["before"]["subsidy_fen"]
        self.assertEqual(extra, 2000 * more["before"]["eligible"])
        self.assertGreater(more["pays_more"], 0)
        helped = self.ask("insurance", "POST", path, {
            "on": server.DAY, "subsidies": [{"category": "rural_dibao_2", "subsidy_fen": DUE}]})
        self.assertGreater(helped["pays_less"], 0)
        self.assertEqual(helped["pays_more"], 0)
        for bad in ({}, {"on": "soon"}, {"on": server.DAY, "personal_fen": -1},
                    {"on": server.DAY, "subsidies": [{"category": "none", "subsidy_fen": 1}]},
                    {"on": server.DAY, "subsidies": [{"category": "rural_dibao_2"}]}):
            self.ask("insurance", "POST", path, bad, want=422)
        self.ask("insurance", "POST", "/api/v1/policies/lingbi-2023/try", body, want=422)
        self.ask("insurance", "POST", "/api/v1/policies/none/try", body, want=404)

    def test_system(self):
        out = self.checked("system_admin", "/api/v1/system")
        self.assertEqual((out["engine"], out["county"], out["demo"]),
                         ("postgresql" if self.engine == "pg" else "sqlite", "620721", True))
        self.get("insurance", "/api/v1/system", want=403)


def load_tests(loader, _tests, _pattern):
    suite = unittest.TestSuite()
    for engine in ENGINES:
        case = type(f"Offices_{engine}", (Offices,), {"engine": engine, "callers": {}})
        suite.addTests(loader.loadTestsFromTestCase(case))
    return suite


if __name__ == "__main__":
    unittest.main()
