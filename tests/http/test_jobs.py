#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Long work of the service: uploads and their preview, imports by parts that can be stopped, killed and gone on
with, what comes back, who may see it; others pay meanwhile."""
import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import time
import unittest
import zipfile

import server
from office import Office
from server import Server, Store

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TOWN, OTHER = "红湾寺镇", "皇城镇"


def citizen(n):
    """A made-up citizen number: the same one for the same n."""
    first = f"110101{1940 + n // 40000 % 60:04d}{1 + n // 4000 % 10:02d}{1 + n // 400 % 10:02d}{n % 400 + 500:03d}"
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, first)) % 11]


def people(first, n, town=TOWN, bad=()):
    """A register of n made-up people as CSV bytes; rows of `bad` name a town that is not there."""
    out = io.StringIO()
    w = csv.writer(out)
    w.writerow(["姓名", "证件号码", "乡镇", "联系电话"])
    for i in range(first, first + n):
        w.writerow(["居民", citizen(i), "蓬莱镇" if i - first in bad else town, f"139{i:08d}"])
    return out.getvalue().encode()


class Work(unittest.TestCase):
    """On SQLite; on PostgreSQL, when it is offered, the same again."""
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.store = Store(cls.engine)
        cls.s = Server(cls.store, streams=100, connections_per_address=400)
        cls.bureau = Office(cls.s, "insurance")
        cls.town = Office(cls.s, "town_office")
        cls.sibling = Office(cls.s, "town_office2")

    @classmethod
    def tearDownClass(cls):
        cls.s.stop()

    def test_preview(self):
        status, p = self.bureau.upload("名册.csv", people(0, 30))
        self.assertEqual(status, 201)
        self.assertEqual((p["kind"], p["guessed"], p["header_row"], p["encoding"]), ("residents", True, 1, "UTF-8"))
        self.assertEqual([c["meaning"] for c in p["columns"]], ["姓名", "证件号码", "乡镇", "联系电话"])
        self.assertEqual(len(p["rows"]), 20)
        text = json.dumps(p["rows"])
        for i in range(20):
            self.assertNotIn(citizen(i), text)
            self.assertNotIn(f"139{i:08d}", text)
        status, p = self.bureau.get(f"/api/v1/uploads/{p['upload']}/preview?kind=categories")
        self.assertEqual((status, p["missing"], p["guessed"]), (200, ["身份类别"], False))
        self.assertTrue(p["problems"])
        self.assertEqual(self.sibling.get(f"/api/v1/uploads/{p['upload']}/preview?kind=residents")[0], 404)
        self.assertEqual(self.sibling.post("/api/v1/imports", {"upload": p["upload"], "kind": "residents"})[0], 404)

    def test_who_may(self):
        self.assertEqual(Office(self.s, "supervision").upload("a.csv", b"a")[0], 403)
        self.assertEqual(Office(self.s, "system_admin").upload("a.csv", b"a")[0], 403)
        self.assertEqual(self.bureau.ask("POST", "/api/v1/uploads?name=a.csv", b"a", {"Content-Type": "image/png"})[0], 415)
        _, p = self.town.upload("a.csv", people(0, 1))
        self.assertEqual(self.town.post("/api/v1/imports", {"upload": p["upload"], "kind": "targets"})[0], 403)
        tax = Office(self.s, "tax")
        _, p = tax.upload("b.csv", b"x")
        status, answer = tax.post("/api/v1/imports", {"upload": p["upload"], "kind": "payments", "channel": "alipay"})
        self.assertEqual((status, answer["code"]), (403, "second_factor"))
        status, answer = self.bureau.post("/api/v1/assessments", {"on": "2001-01-01"})
        self.assertEqual((status, answer["code"]), (422, "invalid"))

    def test_what_comes_back(self):
        """SN-13: bad rows come back to their sender, and to nobody else."""
        data = people(1000, 50, bad=(3, 44))
        status, job = self.town.take_in("五十人.csv", data, "residents")
        self.assertEqual(status, 202)
        self.assertEqual(job["title"], "导入居民：五十人.csv")
        job = self.town.ended(job["id"])
        self.assertEqual((job["state"], job["result"]["rows"], job["result"]["added"], job["errors"]),
                         ("done", 50, 48, True))
        path = f"/api/v1/jobs/{job['id']}/errors"
        status, text = self.town.get(path)
        self.assertEqual(status, 200)
        rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
        self.assertEqual([r[1] for r in rows[1:]], [citizen(1003), citizen(1044)])
        self.assertTrue(all("乡镇不在区划表里" in r[-1] for r in rows[1:]))
        self.assertEqual(self.sibling.get(path)[0], 404)
        self.assertEqual(self.bureau.get(path)[0], 404)
        self.assertEqual(self.sibling.get(f"/api/v1/jobs/{job['id']}")[0], 404)
        self.assertNotIn(job["id"], [i["id"] for i in self.sibling.get("/api/v1/jobs")[1]["items"]])
        self.assertFalse(self.bureau.get(f"/api/v1/jobs/{job['id']}")[1]["mine"])
        status, answer = self.town.take_in("又一次.csv", data, "residents")
        self.assertEqual((status, answer["code"]), (409, "conflict"))
        names = [i["name"] for i in self.town.get("/api/v1/imports?kind=residents")[1]["items"]]
        self.assertEqual(names, ["五十人.csv"])
        self.assertIn("五十人.csv", [i["name"] for i in self.bureau.get("/api/v1/imports")[1]["items"]])

    def test_another_town(self):
        """A town's office brings in its own people only."""
        status, job = self.sibling.take_in("越界.csv", people(2000, 5, OTHER) + people(2100, 3, TOWN).split(b"\r\n", 1)[1],
                                       "residents")
        self.assertEqual(status, 202)
        job = self.sibling.ended(job["id"])
        self.assertEqual((job["state"], job["result"]["added"], job["result"]["rejected"]), ("done", 5, 3))
        status, answer = self.sibling.take_in("全量.csv", "姓名,证件号码,身份类别\n".encode(), "categories", full=True,
                                              department="civil_affairs")
        self.assertEqual(status, 422)

    def test_whole_list_for_every_town(self):
        """A county's list goes to all towns: each takes in its own people, none stands in another's way."""
        data = people(2200, 4, OTHER) + people(2300, 3, TOWN).split(b"\r\n", 1)[1]
        added = []
        for office in (self.sibling, self.town, self.bureau):
            status, job = office.take_in("全县.csv", data, "residents")
            self.assertEqual(status, 202, job)
            result = office.ended(job["id"])["result"]
            added.append((result["added"], result["rejected"]))
            self.assertEqual(office.take_in("又.csv", data, "residents")[1]["code"], "conflict")
        self.assertEqual(added, [(4, 3), (3, 4), (0, 0)])

    def test_events(self):
        _, job = self.bureau.take_in("事件.csv", people(10000, 6000), "residents")
        status, text = self.bureau.get(f"/api/v1/jobs/{job['id']}/events")
        self.assertEqual(status, 200)
        events = [json.loads(line[6:]) for line in text.decode().split("\n") if line.startswith("data: ")]
        self.assertEqual((events[-1]["state"], events[-1]["result"]["added"]), ("done", 6000))
        self.assertTrue(all(e["id"] == job["id"] for e in events))
        self.assertEqual(self.sibling.get(f"/api/v1/jobs/{job['id']}/events")[0], 404)

    def test_cancel(self):
        """What went in stays in, the job says how much, and the same file may come again."""
        data = people(20000, 30000)
        _, job = self.bureau.take_in("三万.csv", data, "residents")
        while self.bureau.get(f"/api/v1/jobs/{job['id']}")[1]["done"] == 0:
            time.sleep(0.01)
        status, _ = self.bureau.post(f"/api/v1/jobs/{job['id']}/cancel")
        self.assertIn(status, (200, 409))
        job = self.bureau.ended(job["id"])
        self.assertEqual(job["state"], "cancelled")
        added = job["result"]["added"]
        self.assertTrue(0 < added < 30000, added)
        self.assertEqual(self.bureau.post(f"/api/v1/jobs/{job['id']}/cancel")[0], 409)
        file = next(i for i in self.bureau.get("/api/v1/imports")[1]["items"] if i["id"] == job["result"]["file"])
        self.assertEqual((file["state"], file["accepted"]), ("stopped", added))
        status, job = self.bureau.take_in("三万.csv", data, "residents")
        self.assertEqual(status, 202)
        job = self.bureau.ended(job["id"])
        self.assertEqual((job["result"]["added"], job["result"]["unchanged"]), (30000 - added, added))

    def test_bad_files(self):
        bomb, formulas = io.BytesIO(), io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("[Content_Types].xml", "<Types/>")
            z.writestr("xl/worksheets/sheet1.xml", b"<" * (300 << 20))
        with zipfile.ZipFile(formulas, "w") as z:
            z.writestr("a.txt", "no workbook")
        wrong = "乡镇,目标数\n红湾寺镇,100\n".encode()
        for name, data, words in [("炸弹.xlsx", bomb.getvalue(), None), ("空表.xlsx", formulas.getvalue(), None),
                                  ("图片.csv", b"\x89PNG\r\n\x1a\n" + bytes(2000), "不是表格"),
                                  ("错种.csv", wrong, "证件号码"), ("空白.csv", b"\n\n\n", "表头")]:
            status, p = self.bureau.upload(name, data, "residents")
            self.assertEqual(status, 201, name)
            self.assertTrue(p["problems"], name)
            status, job = self.bureau.post("/api/v1/imports", {"upload": p["upload"], "kind": "residents"})
            self.assertEqual(status, 202, name)
            job = self.bureau.ended(job["id"])
            self.assertEqual(job["state"], "failed", name)
            self.assertIn(name, job["message"])
            self.assertIn(" / ", job["message"])
            if words:
                self.assertIn(words, job["message"])
        self.assertEqual(self.s.get("/healthz")[0], 200)
        self.assertEqual(self.bureau.upload("空.csv", b"")[0], 422)

    def test_many_listeners(self):
        """A hundred who watch keep nobody from the service."""
        _, job = self.bureau.take_in("很多.csv", people(60000, 12000), "residents")
        open_ones = []
        try:
            for _ in range(100):
                c = self.s.connect()
                c.request("GET", f"/api/v1/jobs/{job['id']}/events", headers=self.bureau.headers())
                open_ones.append(c)
            self.assertEqual(self.s.get("/readyz")[0], 200)
            self.assertEqual(self.town.get("/api/v1/jobs")[0], 200)
            statuses = [c.getresponse() for c in open_ones]
            self.assertTrue(all(r.status in (200, 503) for r in statuses))
            watched = [r.read() for r in statuses if r.status == 200]
            self.assertTrue(watched)
            self.assertTrue(all(b'"state":"done"' in text for text in watched))
        finally:
            for c in open_ones:
                c.close()

    def test_assess(self):
        status, job = self.bureau.post("/api/v1/assessments", {"on": "2023-12-15"}, {"Idempotency-Key": "assess-1"})
        self.assertEqual(status, 202)
        again = self.bureau.post("/api/v1/assessments", {"on": "2023-12-15"}, {"Idempotency-Key": "assess-1"})
        self.assertEqual((again[0], again[1]["id"]), (202, job["id"]))
        job = self.bureau.ended(job["id"])
        self.assertEqual(job["state"], "done")
        self.assertTrue(job["result"]["people"] >= 600)
        self.assertEqual(Office(self.s, "tax").post("/api/v1/assessments", {"on": "2023-12-15"})[0], 403)


@unittest.skipUnless(server.PG, "no PostgreSQL")
class WorkOnPostgres(Work):
    engine = "pg"


def register(path):
    """What a register's import leaves, without seals and audit ids."""
    with sqlite3.connect(path) as db:
        return [db.execute(q).fetchall() for q in (
            "SELECT id, token, name, birth, sex, village, town, register, resident FROM person ORDER BY id",
            "SELECT number, village FROM household ORDER BY number",
            "SELECT id, kind, digest, name, rows_read, accepted, unchanged, rejected, state FROM import_file ORDER BY id",
            "SELECT name, next FROM counter WHERE name IN ('person', 'import_file') ORDER BY name",
            "SELECT count(*) FROM import_part", "SELECT count(*) FROM import_remark")]


class Killed(unittest.TestCase):
    def test_killed_and_gone_on(self):
        """kill -9 in the middle, three times: the job goes on, and ends with the store and the returned rows of an
        import that nobody disturbed."""
        store = Store()
        whole = os.path.join(store.top, "whole.db")
        data = people(0, 60000, bad=(5, 30000, 59999))
        path = os.path.join(store.top, "六万.csv")
        with open(path, "wb") as f:
            f.write(data)
        with sqlite3.connect(store.db) as a, sqlite3.connect(whole) as b:
            a.backup(b)
        subprocess.run([server.CANBAO, "import", "residents", path, "--db", whole, "--key", store.key, "--as-of",
                        server.DAY], check=False, stdout=subprocess.DEVNULL)
        s = Server(store)
        bureau = Office(s, "insurance")
        _, job = bureau.take_in("六万.csv", data, "residents")
        for at in (1, 2, 3):
            seen = 0
            while seen * 5 < len(data) * at:
                seen = bureau.get(f"/api/v1/jobs/{job['id']}")[1]["done"]
            s.stop(signal.SIGKILL)
            s.start()
        job = bureau.ended(job["id"])
        self.assertEqual((job["state"], job["result"]["rows"], job["result"]["rejected"]), ("done", 60000, 3))
        _, text = bureau.get(f"/api/v1/jobs/{job['id']}/errors")
        s.stop()
        self.assertEqual(register(store.db), register(whole))
        with open(os.path.join(store.top, "六万.退回.csv"), "rb") as f:
            self.assertEqual(text, f.read())
        store.canbao("audit", "--policy", "sunan-2024", "--packs", server.PACKS)

    def test_an_orderly_stop_is_no_cancel(self):
        store = Store()
        with Server(store) as s:
            bureau = Office(s, "insurance")
            _, job = bureau.take_in("停.csv", people(0, 40000), "residents")
            while bureau.get(f"/api/v1/jobs/{job['id']}")[1]["done"] == 0:
                time.sleep(0.01)
            self.assertEqual(s.stop(), 0)
            self.assertIn("job_paused", s.log())
            s.start()
            job = bureau.ended(job["id"])
            self.assertEqual((job["state"], job["result"]["added"]), ("done", 40000))


class Meanwhile(unittest.TestCase):
    engine = "sqlite"

    def test_others_pay_meanwhile(self):
        """While a long file goes in, payments are taken between its parts, every one of them, and the books agree.
        How long each took is printed, not judged."""
        store = Store(self.engine, people=3000)
        with Server(store) as s:
            bureau, tax = Office(s, "insurance"), Office(s, "tax", strong=True)
            due, page = [], "/api/v1/bills?state=open&limit=200"
            while page:
                answer = tax.get(page)[1]
                due += [(b["person"], b["payable_fen"]) for b in answer["items"]]
                page = answer["next"] and f"/api/v1/bills?state=open&limit=200&cursor={answer['next']}"
            self.assertTrue(len(due) > 300)
            _, job = bureau.take_in("长.csv", people(0, 100000), "residents")
            while bureau.get(f"/api/v1/jobs/{job['id']}")[1]["done"] == 0:
                time.sleep(0.01)
            took = []
            while due and bureau.get(f"/api/v1/jobs/{job['id']}")[1]["state"] == "running":
                person, fen = due.pop()
                start = time.monotonic()
                status, answer = tax.post("/api/v1/payments", {"person": person, "channel": "abc_counter",
                                                               "serial": f"T{person}", "amount_fen": fen})
                took.append(time.monotonic() - start)
                self.assertEqual(status, 201, answer)
            self.assertTrue(len(took) > 5)
            took.sort()
            print(f"# {self.engine}: {len(took)} payments meanwhile: p50 {took[len(took) // 2] * 1000:.1f} ms, "
                  f"p99 {took[len(took) * 99 // 100] * 1000:.1f} ms, worst {took[-1] * 1000:.1f} ms")
            self.assertEqual(bureau.ended(job["id"])["result"]["added"], 100000)
        store.canbao("audit", "--policy", "sunan-2024", "--packs", server.PACKS)


@unittest.skipUnless(server.PG, "no PostgreSQL")
class MeanwhileOnPostgres(Meanwhile):
    engine = "pg"


if __name__ == "__main__":
    unittest.main()
