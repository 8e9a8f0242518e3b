#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Logging in, sessions, the second factor, accounts, API clients, the trail: over the wire."""
import functools
import json
import re
import time
import unittest

import server
from callers import PASSWORD, SECRET, Caller, System, base32, code_at, unused_code
from server import ENGINES, Server, Store


@functools.cache
def store(engine):
    return Store(engine)


class Logging(unittest.TestCase):
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.s = Server(store(cls.engine))

    @classmethod
    def tearDownClass(cls):
        assert cls.s.stop() == 0, cls.s.log()

    def test_session(self):
        status, headers, body = self.s.ask("POST", "/api/v1/sessions", {"login": "tax", "password": PASSWORD},
                                           {"X-Canbao": "1"})
        self.assertEqual(status, 201)
        self.assertRegex(headers["Set-Cookie"], r"^canbao_session=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict; ")
        session = json.loads(body)
        self.assertEqual(session["role"], "tax")
        self.assertIn("import_payments", session["permissions"])
        self.assertFalse(session["strong"] or session["must_change"])
        self.assertTrue(session["totp"])
        secret = re.match(r"canbao_session=(\w+)", headers["Set-Cookie"]).group(1)
        self.assertNotIn(secret.encode(), body)
        self.assertNotIn(secret, self.s.log())

    def test_secure_cookie(self):
        with Server(store(self.engine), cookie_secure="yes") as s:
            headers = s.ask("POST", "/api/v1/sessions", {"login": "tax", "password": PASSWORD}, {"X-Canbao": "1"})[1]
            self.assertTrue(headers["Set-Cookie"].endswith("; Secure"), headers["Set-Cookie"])

    def test_nobody_is_told_who_exists(self):
        o = Caller(self.s)
        answers = []
        for login, password in (("nobody", "wrong-password"), ("veterans", "wrong-password"), ("veterans", "")):
            status, body = o.log_in(login, password)
            body.pop("request_id")
            answers.append((status, body) if password else status)
        self.assertEqual(answers[0], answers[1])
        self.assertEqual((answers[0][0], answers[0][1]["code"]), (401, "wrong_login"))
        self.assertEqual(answers[2], 422)

    def test_lock_out(self):
        o = Caller(self.s)
        for _ in range(5):
            self.assertEqual(o.log_in("health", "wrong-password")[0], 401)
        self.assertEqual(o.log_in("health", PASSWORD)[0], 401)
        admin = Caller(self.s, "audit_admin")
        line = [a for a in admin.get("/api/v1/accounts?role=health")[1]["items"]][0]
        self.assertTrue(line["locked"])
        security = Caller(self.s, "security_admin").strong()
        status, body = security.post(f"/api/v1/accounts/{line['id']}/reset", {"drop_totp": False})
        self.assertEqual(status, 200)
        self.assertEqual(o.log_in("health", PASSWORD)[0], 401)
        self.assertEqual(o.log_in("health", body["password"])[0], 201)
        self.assertTrue(o.session["must_change"])
        # Until it is changed there is nothing but one's own account.
        status, problem = o.get("/api/v1/desk")
        self.assertIn((status, problem["code"]), ((403, "must_change"), (404, "not_found")))
        status, problem = o.post("/api/v1/people/search", {"name": "王"})
        self.assertEqual((status, problem["code"]), (403, "must_change"))
        status, problem = o.post("/api/v1/session/password", {"old": body["password"], "new": "short"})
        self.assertEqual((status, problem["code"], problem["errors"][0]["field"]), (422, "invalid", "new"))
        self.assertEqual(o.post("/api/v1/session/password", {"old": "x", "new": "rain-on-the-roof-7"})[0], 401)
        self.assertEqual(o.post("/api/v1/session/password",
                                {"old": body["password"], "new": "rain-on-the-roof-7"})[0], 204)
        self.assertFalse(o.get("/api/v1/session")[1]["must_change"])
        self.assertEqual(o.post("/api/v1/people/search", {"name": "王"})[0], 200)

    def test_csrf(self):
        o = Caller(self.s, "finance")
        for token in (None, "", "0" * 64, o.csrf[:-1] + ("0" if o.csrf[-1] != "0" else "1")):
            status, body = o.post("/api/v1/session/strong", {"code": "000000"}, {"X-CSRF-Token": token})
            self.assertEqual((status, body["code"]), (403, "csrf"), token)
        other = Caller(self.s, "finance")
        status, body = o.post("/api/v1/session/strong", {"code": "000000"}, {"X-CSRF-Token": other.csrf})
        self.assertEqual((status, body["code"]), (403, "csrf"))
        # Logging in itself: another site's form has no header of its own.
        status, _, out = self.s.ask("POST", "/api/v1/sessions", {"login": "finance", "password": PASSWORD})
        self.assertEqual((status, json.loads(out)["code"]), (403, "csrf"))

    def test_log_out(self):
        o = Caller(self.s, "finance")
        kept = dict(o.cookies)
        self.assertEqual(o.delete("/api/v1/session")[0], 204)
        self.assertEqual(o.cookies, {})
        o.cookies = kept
        status, body = o.get("/api/v1/session")
        self.assertEqual((status, body["code"]), (401, "login"))

    def test_password_change_ends_the_others(self):
        a, b = Caller(self.s, "education"), Caller(self.s, "education")
        self.assertEqual(b.get("/api/v1/session")[0], 200)
        self.assertEqual(a.post("/api/v1/session/password", {"old": PASSWORD, "new": "wind-in-the-reeds-8"})[0], 204)
        self.assertEqual(a.get("/api/v1/session")[0], 200)
        self.assertEqual(b.get("/api/v1/session")[0], 401)
        self.assertEqual(a.post("/api/v1/session/password", {"old": "wind-in-the-reeds-8", "new": PASSWORD})[0], 204)

    def test_sessions_end_by_themselves(self):
        with Server(store(self.engine), session_idle="60s", session_absolute="5min") as s:
            body = Caller(s, "finance").session
            self.assertEqual(body["idle_seconds"], 60)

    def test_second_factor(self):
        o = Caller(self.s, "auditor")
        status, body = o.post("/api/v1/session/strong", {"code": "00000"})
        self.assertEqual((status, body["errors"][0]["field"]), (422, "code"))
        code = unused_code(self.s.store.db, "auditor")
        self.assertEqual(o.post("/api/v1/session/strong", {"code": code})[0], 204)
        self.assertTrue(o.get("/api/v1/session")[1]["strong"])
        # Each code once, by whatever way.
        status, body = o.post("/api/v1/session/strong", {"code": code})
        self.assertEqual((status, body["code"]), (401, "wrong_login"))
        self.assertEqual(Caller(self.s).log_in("auditor", PASSWORD, code)[0], 401)
        with_code = Caller(self.s)
        self.assertEqual(with_code.log_in("auditor", PASSWORD, unused_code(self.s.store.db, "auditor"))[0], 201)
        self.assertTrue(with_code.session["strong"])

    def test_setting_up_a_second_factor(self):
        o = Caller(self.s, "rural_revitalisation")
        status, body = o.post("/api/v1/session/totp", {"password": PASSWORD})
        self.assertEqual((status, body["code"]), (403, "second_factor"))
        o.strong()
        self.assertEqual(o.put("/api/v1/session/totp", {"code": "000000"})[0], 409)
        self.assertEqual(o.post("/api/v1/session/totp", {"password": "wrong"})[0], 401)
        status, body = o.post("/api/v1/session/totp", {"password": PASSWORD})
        self.assertEqual(status, 200)
        self.assertIn("secret=" + body["secret"], body["uri"])
        fresh = base32(body["secret"])
        self.assertEqual(len(fresh), 20)
        self.assertNotEqual(fresh, SECRET)
        self.assertEqual(o.put("/api/v1/session/totp", {"code": "999999"})[0], 401)
        step = max(int(time.time()) // 30, 1) + 1
        self.assertEqual(o.put("/api/v1/session/totp", {"code": code_at(fresh, step)})[0], 204)


class Accounts(unittest.TestCase):
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.s = Server(store(cls.engine))
        cls.sys = Caller(cls.s, "system_admin").strong()
        cls.sec = Caller(cls.s, "security_admin").strong()

    @classmethod
    def tearDownClass(cls):
        assert cls.s.stop() == 0, cls.s.log()

    def opened(self, login, staff_no, role="tax", **more):
        status, body = self.sys.post("/api/v1/accounts", {"login": login, "name": "测试丙", "staff_no": staff_no,
                                                          "role": role, **more})
        self.assertEqual(status, 201, body)
        return body

    def test_needs_the_second_factor(self):
        weak = Caller(self.s, "system_admin")
        status, body = weak.post("/api/v1/accounts", {"login": "a.b", "name": "x", "staff_no": "1", "role": "tax"})
        self.assertEqual((status, body["code"]), (403, "second_factor"))

    def test_one_opens_another_grants(self):
        body = self.opened("tax.new", "T-1")
        account = body["account"]
        self.assertEqual((account["state"], account["asked_by"]), ("asked", "system_admin"))
        o = Caller(self.s)
        self.assertEqual(o.log_in("tax.new", body["password"])[0], 401)
        self.assertEqual(self.sys.post(f"/api/v1/accounts/{account['id']}/grant")[0], 403)
        status, granted = self.sec.post(f"/api/v1/accounts/{account['id']}/grant")
        self.assertEqual((status, granted["state"]), (200, "active"))
        self.assertEqual(o.log_in("tax.new", body["password"])[0], 201)
        status, problem = self.sec.post(f"/api/v1/accounts/{account['id']}/grant")
        self.assertEqual((status, problem["code"]), (409, "state"))
        # Another role ends the session.
        status, moved = self.sec.put(f"/api/v1/accounts/{account['id']}/role", {"role": "finance"})
        self.assertEqual((status, moved["role"]), (200, "finance"))
        self.assertEqual(o.get("/api/v1/session")[0], 401)
        self.assertEqual(self.sec.post(f"/api/v1/accounts/{account['id']}/close", {"reason": "调离"})[0], 403)
        status, closed = self.sys.post(f"/api/v1/accounts/{account['id']}/close", {"reason": "调离"})
        self.assertEqual((status, closed["state"]), (200, "closed"))
        self.assertEqual(o.log_in("tax.new", body["password"])[0], 401)

    def test_one_refusal_each(self):
        rows = (({"login": "Tax"}, 422, "login"), ({"role": "king"}, 422, "role"), ({"role": "channel"}, 422, "role"),
                ({"role": "town_office"}, 422, "division"), ({"division": "620721101000"}, 422, "division"),
                ({"unit": "x"}, 422, "unit"), ({"login": "insurance"}, 409, None), ({"more": 1}, 422, "body"))
        for change, want, field in rows:
            body = {"login": "new.one", "name": "测试丁", "staff_no": "T-2", "role": "tax", **change}
            status, problem = self.sys.post("/api/v1/accounts", body)
            self.assertEqual(status, want, (change, problem))
            if field:
                self.assertEqual(problem["errors"][0]["field"], field, (change, problem))

    def test_three_that_exclude_each_other(self):
        status, problem = self.sys.post("/api/v1/accounts", {"login": "audit.2", "name": "测试戊",
                                                             "staff_no": "DEMO-system_admin", "role": "audit_admin"})
        self.assertEqual((status, problem["code"]), (409, "conflict"))

    def test_nobody_handles_their_own(self):
        own = [a for a in self.sec.get("/api/v1/accounts?role=security_admin")[1]["items"]
               if a["login"] == "security_admin"][0]["id"]
        for method, path, body in (("POST", "reset", {"drop_totp": True}), ("PUT", "role", {"role": "tax"})):
            status, problem = self.sec.ask(method, f"/api/v1/accounts/{own}/{path}", body)
            self.assertEqual((status, problem["code"]), (403, "own_work"))
        status, problem = self.sys.post(f"/api/v1/accounts/{own}/close", {"reason": "最后一名"})
        self.assertEqual((status, problem["code"]), (409, "conflict"))

    def test_list_by_pages(self):
        seen, cursor = [], ""
        while cursor is not None:
            status, page = self.sys.get("/api/v1/accounts?limit=5" + (f"&cursor={cursor}" if cursor else ""))
            self.assertEqual(status, 200)
            self.assertLessEqual(len(page["items"]), 5)
            seen += [a["login"] for a in page["items"]]
            cursor = page["next"]
        self.assertEqual(len(seen), len(set(seen)))
        self.assertGreater(len(seen), 20)
        for path in ("/api/v1/accounts?state=odd", "/api/v1/accounts?role=king", "/api/v1/accounts?cursor=x",
                     "/api/v1/accounts?what=1"):
            self.assertEqual(self.sys.get(path)[0], 422, path)

    def test_no_secret_in_answers_or_log(self):
        text = json.dumps(self.sys.get("/api/v1/accounts?limit=200")[1])
        self.assertNotIn("argon2", text)
        log = self.s.log()
        self.assertNotIn(PASSWORD, log)
        self.assertNotIn(self.sys.cookies["canbao_session"], log)

    def test_roles(self):
        table = self.sys.get("/api/v1/roles")[1]
        codes = {r["code"]: r for r in table["roles"]}
        self.assertTrue(codes["channel"]["client"])
        # None of the three administrators sees business data.
        business = {"read_people", "read_money", "read_reports", "export", "unmask"}
        for role in ("system_admin", "security_admin", "audit_admin"):
            self.assertEqual(codes[role]["reach"], "nobody")
            self.assertFalse(business & set(codes[role]["permissions"]), role)


class Systems(unittest.TestCase):
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.s = Server(store(cls.engine))
        cls.sys = Caller(cls.s, "system_admin").strong()

    @classmethod
    def tearDownClass(cls):
        assert cls.s.stop() == 0, cls.s.log()

    def opened(self, client, role="platform", **more):
        status, body = self.sys.post("/api/v1/api-clients", {"id": client, "name": "测试系统", "role": role, **more})
        self.assertEqual(status, 201, body)
        return System(self.s, client, body["key"])

    def refused(self, answer):
        self.assertEqual((answer[0], answer[1]["code"]), (401, "signature"), answer)

    # A route for offices: a signature that holds is answered with 403, one that does not with 401.
    PATH = "/api/v1/session"

    def test_signatures(self):
        c = self.opened("platform-1")
        status, body = c.get(self.PATH)
        self.assertEqual((status, body["code"]), (403, "forbidden"))
        for how in ({"at": int(time.time()) - 301}, {"at": int(time.time()) + 305}):
            self.refused(c.get(self.PATH, **how))
        header = c.header("GET", self.PATH)
        self.assertEqual(self.s.ask("GET", self.PATH, headers={"Authorization": header})[0], 403)
        self.assertEqual(self.s.ask("GET", self.PATH, headers={"Authorization": header})[0], 401)
        header = c.header("GET", self.PATH)
        self.assertEqual(self.s.ask("GET", self.PATH + "?x=1", headers={"Authorization": header})[0], 401)
        header = c.header("POST", self.PATH + "/strong", b'{"code":"000000"}')
        self.assertEqual(self.s.ask("POST", self.PATH + "/strong", {"code": "000001"},
                                    {"Authorization": header})[0], 401)
        self.refused(System(self.s, "platform-1", "00" * 32).get(self.PATH))
        self.refused(System(self.s, "nobody", c.key).get(self.PATH))
        self.assertEqual(self.s.ask("GET", self.PATH, headers={"Authorization": "Bearer x"})[0], 401)

    def test_a_nonce_outlives_the_server(self):
        c = self.opened("platform-2")
        header = c.header("GET", self.PATH)
        self.assertEqual(self.s.ask("GET", self.PATH, headers={"Authorization": header})[0], 403)
        with Server(store(self.engine)) as again:
            self.assertEqual(again.ask("GET", self.PATH, headers={"Authorization": header})[0], 401)

    def test_keys_are_exchanged_and_taken_away(self):
        c = self.opened("wechat-1", "channel", unit="wechat")
        self.assertEqual(self.sys.post("/api/v1/api-clients", {"id": "wechat-1", "name": "又", "role": "platform"})[0],
                         409)
        status, body = self.sys.post("/api/v1/api-clients/wechat-1/rotate")
        self.assertEqual(status, 200)
        fresh = System(self.s, "wechat-1", body["key"])
        self.assertNotEqual(fresh.key, c.key)
        self.assertEqual(fresh.get(self.PATH)[0], 403)
        self.assertEqual(c.get(self.PATH)[0], 403)
        self.assertEqual(self.sys.post("/api/v1/api-clients/wechat-1/close")[0], 204)
        self.refused(fresh.get(self.PATH))
        self.assertEqual(self.sys.post("/api/v1/api-clients/wechat-1/rotate")[0], 404)
        self.assertEqual(self.sys.post("/api/v1/api-clients/nobody/close")[0], 404)
        listed = {x["id"]: x for x in self.sys.get("/api/v1/api-clients")[1]["items"]}
        self.assertEqual(listed["wechat-1"]["state"], "closed")
        self.assertNotIn(fresh.key, json.dumps(listed))
        self.assertNotIn(fresh.key, self.s.log())


class Trail(unittest.TestCase):
    engine = "sqlite"

    def test_who_did_what(self):
        with Server(store(self.engine)) as s:
            Caller(s).log_in("supervision", "wrong-password")
            o = Caller(s, "supervision")
            status, page = o.get("/api/v1/audit-trail?actor=supervision&limit=2")
            self.assertEqual(status, 200)
            self.assertEqual([x["act"] for x in page["items"]], ["log_in", "log_in_failed"])
            self.assertEqual(page["items"][1]["detail"], {"factor": "password", "locked": False})
            status, rest = o.get(f"/api/v1/audit-trail?actor=supervision&limit=2&cursor={page['next']}")
            self.assertEqual(status, 200)
            self.assertFalse({x["id"] for x in page["items"]} & {x["id"] for x in rest["items"]})
            status, none = o.get("/api/v1/audit-trail?from=2023-01-01&to=2023-01-02")
            self.assertEqual((status, none["items"]), (200, []))
            day = o.get(f"/api/v1/audit-trail?from={server.DAY}&to={server.DAY}&act=log_in")[1]
            self.assertTrue(day["items"])
            self.assertEqual(o.get("/api/v1/audit-trail?from=yesterday")[0], 422)


# The same on the other engine, where it is offered.
if "pg" in ENGINES:
    globals().update({x.__name__ + "OnPostgreSQL": type(x.__name__ + "OnPostgreSQL", (x,), {"engine": "pg"})
                      for x in list(globals().values()) if isinstance(x, type) and issubclass(x, unittest.TestCase)})

if __name__ == "__main__":
    unittest.main()
