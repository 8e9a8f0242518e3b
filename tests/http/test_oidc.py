#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Logging in at the county's identity provider: what holds, and everything that must not."""
import base64
import json
import time
import unittest

from callers import Caller
from provider import CLIENT, Key, Provider, b64, browser
from server import Server, Store

STORE = Store()


class Oidc(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.p = Provider()
        cls.s = Server(STORE, oidc_issuer=cls.p.issuer, oidc_client_id=CLIENT,
                       oidc_client_secret_file=cls.p.secret_file,
                       oidc_redirect="http://127.0.0.1:1/api/v1/oidc/callback")
        sys, sec = Caller(cls.s, "system_admin").strong(), Caller(cls.s, "security_admin").strong()
        status, body = sys.post("/api/v1/accounts", {"login": "zhang", "name": "测试张", "staff_no": "Z-1",
                                                     "role": "finance", "subject": "zhang"})
        assert status == 201, body
        cls.account = body["account"]["id"]
        status, _ = browser(Caller(cls.s), cls.p)
        assert status == 401, "not granted yet"
        assert sec.post(f"/api/v1/accounts/{cls.account}/grant")[0] == 200
        status, body = sys.post("/api/v1/accounts", {"login": "zhang2", "name": "测试张", "staff_no": "Z-2",
                                                     "role": "finance", "subject": "zhang"})
        assert status == 409, body

    @classmethod
    def tearDownClass(cls):
        assert cls.s.stop() == 0, cls.s.log()
        cls.p.__exit__()

    def setUp(self):
        self.p.reset()
        self.p.key = self.p.keys[0]

    def refused(self, change=None):
        caller = Caller(self.s)
        status, body = browser(caller, self.p, change)
        self.assertEqual((status, body["code"]), (401, "wrong_login"), body)
        self.assertEqual(caller.get("/api/v1/session")[0], 401)

    def test_in(self):
        for key in self.p.keys[:2]:
            self.p.key = key
            caller = Caller(self.s)
            status, where = browser(caller, self.p)
            self.assertEqual((status, where), (302, "/console/"), key.alg)
            status, session = caller.get("/api/v1/session")
            self.assertEqual((status, session["login"], session["role"]), (200, "zhang", "finance"))
            # Our own second factor is another matter.
            self.assertFalse(session["strong"])

    def test_the_cookie_comes_back_from_another_site(self):
        status, headers, _ = Caller(self.s).whole("GET", "/api/v1/oidc/login")
        self.assertEqual(status, 302)
        self.assertIn("; HttpOnly; SameSite=Lax;", headers["Set-Cookie"])
        self.assertTrue(headers["Set-Cookie"].startswith("canbao_oidc="))

    def test_nobody_is_created(self):
        before = len(Caller(self.s, "audit_admin").get("/api/v1/accounts?limit=200")[1]["items"])
        self.p.subject = "stranger"
        self.refused()
        self.assertEqual(len(Caller(self.s, "audit_admin").get("/api/v1/accounts?limit=200")[1]["items"]), before)

    def test_claims(self):
        now = int(time.time())
        for claims in ({"iss": "http://127.0.0.1:1/other"}, {"aud": "other"}, {"aud": ["other"]},
                       {"aud": [CLIENT, "other"]}, {"aud": [CLIENT, "other"], "azp": "other"}, {"aud": None},
                       {"azp": "other"}, {"exp": now - 61}, {"exp": None}, {"exp": str(now + 300)}, {"iat": now + 120},
                       {"iat": None}, {"nonce": "x"}, {"nonce": None}, {"sub": None}, {"sub": 7}, {"sub": ""}):
            with self.subTest(claims=claims):
                self.p.claims = claims
                self.refused()
        self.p.claims = {"aud": [CLIENT, "other"], "azp": CLIENT}
        self.assertEqual(browser(Caller(self.s), self.p)[0], 302)

    def test_signatures(self):
        def other_body(token):
            head, body, sig = token.split(".")
            claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
            claims["sub"] = "zhang"
            return ".".join((head, b64(json.dumps(claims).encode()), sig))

        def none_at_all(token):
            return b64(b'{"alg":"none"}') + "." + token.split(".")[1] + "."

        def hmac_with_the_public_key(token):
            return b64(b'{"alg":"HS256","kid":"r1"}') + "." + ".".join(token.split(".")[1:])

        for mangle in (other_body, none_at_all, hmac_with_the_public_key, lambda t: t[:-4] + "AAAA", lambda t: t + ".x",
                       lambda t: "", lambda t: t.split(".")[0], lambda t: "x" * 20000):
            with self.subTest(mangle=mangle.__name__):
                self.p.mangle = mangle
                self.p.subject = "stranger" if mangle is other_body else "zhang"
                self.refused()
        self.p.mangle = None
        for head in ({"alg": "ES256"}, {"kid": "e1"}, {"kid": "nobody's"}, {"crit": ["x"]}, {"alg": "RS512"}):
            with self.subTest(head=head):
                self.p.head = head
                self.refused()

    def test_a_new_key_is_fetched(self):
        with Server(STORE, **{k: v for k, v in self.s.settings.items() if k.startswith("oidc_")}) as s:
            self.assertEqual(browser(Caller(s), self.p)[0], 302)
            self.p.key = Key(self.p.folder.name, "ES256", "e2")
            self.p.keys.append(self.p.key)
            # Within seconds of the last fetch nobody can make us ask again and again.
            asked = self.p.asked.count("/realm/keys")
            for _ in range(3):
                browser(Caller(s), self.p)
            self.assertLessEqual(self.p.asked.count("/realm/keys"), asked + 1)
        with Server(STORE, **{k: v for k, v in self.s.settings.items() if k.startswith("oidc_")}) as s:
            self.assertEqual(browser(Caller(s), self.p)[0], 302)

    def test_state(self):
        self.refused(lambda path: path.replace("state=", "state=x"))
        self.refused(lambda path: path.replace("iss=", "iss=x"))
        self.refused(lambda path: path.replace("code=", "code=x"))
        self.refused(lambda path: path.replace("code=", "error=access_denied&code="))
        # Somebody else's answer in this browser, and an answer without a try.
        a, b = Caller(self.s), Caller(self.s)
        self.assertEqual(a.whole("GET", "/api/v1/oidc/login")[0], 302)
        kept = []
        browser(b, self.p, lambda path: kept.append(path) or path)
        self.assertEqual(a.get("/" + kept[0])[0], 401)
        self.assertEqual(Caller(self.s).get("/" + kept[0])[0], 401)
        # And each once.
        self.assertEqual(b.get("/" + kept[0])[0], 401)

    def test_a_provider_that_is_not_there(self):
        with Server(STORE, oidc_issuer="http://127.0.0.1:1", oidc_client_id=CLIENT,
                    oidc_redirect="http://127.0.0.1:1/x") as s:
            status, body = Caller(s).get("/api/v1/oidc/login")
            self.assertEqual((status, body["code"]), (503, "busy"))
        with Server(STORE) as s:
            self.assertEqual(Caller(s).get("/api/v1/oidc/login")[0], 404)
            self.assertEqual(Caller(s).get("/api/v1/oidc/callback?code=x&state=y")[0], 404)

    def test_a_provider_that_says_it_is_another(self):
        for about in ({"issuer": "http://127.0.0.1:1/realm"}, {"authorization_endpoint": "http://example.org/auth"},
                      {"authorization_endpoint": "file:///etc/passwd"}, {"authorization_endpoint": None}):
            with self.subTest(about=about):
                self.p.about = about
                with Server(STORE, **{k: v for k, v in self.s.settings.items() if k.startswith("oidc_")}) as s:
                    self.assertEqual(Caller(s).get("/api/v1/oidc/login")[0], 503)


if __name__ == "__main__":
    unittest.main()
