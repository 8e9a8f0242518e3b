# SPDX-License-Identifier: Apache-2.0
"""The resident's way through the running server, on both engines: look up, why, order, pay, receipt; papers,
registrations, tickets; what the channels and the insurance platform do.  Every answer is held to openapi.yaml."""
import http.client
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
import time
import unittest

import callers
import contract
import server

SIM = os.environ["CANBAO_SIM"]
POLICY = "sunan-2024"
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
JPEG = b"\xff\xd8\xff\xe0" + b"made up picture " * 40
PDF = b"%PDF-1.4\n" + b"made up paper " * 40
HOUSEHOLD = [("欧阳试甲", "19800131", 901, "户主"), ("李试乙", "19820202", 902, "配偶"),
             ("欧阳试丙", "20100303", 903, "子"), ("欧阳试丁", "20120404", 904, "女")]


def citizen(ymd, seq, region="620721"):
    s = f"{region}{ymd}{seq:03d}"
    return s + "10X98765432"[sum(w * int(c) for w, c in zip(WEIGHTS, s)) % 11]


NUMBERS = [citizen(ymd, seq) for _, ymd, seq, _ in HOUSEHOLD]


def crowd(first, n):
    """(name, number) of people of nobody's household."""
    return [(f"散户{i}", citizen("19700101", i)) for i in range(first, first + n)]


class Season(server.Store):
    """A store with a family of four, two of them helped in two ways, and a crowd that has not paid."""

    def __init__(self, engine):
        super().__init__(engine)
        self.clients, self.policy_words = {}, ["--policy", POLICY, "--packs", server.PACKS]
        rows = [f"{name},{number},皇城镇,TESTHH1,{relation}" for (name, _, _, relation), number in zip(HOUSEHOLD, NUMBERS)]
        rows += [f"{name},{number},皇城镇,," for name, number in crowd(100, 200)]
        self.take("residents", "people.csv", "姓名,证件号码,乡镇,户号,与户主关系\n" + "\n".join(rows))
        head = "姓名,证件号码,身份类别,纳入资助时间,身份取消时间\n"
        self.take("categories", "civil.csv", head + f"{HOUSEHOLD[0][0]},{NUMBERS[0]},农村二类低保,2022-01-01,\n"
                  f"{HOUSEHOLD[1][0]},{NUMBERS[1]},农村三类低保,2022-01-01,\n",
                  "--department", "civil_affairs", *self.policy_words)
        self.take("categories", "rural.csv", head + f"{HOUSEHOLD[0][0]},{NUMBERS[0]},已脱贫人口,2022-01-01,\n",
                  "--department", "rural_revitalisation", *self.policy_words)
        for channel in ("alipay", "gansu_tax"):
            self.client("channel", channel)
        self.client("platform", None)

    def take(self, kind, name, text, *words, fine=(0,)):
        path = os.path.join(self.top, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        self.canbao("import", kind, path, "--as-of", server.DAY, *words, fine=fine)

    def client(self, role, unit):
        name = f"t-{(unit or role).replace('_', '-')}"
        out = self.canbao("client", "add", "--id", name, "--name", name, "--role", role, *(["--unit", unit] if unit else []))
        self.clients[unit or role] = (name, re.search(r"\b[0-9a-f]{64}\b", out).group())


class Visitor:
    """A resident's browser: keeps its cookie, holds every answer to the contract."""

    def __init__(self, test):
        self.test, self.cookie = test, None

    def ask(self, method, path, body=None, headers=None, says=None):
        target, template = path.split("?")[0], None
        for o in self.test.contract.operations:
            if o.method.lower() == method.lower() and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", o.path), target):
                template = o if template is None or "{" not in o.path else template
        headers = {"X-Canbao": "1", **(headers or {})}
        if self.cookie:
            headers["Cookie"] = f"canbao_visit={self.cookie}"
        status, back, out = self.test.server.ask(method, path, body, headers)
        for line in back.get_all("Set-Cookie") or []:
            m = re.match(r"canbao_visit=([^;]*)", line)
            self.cookie = m.group(1) if m and m.group(1) else None
        self.test.assertEqual([], self.test.contract.check_answer(template, status, back, out), (method, path))
        if says is not None:
            self.test.assertEqual(says, status, out[:600])
        return status, callers.decoded(out)

    def get(self, path, says=200):
        return self.ask("GET", path, says=says)[1]

    def post(self, path, body, says, headers=None):
        return self.ask("POST", path, body, headers, says)[1]

    def look(self, name, number, says=200):
        return self.post("/api/v1/resident/visits", {"policy": POLICY, "name": name, "number": number}, says)

    def add_family(self):
        for i in (1, 2, 3):
            out = self.post("/api/v1/resident/visit/people", {"member": i + 1, "tail": NUMBERS[i][-4:]}, 200)
        return out

    def order(self, places, fen, channel="alipay", says=201):
        return self.post("/api/v1/resident/orders", {"people": places, "channel": channel, "total_fen": fen}, says)

    def paper(self, bytes_, media, says=201, kind="birth_certificate"):
        return self.post(f"/api/v1/resident/evidence?kind={kind}", bytes_, says, {"Content-Type": media})


class Resident(unittest.TestCase):
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.store = Season(cls.engine)
        cls.server = server.Server(cls.store, sim_url="http://127.0.0.1:1")
        cls.contract = contract.load()
        cls.next_serial = 0

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.audit_words = cls.store.canbao("audit", *cls.store.policy_words)  # every fen of all this agrees

    def system(self, unit):
        return callers.System(self.server, *self.store.clients[unit])

    def tell(self, order, fen, channel="alipay", serial=None, paid_at=1702610000):
        if serial is None:
            type(self).next_serial += 1
            serial = f"T{self.next_serial}"
        return self.system(channel).post(f"/api/v1/channels/{channel}/notifications",
                                         {"order": order, "serial": serial, "amount_fen": fen, "paid_at": paid_at})

    def test_season(self):
        v = Visitor(self).get("/api/v1/season")
        self.assertEqual("open", v["phase"])
        self.assertTrue(v["payments_open"])
        self.assertEqual(["2023-09-10", "2023-12-31"], [v["pay_from"], v["pay_to"]])

    def test_family(self):
        """LB-26, SN-26, LB-29, SQ-35: looked up, added by their last four, paid in one, each with a receipt."""
        r = Visitor(self)
        v = r.look(HOUSEHOLD[0][0], NUMBERS[0])
        me = v["people"][0]
        self.assertEqual(("first", 38000, 31000, 7000, "农村二类低保"),
                         tuple(me[k] for k in ("state", "standard_fen", "subsidy_fen", "payable_fen", "category")))
        self.assertIn("二(三)2", [c["clause"] for c in me["cites"]])
        self.assertTrue(all(c["text"] for c in me["cites"]))
        self.assertEqual(["李**", "欧阳**", "欧阳**"], [m["name"] for m in v["household"]])
        why = r.get("/api/v1/resident/why")
        self.assertEqual([38000, 31000, 10000, None, -31000, 7000, None], [s["fen"] for s in why["steps"]])
        self.assertIn("就高不重复", why["steps"][3]["zh"])  # LB-40: told plainly which of two categories counts
        v = r.add_family()
        self.assertEqual([], v["household"])
        self.assertEqual([7000, 13000, 38000, 38000], [p["payable_fen"] for p in v["people"]])
        self.assertEqual("李**", v["people"][1]["name"])  # by the tail alone nobody learns the whole name
        o = r.order([0, 1, 2, 3], 96000)
        self.assertEqual(["欧阳**", "李**", "欧阳**", "欧阳**"], [x["name"] for x in o["lines"]])
        r.get(f"/api/v1/resident/orders/{o['number']}/receipt.pdf", 409)
        self.assertIn(b"<svg", r.get(f"/api/v1/resident/orders/{o['number']}/qr.svg"))
        status, paid = self.tell(o["number"], 96000)
        self.assertEqual((200, "paid"), (status, paid["state"]))
        self.assertEqual(["posted"] * 4, [x["outcome"] for x in paid["lines"]])
        self.assertEqual(4, len({x["receipt"] for x in paid["lines"]}))
        self.assertEqual(["enrolled"] * 4, [p["state"] for p in r.get("/api/v1/resident/visit")["people"]])
        rec = r.get("/api/v1/resident/record")
        self.assertEqual([o["number"]], [p["order"] for p in rec["payments"]])
        self.assertEqual("2024-01-01", rec["enrolments"][0]["benefit_from"])
        self.assertEqual("集中缴费", rec["enrolments"][0]["route"])  # people read names, not codes
        self.assertEqual("quote", self.first_look(r)["what"])
        self.check_receipt(r, o)

    def first_look(self, r):
        """Looks through this page are written a moment later."""
        end = time.monotonic() + server.WAIT
        while time.monotonic() < end:
            items = r.get("/api/v1/resident/looks")["items"]
            if items:
                return items[0]
            time.sleep(0.1)
        self.fail("the look was never written")

    def check_receipt(self, r, o):
        pdf = r.get(f"/api/v1/resident/orders/{o['number']}/receipt.pdf")
        self.assertTrue(pdf.startswith(b"%PDF-") and len(pdf) < 200000, len(pdf))
        if not shutil.which("pdftotext"):
            self.skipTest("pdftotext (poppler-utils) is not here")
        text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        for want in ("缴费凭证", "玖佰陆拾元整", "960.00", o["number"], "欧阳**", "二(三)2", "肃南裕固族自治县"):
            self.assertIn(want, text)
        for name, number in zip(HOUSEHOLD, NUMBERS):
            self.assertNotIn(name[0], text)
            self.assertNotIn(number, text)

    def test_nobody_finds_out(self):
        """LB-26: an unknown number and somebody else's are answered alike, byte for byte, without a cookie."""
        answers = []
        for name, number in (("王试某", citizen("19900101", 77)), ("王试某", crowd(100, 1)[0][1]), ("***", crowd(100, 1)[0][1]),
                             ("????", crowd(100, 1)[0][1])):
            status, headers, out = self.server.ask("POST", "/api/v1/resident/visits",
                                                   {"policy": POLICY, "name": name, "number": number}, {"X-Canbao": "1"})
            self.assertEqual(200, status)
            self.assertIsNone(headers["Set-Cookie"])
            person = json.loads(out)["people"][0]
            self.assertEqual("new", person["state"])
            self.assertEqual(name, person["name"])
            echo = f'"name":"{name}","number":"{person["number"]}"'.encode()
            self.assertEqual(1, out.count(echo))
            answers.append(out.replace(echo, b""))
        self.assertEqual(1, len(set(answers)))

    def test_wrong_input(self):
        r = Visitor(self)
        bad = NUMBERS[0][:-1] + ("0" if NUMBERS[0][-1] != "0" else "1")
        problem = r.look("某", bad, 422)
        self.assertEqual("证件号码的校验位不对，请核对有无输错", problem["errors"][0]["zh"])
        self.assertEqual("policy", r.post("/api/v1/resident/visits", {"policy": "x", "name": "某", "number": NUMBERS[0]},
                                          422)["errors"][0]["field"])
        r.get("/api/v1/resident/visit", 401)
        r.get("/api/v1/resident/why?person=9", 401)
        r.look(*crowd(120, 1)[0])
        r.get("/api/v1/resident/why?person=1", 404)
        r.get("/api/v1/resident/why?person=9", 422)
        r.post("/api/v1/resident/visit/people", {"member": 2, "tail": "12a4"}, 422)
        r.post("/api/v1/resident/visit/people", {"member": 2, "tail": "1234", "name": "某"}, 422)

    def test_tails_lock(self):
        r = Visitor(self)
        r.look(HOUSEHOLD[2][0], NUMBERS[2])
        for _ in range(5):
            r.post("/api/v1/resident/visit/people", {"member": 1, "tail": "0000"}, 422)
        r.post("/api/v1/resident/visit/people", {"member": 1, "tail": NUMBERS[0][-4:]}, 429)
        other = Visitor(self)  # the lock is the household's, not the browser's
        other.look(HOUSEHOLD[2][0], NUMBERS[2])
        other.post("/api/v1/resident/visit/people", {"member": 1, "tail": NUMBERS[0][-4:]}, 429)
        other.post("/api/v1/resident/visit/people", {"name": HOUSEHOLD[0][0], "number": NUMBERS[0]}, 200)

    def test_orders_refused(self):
        r = Visitor(self)
        r.look(*crowd(130, 1)[0])
        self.assertIn("金额已经变化", r.order([0], 7000, says=409)["detail"])
        r.order([1], 38000, says=422)
        r.order([0], 38000, "abc_counter", 422)
        self.assertIn("两次", r.order([0, 0], 76000, says=422)["detail"])
        self.assertEqual(404, r.ask("GET", "/api/v1/resident/orders/none")[0])

    def test_idempotency(self):
        r = Visitor(self)
        r.look(*crowd(131, 1)[0])
        body = {"people": [0], "channel": "alipay", "total_fen": 38000}
        key = {"Idempotency-Key": "k-131"}
        first = r.post("/api/v1/resident/orders", body, 201, key)
        self.assertEqual(first, r.post("/api/v1/resident/orders", body, 201, key))
        r.post("/api/v1/resident/orders", {**body, "channel": "gansu_tax"}, 409, key)

    def test_channel(self):
        """Each channel for itself; a serial counts once; what does not fit is kept and said."""
        r = Visitor(self)
        r.look(*crowd(140, 1)[0])
        o = r.order([0], 38000)
        alien = self.system("gansu_tax").post("/api/v1/channels/alipay/notifications",
                                              {"order": o["number"], "serial": "A", "amount_fen": 38000, "paid_at": 1})
        self.assertEqual(403, alien[0])
        self.assertEqual(404, self.tell("0" * 32, 500, serial="N1")[0])
        self.assertEqual(404, self.tell("0" * 32, 500, serial="N1")[0])
        self.assertEqual("open", self.tell(o["number"], 37999, serial="N2")[1]["state"])
        for _ in range(20):
            self.assertEqual("posted", self.tell(o["number"], 38000, serial="N3")[1]["lines"][0]["outcome"])
        self.assertEqual(409, self.tell(o["number"], 38100, serial="N3")[0])
        self.assertEqual("paid", self.tell(o["number"], 38000, serial="N4")[1]["state"])
        self.assertEqual(422, self.tell(o["number"], 38000, serial="N#5")[0])
        reasons = sorted(p["reason_zh"] or "" for p in r.get("/api/v1/resident/record")["payments"])
        self.assertEqual(["", "本年度已参保，重复缴费", "金额与应缴不符"], reasons)

    def test_two_orders(self):
        """A person in two orders is paid for once; the second money waits and says so."""
        r = Visitor(self)
        r.look(*crowd(141, 1)[0])
        first, second = r.order([0], 38000), r.order([0], 38000, "gansu_tax")
        self.assertEqual(200, self.tell(second["number"], 38000, "gansu_tax")[0])
        late = self.tell(first["number"], 38000)[1]
        self.assertEqual(("paid", "suspended", "本年度已参保，重复缴费"),
                         (late["state"], late["lines"][0]["outcome"], late["lines"][0]["reason_zh"]))

    def test_at_once(self):
        """Many notifications of one serial at the same time post once."""
        r = Visitor(self)
        r.look(*crowd(142, 1)[0])
        o, out = r.order([0], 38000), []
        threads = [threading.Thread(target=lambda: out.append(self.tell(o["number"], 38000, serial="AT1"))) for _ in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual({(200, "posted")}, {(s, b["lines"][0]["outcome"]) for s, b in out})
        self.assertEqual(1, len(r.get("/api/v1/resident/record")["payments"]))

    def office(self, login):
        return callers.Caller(self.server, login)

    def as_written(self, r, path, code):
        """A code is sixteen characters that cannot be taken for one another, found however it is typed."""
        self.assertRegex(code, "^[0-9A-HJKMNP-TV-Z]{16}$")
        fours = [code[i:i + 4] for i in range(0, 16, 4)]
        sloppy = "-".join(fours).lower().replace("0", "o").replace("1", "l")
        for typed in ("%20".join(fours), sloppy, sloppy.upper()):
            self.assertEqual(code, r.get(f"{path}/{typed}")["code"], typed)
        r.get(f"{path}/{code[:-1]}", 404)
        r.get(f"{path}/{code}0", 404)

    def test_newborn(self):
        """LB-07, SN-14, SQ-17: the guardian registers the newborn with its own name and number; an office takes
        it in; then it can be paid for from its birth on."""
        number = citizen("20231120", 51)
        ask = {"kind": "newborn", "name": "欧阳新生", "number": number, "sex": 1, "birth": "2023-11-20", "evidence": []}
        stranger = Visitor(self)
        code = stranger.paper(JPEG, "image/jpeg")["code"]
        stranger.post("/api/v1/resident/registrations", {**ask, "evidence": [code]}, 401)
        r = Visitor(self)
        r.look(*crowd(150, 1)[0])
        path = "/api/v1/resident/registrations"
        self.assertEqual("sex", r.post(path, {**ask, "evidence": [code], "sex": 2}, 422)["errors"][0]["field"])
        self.assertEqual("birth", r.post(path, {**ask, "evidence": [code], "birth": "2023-11-21"}, 422)["errors"][0]["field"])
        self.assertIn("材料", r.post(path, {**ask, "evidence": ["nothing"]}, 422)["detail"])
        got = r.post(path, {**ask, "evidence": [code]}, 201)
        self.assertEqual(("asked", "欧阳**"), (got["state"], got["name"]))
        self.assertIn("380", got["hint_zh"])
        again = r.post(path, {**ask, "evidence": [r.paper(PDF, "application/pdf")["code"]]}, 409)
        self.assertIn("登记过", again["detail"])
        self.assertEqual("asked", r.get(f"{path}/{got['code']}")["state"])
        self.as_written(r, path, got["code"])
        bureau = self.office("insurance")
        row = next(x for x in bureau.get("/api/v1/registrations?state=asked")[1]["items"] if x["name"] == "欧阳新生")
        self.assertEqual((False, "散户150", 1), (row["in_register"], row["guardian"], len(row["evidence"])))
        status, headers, paper = self.server.ask("GET", f"/api/v1/evidence/{row['evidence'][0]['id']}",
                                                 headers=bureau.headers())
        self.assertEqual((200, "image/jpeg", JPEG), (status, headers["Content-Type"], paper))
        self.assertIn("sandbox", headers["Content-Security-Policy"])
        status, done = bureau.post(f"/api/v1/registrations/{row['id']}/decision", {"accept": True})
        self.assertEqual((200, "accepted"), (status, done["state"]), done)
        self.assertEqual(409, bureau.post(f"/api/v1/registrations/{row['id']}/decision", {"accept": True})[0])
        self.assertEqual(1, len(bureau.get(f"/api/v1/people/{done['person']}/evidence")[1]["items"]))
        baby = Visitor(self).look("欧阳新生", number)["people"][0]
        self.assertEqual(("first", 38000), (baby["state"], baby["payable_fen"]))

    def test_registration_of_a_known_number(self):
        """LB-26: whoever does not show the right name learns nothing; the office sees that the number is known."""
        name, number = crowd(151, 1)[0]
        r = Visitor(self)
        ask = {"kind": "new", "name": name, "number": number, "sex": int(number[16]) % 2 or 2, "birth": "1970-01-01",
               "division": "620721101000", "registered": True}
        path = "/api/v1/resident/registrations"
        ask["evidence"] = [r.paper(JPEG, "image/jpeg", kind="identity")["code"]]
        self.assertIn("直接查询缴费", r.post(path, ask, 409)["detail"])
        got = r.post(path, {**ask, "name": "王别人"}, 201)
        office = self.office("insurance")
        row = next(x for x in office.get("/api/v1/registrations")[1]["items"] if x["name"] == "王别人")
        self.assertTrue(row["in_register"])
        status, out = office.post(f"/api/v1/registrations/{row['id']}/decision", {"accept": True})
        self.assertEqual(409, status)
        self.assertEqual(422, office.post(f"/api/v1/registrations/{row['id']}/decision", {"accept": False})[0])
        self.assertEqual(422, office.post(f"/api/v1/registrations/{row['id']}/decision", {"reason": "没写"})[0])
        self.assertEqual(200, office.post(f"/api/v1/registrations/{row['id']}/decision",
                                          {"accept": False, "reason": "号码与姓名不符"})[0])
        self.assertEqual("号码与姓名不符", r.get(f"{path}/{got['code']}")["reason"])

    def test_evidence(self):
        r = Visitor(self)
        r.paper(b"GIF89a" + b"x" * 50, "image/jpeg", 422)
        r.paper(PDF, "image/jpeg", 422)
        r.paper(PDF, "text/html", 415)
        r.paper(JPEG, "image/jpeg", 422, "nothing")
        with self.server.raw(b"POST /api/v1/resident/evidence?kind=other HTTP/1.1\r\nHost: x\r\nX-Canbao: 1\r\n"
                             b"Content-Type: image/jpeg\r\nContent-Length: 8388609\r\n\r\n") as c:
            self.assertEqual(413, server.read_head(c)[0])
        self.assertNotIn(b"made up picture", self.bytes_at_rest())

    def bytes_at_rest(self):
        """What lies on the disk of a SQLite store."""
        Visitor(self).paper(JPEG, "image/jpeg")
        out = b""
        for ending in ("", "-wal"):
            if os.path.exists(self.store.db + ending):
                with open(self.store.db + ending, "rb") as f:
                    out += f.read()
        return out

    def test_tickets(self):
        """LB-54: opened, due in two working days, answered by the person's own town, seen by the person."""
        r = Visitor(self)
        r.look(*crowd(160, 1)[0])
        t = r.post("/api/v1/resident/tickets", {"kind": "wrong_amount", "text": "金额不对\n请核对", "person": 0,
                                                "phone": "13800000000"}, 201)
        self.assertEqual("2023-12-19", t["due_at"][:10])  # Friday the 15th, and two working days
        path = "/api/v1/resident/tickets"
        lost = r.post(path, {"kind": "not_found", "text": "查不到我", "division": "620721102000"}, 201)
        r.post(path, {"kind": "nothing", "text": "查不到我"}, 422)
        r.post(path, {"kind": "other", "text": "好"}, 422)
        Visitor(self).post(path, {"kind": "other", "text": "不在名单", "person": 0}, 401)
        bureau = self.office("insurance")
        items = bureau.get("/api/v1/tickets?state=open")[1]["items"]
        row = next(x for x in items if x["text"].startswith("金额不对"))
        self.assertEqual(("皇城镇", "13800000000", False, "散户160"),
                         tuple(row[k] for k in ("town", "phone", "late", "person_name")))
        self.assertEqual(sorted(x["due_at"] for x in items), [x["due_at"] for x in items])
        answer = f"/api/v1/tickets/{row['id']}/answer"
        self.assertEqual("answered", bureau.post(answer, {"answer": "已更正", "close": False})[1]["state"])
        self.assertEqual("closed", bureau.post(answer, {"answer": "已更正，请重新查询", "close": True})[1]["state"])
        self.assertEqual(409, bureau.post(answer, {"answer": "再次", "close": True})[0])
        self.assertEqual(422, bureau.post(answer, {"answer": "再次"})[0])
        self.assertEqual("已更正，请重新查询", r.get(f"{path}/{t['code']}")["answer"])
        self.assertEqual([t["code"]], [x["code"] for x in r.get("/api/v1/resident/record")["tickets"]])
        self.assertEqual("open", r.get(f"{path}/{lost['code']}")["state"])
        self.as_written(r, path, lost["code"])

    def test_platform(self):
        """LB-29, SN-17: an enrolment is told to the insurance platform at once, in order, each once."""
        p = self.system("platform")
        cursor, seen = "", []
        while True:
            status, page = p.get("/api/v1/cover/changes?limit=200" + (f"&cursor={cursor}" if cursor else ""))
            self.assertEqual(200, status, page)
            cursor = page["next"]
            seen += page["items"]
            if not page["items"]:
                break
        self.assertEqual(len(seen), len({x["number"] for x in seen}))
        name, number = crowd(170, 1)[0]
        self.assertEqual([], p.post("/api/v1/cover/search", {"number": number})[1]["items"])
        r = Visitor(self)
        r.look(name, number)
        self.tell(r.order([0], 38000)["number"], 38000)
        fresh = p.get(f"/api/v1/cover/changes?cursor={cursor}")[1]
        mine = [x for x in fresh["items"] if x["number"] == number]
        self.assertEqual([(name, "2024-01-01", True)],
                         [(x["name"], x["enrolment"]["benefit_from"], x["enrolment"]["active"]) for x in mine])
        self.assertEqual(1, len(p.post("/api/v1/cover/search", {"number": number})[1]["items"]))
        self.assertFalse(p.post("/api/v1/cover/search", {"number": citizen("19900101", 78)})[1]["found"])
        self.assertEqual(403, self.system("alipay").get("/api/v1/cover/changes")[0])

    def test_divisions(self):
        r = Visitor(self)
        towns = r.get("/api/v1/resident/divisions")["items"]
        self.assertIn({"code": "620721101000", "name": "皇城镇"}, towns)
        r.get(f"/api/v1/resident/divisions?town={towns[0]['code']}")
        r.get("/api/v1/resident/divisions?town=620721999000", 422)

    def test_logs_say_nothing(self):
        r = Visitor(self)
        name, number = crowd(171, 1)[0]
        r.look(name, number)
        self.assertNotIn(number, self.server.log())
        self.assertNotIn(name, self.server.log())


class Rates(unittest.TestCase):
    def test_rates(self):
        """A document number is looked up so often an hour, from wherever; an address so often a minute."""
        self.contract = contract.load()
        with server.Server(Resident.store, rate_document=3, rate_lookup=0) as self.server:
            r = Visitor(self)
            for _ in range(3):
                r.look("王试某", citizen("19900101", 79))
            r.look("王试某", citizen("19900101", 79), 429)
            r.look("王试某", citizen("19900101", 80))
        with server.Server(Resident.store, rate_lookup=2) as self.server:
            r = Visitor(self)
            for i in range(2):
                r.look("王试某", citizen("19900101", 81 + i))
            r.look("王试某", citizen("19900101", 84), 429)
            for kind in ("registrations", "tickets"):
                r.get(f"/api/v1/resident/{kind}/0000000000000000", 404)
            r.get("/api/v1/resident/tickets/0000000000000001", 429)


class Deaf(http.server.ThreadingHTTPServer):
    """Passes calls on to a service; the answers to the first two notifications are lost on the way back."""

    def __init__(self, port):
        super().__init__(("127.0.0.1", 0), Through)
        self.behind, self.told, self.port = port, [], self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Through(http.server.BaseHTTPRequestHandler):
    def pass_on(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        c = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=server.WAIT)
        c.request(self.command, self.path, body or None, {k: v for k, v in self.headers.items() if k != "Host"})
        r = c.getresponse()
        out, status = r.read(), r.status
        c.close()
        if self.path.endswith("/notifications"):
            self.server.told.append(body)
            if len(self.server.told) <= 2:
                out, status = b"", 502
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(out)))
        self.end_headers()
        self.wfile.write(out)

    do_GET = do_POST = pass_on

    def log_message(self, *_):
        pass


class Simulator(unittest.TestCase):
    """canbao-sim against the server: the page for one order, the script for many with every fault."""

    def setUp(self):
        self.contract = contract.load()
        self.store = Resident.store
        self.clients = os.path.join(self.store.top, "clients")
        with open(self.clients, "w", encoding="utf-8") as f:
            f.write("# channel client key\n")
            for channel in ("alipay", "gansu_tax"):
                f.write(f"{channel} {' '.join(self.store.clients[channel])}\n")

    def test_script(self):
        people = os.path.join(self.store.top, "people.txt")
        with open(people, "w", encoding="utf-8") as f:
            f.writelines(f"{name},{number}\n" for name, number in crowd(200, 40))
        with server.Server(self.store) as s:
            words = [SIM, "--server", f"http://127.0.0.1:{s.port}", "--clients", self.clients, "--script", people,
                     "--orders", "30", "--duplicates", "3", "--wrong-every", "5", "--second-every", "6"]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        out = json.loads(done.stdout)
        self.assertEqual((30, 30, 90, 6 + 5, 0), tuple(out[k] for k in ("orders", "paid", "repeated", "held", "errors")))
        self.assertEqual(30 * 38000 + 6 * 38100 + 5 * 38000, out["fen"])
        self.store.canbao("audit", *self.store.policy_words)

    def test_page(self):
        with server.Server(self.store) as s:
            words = [SIM, "--server", f"http://127.0.0.1:{s.port}", "--clients", self.clients, "--listen", "127.0.0.1:0"]
            with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as sim:
                try:
                    port = int(re.search(r":(\d+)/", sim.stdout.readline()).group(1))
                    self.pay_on_page(s, port)
                finally:
                    sim.terminate()
                    sim.wait(server.WAIT)

    def test_unknown(self):
        """The channel took the money and got no answer: it says so, tells the service again with the same serial, and
        the payment counts once, though the service had understood the first time."""
        with server.Server(self.store) as s, Deaf(s.port) as deaf:
            words = [SIM, "--server", f"http://127.0.0.1:{deaf.port}", "--clients", self.clients, "--listen", "127.0.0.1:0"]
            with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as sim:
                try:
                    port = int(re.search(r":(\d+)/", sim.stdout.readline()).group(1))
                    self.pay_unheard(s, port, deaf)
                finally:
                    sim.terminate()
                    sim.wait(server.WAIT)

    def pay_unheard(self, s, port, deaf):
        self.server = s
        r = Visitor(self)
        r.look(*crowd(262, 1)[0])
        path = f"/pay/{r.order([0], 38000)['number']}"
        page = server.Server(self.store, start=False)
        page.port = port
        page.ask("POST", path, b"do=pay", {"Content-Type": "application/x-www-form-urlencoded"})
        end = time.monotonic() + server.WAIT
        while len(deaf.told) < 3 and time.monotonic() < end:
            time.sleep(0.1)
        self.assertGreaterEqual(len(deaf.told), 3)
        self.assertEqual(1, len(set(deaf.told)))
        self.assertIn("支付成功", page.get(path)[2].decode())
        self.assertEqual(["posted"], [p["state"] for p in r.get("/api/v1/resident/record")["payments"]])

    def pay_on_page(self, s, port):
        self.server = s
        r = Visitor(self)
        r.look(*crowd(260, 1)[0])
        o = r.order([0], 38000)
        page = server.Server(self.store, start=False)
        page.port = port
        path = f"/pay/{o['number']}"
        text = page.get(path)[2].decode()
        for want in ("模拟", "SIMULATION", "￥380.00", "散***", "支付宝"):
            self.assertIn(want, text)
        self.assertNotIn("散户", text)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertIn("已取消", page.ask("POST", path, b"do=cancel", form)[2].decode())
        self.assertEqual("open", r.get(f"/api/v1/resident/orders/{o['number']}")["state"])
        for _ in range(3):  # pressed again and again
            self.assertEqual(303, page.ask("POST", path, b"do=pay", form)[0])
        self.assertIn("支付成功", page.get(path)[2].decode())
        self.assertEqual(1, len(r.get("/api/v1/resident/record")["payments"]))
        self.assertEqual(404, page.get("/pay/" + "0" * 32)[0])


class ResidentPg(Resident):
    engine = "pg"


def load_tests(loader, _tests, _pattern):
    suite = unittest.TestSuite()
    for case in [Resident, Rates, Simulator] + ([ResidentPg] if server.PG else []):
        suite.addTests(loader.loadTestsFromTestCase(case))
    return suite


if __name__ == "__main__":
    unittest.main()
