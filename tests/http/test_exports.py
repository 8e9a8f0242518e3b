#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lists as files: asked for with a purpose, approved by somebody else who may, marked, fetched by who asked."""
import csv
import io
import time
import unittest
import zipfile

from callers import Caller, base32, code_at
from office import Office
from server import ENGINES, Server, Store

PURPOSE = "逐户核实未参保原因"


class Exports(unittest.TestCase):
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.store = Store(cls.engine)
        cls.s = Server(cls.store, export_rows_max=150)
        cls.bureau, cls.tax = Office(cls.s, "insurance", True), Office(cls.s, "tax", True)
        cls.town, cls.sibling = Office(cls.s, "town_office", True), Office(cls.s, "town_office2", True)
        cls.sys, cls.sec = Office(cls.s, "system_admin", True), Office(cls.s, "security_admin", True)
        cls.agent, cls.auditor = Office(cls.s, "village_agent", True), Office(cls.s, "auditor", True)

    @classmethod
    def tearDownClass(cls):
        cls.s.stop()

    def asked(self, office, name="missing", **more):
        status, e = office.post("/api/v1/exports", {"list": name, "format": "csv", "purpose": PURPOSE, **more})
        self.assertEqual(status, 201, e)
        self.assertEqual((e["state"], e["mine"], e["may_decide"], e["rows"]), ("asked", True, False, None))
        return e["id"]

    def decide(self, office, export, **body):
        status, answer = office.post(f"/api/v1/exports/{export}/decision", body)
        return status, answer.get("code", answer.get("state"))

    def ready(self, office, export):
        """The answer once its job is over."""
        job = next(j for j in office.get("/api/v1/jobs")[1]["items"] if str(export) in j["title"])
        office.ended(job["id"])
        return next(e for e in office.get("/api/v1/exports")[1]["items"] if e["id"] == export)

    def rows(self, office, export):
        status, text = office.get(f"/api/v1/exports/{export}/file")
        self.assertEqual(status, 200)
        return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))

    def test_four_eyes(self):
        """Whoever asked never approves; the file is for who asked alone; each fetch is in the trail."""
        export = self.asked(self.bureau)
        self.assertEqual(self.decide(self.bureau, export, approve=True), (403, "own_work"))
        self.assertEqual(self.bureau.get(f"/api/v1/exports/{export}/file")[0], 409)
        self.assertEqual(self.decide(self.auditor, export, approve=True), (403, "forbidden"))
        self.assertEqual(self.decide(self.town, export, approve=True), (404, "not_found"))
        waits = next(e for e in self.tax.get("/api/v1/exports?state=asked")[1]["items"] if e["id"] == export)
        self.assertTrue(waits["may_decide"])
        self.assertEqual(self.decide(self.tax, export, approve=True), (200, "approved"))
        self.assertEqual(self.decide(self.tax, export, approve=True), (409, "state"))
        e = self.ready(self.bureau, export)
        self.assertEqual((e["state"], e["asked_by"], e["decided_by"]), ("ready", "insurance", "tax"))
        rows = self.rows(self.bureau, export)
        self.assertEqual(rows[0][3:5] + rows[0][-1:], ["姓名", "证件号码", "导出标记"])
        self.assertEqual(e["rows"], len(rows) - 2)
        self.assertTrue(all(r[-1] == f"{export}·insurance" for r in rows[1:-1]))
        self.assertTrue(all("*" in r[4] for r in rows[1:-1]))
        for word in (str(export), "insurance", "tax", PURPOSE):
            self.assertIn(word, rows[-1][0])
        self.assertEqual(self.tax.get(f"/api/v1/exports/{export}/file")[0], 404)
        trail = Office(self.s, "audit_admin").get("/api/v1/audit-trail?limit=200")[1]["items"]
        acts = [i["act"] for i in trail if i.get("subject") == f"export {export}"]
        self.assertEqual(sorted(acts), ["export_approve", "export_ask", "export_fetch", "export_write"])

    def colleague(self, login, staff_no, role):
        """A new account with its second factor shown: (caller, id, when its code was used)."""
        status, made = self.sys.post("/api/v1/accounts", {"login": login, "name": "甲", "staff_no": staff_no, "role": role})
        self.assertEqual(status, 201, made)
        account = made["account"]["id"]
        self.assertEqual(self.sec.post(f"/api/v1/accounts/{account}/grant")[0], 200)
        c = Caller(self.s, login, made["password"])
        self.assertEqual(c.post("/api/v1/session/password", {"old": made["password"], "new": self.password})[0], 204)
        c.secret = base32(c.post("/api/v1/session/totp", {"password": self.password})[1]["secret"])
        step = int(time.time()) // 30
        self.assertEqual(c.put("/api/v1/session/totp", {"code": code_at(c.secret, step)})[0], 204)
        return c, account, step

    password = "Xy-Zebra-4471-qq"

    def test_one_human_is_one_pair_of_eyes(self):
        """Two accounts of one staff number: what one asked for the other does not approve."""
        asker, _, _ = self.colleague("pair-a", "S-1", "insurance")
        other, _, _ = self.colleague("pair-b", "S-1", "tax")
        export = self.asked(asker)
        self.assertEqual(self.decide(other, export, approve=True), (403, "own_work"))
        self.assertEqual(self.decide(self.tax, export, approve=True), (200, "approved"))

    def test_nobody_lets_out_what_they_may_not_see(self):
        """Whole numbers, and lists, are approved by who may see them."""
        finance = Office(self.s, "finance", True)
        for name, whole in (("bills", True), ("missing", False)):
            export = self.asked(self.bureau, name, whole=whole)
            self.assertEqual(self.decide(finance, export, approve=True), (403, "forbidden"))
            waits = {e["id"]: e["may_decide"] for e in finance.get("/api/v1/exports")[1]["items"]}
            self.assertFalse(waits[export])
            self.assertEqual(self.decide(self.tax, export, approve=True), (200, "approved"))
        export = self.asked(self.bureau, "bills")
        self.assertEqual(self.decide(finance, export, approve=True), (200, "approved"))

    def test_moved_since(self):
        """Who saw the county when asking and sees a village when fetching asks again."""
        asker, account, step = self.colleague("moved", "S-2", "insurance")
        export = self.asked(asker)
        self.decide(self.tax, export, approve=True)
        while asker.get("/api/v1/exports")[1]["items"][0]["state"] != "ready":
            time.sleep(0.02)
        self.assertEqual(asker.get(f"/api/v1/exports/{export}/file")[0], 200)
        place = {"role": "village_agent", "division": self.agent.session["division"]}
        status, _ = self.sec.ask("PUT", f"/api/v1/accounts/{account}/role", place)
        self.assertEqual(status, 200)
        self.assertEqual(asker.get("/api/v1/session")[0], 401)
        self.assertEqual(asker.log_in("moved", self.password, code_at(asker.secret, step + 1))[0], 201)
        self.assertEqual(asker.get(f"/api/v1/exports/{export}/file")[0], 403)

    def test_own_town_only(self):
        """A village's list holds that village, and its own town approves it; the sibling town does not see it."""
        export = self.asked(self.agent, whole=True)
        self.assertEqual(self.decide(self.sibling, export, approve=True), (404, "not_found"))
        self.assertNotIn(export, [e["id"] for e in self.sibling.get("/api/v1/exports")[1]["items"]])
        self.assertEqual(self.decide(self.town, export, approve=True), (200, "approved"))
        self.assertEqual(self.ready(self.agent, export)["state"], "ready")
        rows = self.rows(self.agent, export)[1:-1]
        self.assertTrue(rows)
        village = self.agent.session["division_name"]
        self.assertEqual({r[1] for r in rows}, {village})
        self.assertTrue(all("*" not in r[4] and len(r[4]) >= 8 for r in rows))

    def test_looked_at(self):
        """Who is in a file sees it among who looked."""
        export = self.asked(self.agent)
        self.decide(self.town, export, approve=True)
        self.ready(self.agent, export)
        name = self.rows(self.agent, export)[1][3]
        found = self.bureau.post("/api/v1/people/search", {"name": name})[1]["items"]
        looks = [w for p in found for w in self.bureau.get(f"/api/v1/people/{p['id']}/looks")[1]["items"]]
        self.assertIn(("village_agent", "list", PURPOSE), [(w["actor"], w["what"], w["reason"]) for w in looks])

    def test_declined(self):
        export = self.asked(self.tax, "payments", format="xlsx")
        self.assertEqual(self.decide(self.bureau, export, approve=False), (422, "invalid"))
        self.assertEqual(self.decide(self.bureau, export, approve=False, reason="与本月工作无关"), (200, "declined"))
        self.assertEqual(self.tax.get(f"/api/v1/exports/{export}/file")[0], 409)

    def test_capped(self):
        """Not a row more than the settings allow, and the file says that it was cut."""
        export = self.asked(self.tax, "bills")
        self.decide(self.bureau, export, approve=True)
        self.assertEqual(self.ready(self.tax, export)["rows"], 150)
        rows = self.rows(self.tax, export)
        self.assertEqual(len(rows), 152)
        self.assertIn("上限", rows[-1][0])

    def test_every_list(self):
        for name in ("missing", "special", "suspense", "payments"):
            export = self.asked(self.tax, name, format="xlsx")
            self.decide(self.bureau, export, approve=True)
            self.assertEqual(self.ready(self.tax, export)["state"], "ready", name)
            status, data = self.tax.get(f"/api/v1/exports/{export}/file")
            self.assertEqual(status, 200)
            self.assertIsNone(zipfile.ZipFile(io.BytesIO(data)).testzip())

    def table(self, office, path):
        status, text = office.get(path)
        self.assertEqual((status, bytes(text[:3])), (200, b"\xef\xbb\xbf"), path)
        return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))

    def test_lists_without_persons(self):
        """The trail, accounts, imports and divisions as tables: the rows of the list, capped, recorded."""
        for office, path, key in ((self.sys, "/api/v1/accounts?sort=-login&limit=200", "login"),
                                  (self.bureau, "/api/v1/imports?sort=time&limit=200", "id"),
                                  (self.bureau, "/api/v1/divisions?parent=620721000000", "code")):
            items = office.get(path)[1]["items"]
            rows = self.table(office, path + "&format=csv")
            self.assertEqual([r[0] for r in rows[1:]], [str(i[key]) for i in items], path)
            self.assertGreater(len(items), 1)
            status, data = office.get(path + "&format=xlsx")
            self.assertEqual(status, 200)
            self.assertIsNone(zipfile.ZipFile(io.BytesIO(data)).testzip())
        said = self.auditor.get("/api/v1/audit-trail?act=export_list&limit=200")[1]["items"]
        self.assertEqual({s["subject"] for s in said} & {"accounts", "imports", "divisions"},
                         {"accounts", "imports", "divisions"})
        self.assertEqual({s["detail"]["rows"] for s in said if s["subject"] == "imports"},
                         {len(self.bureau.get("/api/v1/imports?limit=200")[1]["items"])})
        while len(self.auditor.get("/api/v1/audit-trail?limit=200")[1]["items"]) < 152:
            self.table(self.bureau, "/api/v1/imports?format=csv")
        rows = self.table(self.auditor, "/api/v1/audit-trail?sort=time&format=csv")
        first = self.auditor.get("/api/v1/audit-trail?sort=time&limit=150")[1]["items"]
        self.assertEqual([int(r[0]) for r in rows[1:-1]], [i["id"] for i in first])
        self.assertIn("上限", rows[-1][0])

    def test_lists_need_the_second_factor(self):
        weak = Office(self.s, "auditor")
        for path in ("audit-trail", "divisions", "imports"):
            status, answer = weak.get(f"/api/v1/{path}?format=csv")
            self.assertEqual((status, answer["code"]), (403, "second_factor"), path)
        self.assertEqual(self.auditor.get("/api/v1/audit-trail?format=pdf")[0], 422)

    def test_what_is_refused(self):
        ask = {"list": "missing", "format": "csv", "purpose": PURPOSE}
        for wrong in ({"list": "accounts"}, {"format": "pdf"}, {"purpose": "看"}, {"purpose": "查 13800138000 这个人"},
                      {"division": "999999999999"}, {"more": 1}):
            self.assertEqual(self.bureau.post("/api/v1/exports", {**ask, **wrong})[0], 422, wrong)
        self.assertEqual(self.auditor.post("/api/v1/exports", {**ask, "whole": True})[0], 403)
        self.assertEqual(Office(self.s, "finance").post("/api/v1/exports", ask)[1]["code"], "second_factor")


@unittest.skipUnless("pg" in ENGINES, "no PostgreSQL")
class ExportsOnPostgres(Exports):
    engine = "pg"


if __name__ == "__main__":
    unittest.main()
