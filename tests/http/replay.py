#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every operation of openapi.yaml against the running server, valid and invalid.

Each answer must be one that the document allows: its status, its media type, every field.  The routes of the
program and those of the document are the same, with the same permissions.  SN-21 and LB-26 are served over
these routes; who may do what is asked of every role.
"""
import copy
import json
import os
import re
import subprocess
import sys
import threading
import unittest
import urllib.parse

import contract
import server
from callers import Caller, System
from server import ENGINES, Server, Store

CONTRACT = contract.load()
OWN = ("X-Canbao", "1")
FIRST = ("insurance", "tax", "town_office", "village_agent", "supervision")  # asked first, of those who may
CLIENTS = {"notify_payment": ("channel", "alipay"), "read_cover": ("platform", None)}
FINE = (200, 201, 202, 204, 302, 404, 409)  # what a well-formed example may come to
MADE_UP = {"oidc_login", "oidc_callback", "ready"}  # answer 503 where nothing is set up


def people_of(store):
    """Made-up residents of a store, as script/demo-people finds them."""
    done = subprocess.run([sys.executable, os.path.join(server.ROOT, "script", "demo-people"), store.files, "--json",
                           "--until", server.DAY, "--packs", server.PACKS], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


class World:
    """One server with everybody who may call it."""

    def __init__(self, engine):
        self.store = Store(engine)
        keys = {}
        for permission, (role, unit) in CLIENTS.items():
            out = self.store.canbao("client", "add", "--id", "test-" + role, "--name", role, "--role", role, "--json",
                                    *(["--unit", unit] if unit else []))
            keys[permission] = json.loads(out)["key"]
        self.server = Server(self.store, body_upload="64KB", body_evidence="32KB", lock_after=100, workers=4,
                             sim_url="http://127.0.0.1:9")
        self.routes = {(r["method"], r["path"]): r
                       for r in json.loads(self.store.canbao("serve", "--routes", store=False))}
        self.systems = {p: System(self.server, "test-" + CLIENTS[p][0], k) for p, k in keys.items()}
        logins = [a["login"] for a in self.accounts()]
        self.offices = {login: Caller(self.server, login).strong() for login in logins}
        self.weak = {login: Caller(self.server, login) for login in logins}
        self.visitor = self.visit()

    def accounts(self):
        first = Caller(self.server, "system_admin")
        status, out = first.get("/api/v1/accounts?limit=200")
        assert status == 200, out
        return [a for a in out["items"] if a["state"] == "active"]

    def visit(self):
        who = people_of(self.store)["plain"]
        o = Caller(self.server)
        status, out = o.post("/api/v1/resident/visits", {"policy": "sunan-2024", "name": who["name"],
                                                         "number": who["number"]}, dict([OWN]))
        assert status == 200, out
        return o

    def may(self, o):
        """Offices that hold the operation's permission, the usual ones first."""
        found = [a for a in self.offices.values() if o.permission in a.session["permissions"]]
        return sorted(found, key=lambda a: FIRST.index(a.login) if a.login in FIRST else len(FIRST))

    def call(self, o, path, body=None, headers=None, caller=None):
        """(status, headers, bytes) as somebody who may."""
        more = dict(headers or {})
        if o.permission in ("anybody", "visitor"):
            caller = self.visitor if o.permission == "visitor" else None
            more = {**dict([OWN]), **({"Cookie": caller.headers()["Cookie"]} if caller else {}), **more}
        elif o.permission in self.systems:
            raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
            more["Authorization"] = self.systems[o.permission].header(o.method, path, raw)
            if body is not None:
                more.setdefault("Content-Type", "application/json")
            body = None if body is None else raw
        else:
            caller = caller or self.may(o)[0]
            more = {**caller.headers(), **more}
        return self.server.ask(o.method, path, body, more)


def example(parameter):
    schema = CONTRACT.resolve(parameter["schema"])
    if "example" in parameter:
        return parameter["example"]
    return schema.get("example", schema.get("enum", [None])[0])


def path_of(o, values=None, query=None):
    """The operation's path with example values (or these) and its required query."""
    values, path = dict(values or {}), o.path
    asked = dict(query or {})
    for p in o.parameters:
        value = values.get(p["name"], example(p))
        if p["in"] == "path":
            assert value is not None, f"{o.name}: {p['name']} has no example"
            path = path.replace("{%s}" % p["name"], urllib.parse.quote(str(value), safe=""))
        elif p.get("required") and p["name"] not in asked:
            asked[p["name"]] = value
    return path + ("?" + urllib.parse.urlencode(asked) if asked else "")


def body_of(o):
    """(body, headers) of the operation's example; a file for those that take one."""
    if o.json_body():
        return copy.deepcopy(o.json_body().get("example", {})), {}
    if not o.body:
        return None, {}
    media = next(iter(o.body))
    return FILES.get(media, b"a,b\n1,2\n"), {"Content-Type": media}


FILES = {"image/jpeg": bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")}
WRONG = {"string": 12345, "integer": "x", "number": "x", "boolean": "yes", "array": "x", "object": "x"}


def wrong_bodies(o):
    """(what is wrong, body): the example with one thing wrong each."""
    schema, fine = o.schema(), o.json_body().get("example", {})
    for name in schema.get("required", []):
        yield f"without {name}", {k: v for k, v in fine.items() if k != name}
        yield f"{name} null", {**fine, name: None}
    yield "a field too many", {**fine, "nonsense": 1}
    for name, p in schema.get("properties", {}).items():
        p = CONTRACT.resolve(p)
        kinds = [p["type"]] if isinstance(p.get("type"), str) else p.get("type", [])
        for kind in kinds[:1]:
            yield f"{name} of another type", {**fine, name: WRONG[kind]}
        if "enum" in p:
            yield f"{name} not of the list", {**fine, name: "nonsense"}
        if p.get("maxLength") and "string" in kinds:
            yield f"{name} too long", {**fine, name: "1" * (p["maxLength"] + 1)}
        if "minimum" in p:
            yield f"{name} too small", {**fine, name: p["minimum"] - 1}
        if "maximum" in p:
            yield f"{name} too large", {**fine, name: p["maximum"] + 1}
        if p.get("format") == "date":
            yield f"{name} no day", {**fine, name: "2023-02-30"}
        if "pattern" in p:
            yield f"{name} of another form", {**fine, name: "!"}
        if p.get("minItems"):
            yield f"{name} empty", {**fine, name: []}
        if "maxItems" in p and fine.get(name):
            yield f"{name} too many", {**fine, name: fine[name] * (p["maxItems"] + 1)}


def wrong_queries(o):
    yield "nonsense", "1"
    for p in o.parameters:
        if p["in"] != "query":
            continue
        schema = CONTRACT.resolve(p["schema"])
        if schema.get("type") in ("integer", "boolean") or schema.get("format") == "date" or "enum" in schema \
                or "pattern" in schema or p["name"] == "cursor":
            yield p["name"], "nonsense!"
        if "maximum" in schema:
            yield p["name"], str(schema["maximum"] + 1)
        if "minimum" in schema:
            yield p["name"], str(schema["minimum"] - 1)


class Replay:
    """Mixed into one class an engine."""

    engine = None

    @classmethod
    def setUpClass(cls):
        cls.w = World(cls.engine)

    @classmethod
    def tearDownClass(cls):
        status = cls.w.server.stop()
        assert status == 0, f"ended with {status}\n{cls.w.server.log()[-3000:]}"

    def setUp(self):
        self.found = []

    def tearDown(self):
        self.assertIsNone(self.w.server.process.poll(), self.w.server.log()[-3000:])

    def judge(self, o, what, answer, wants=None, code=None):
        """Collect what is wrong with an answer."""
        status, headers, body = answer
        self.found += [f"{o.name} ({what}): {s}" for s in CONTRACT.check_answer(o, status, headers, body)]
        said = ""
        if (headers.get("Content-Type") or "").startswith("application/problem+json"):
            said = json.loads(body).get("code")
        if wants is not None and (status not in wants or (code and said not in code)):
            self.found.append(f"{o.name} ({what}): {status} {said}, wanted {wants} {code or ''} {body[:300]!r}")

    def settle(self):
        if self.found:
            self.fail(f"{len(self.found)} findings\n" + "\n".join(self.found))

    def each(self, test=lambda o: True):
        """Operations that the program has; test_routes_are_the_documented_ones tells of the others."""
        return [o for o in CONTRACT.operations if (o.method, o.path) in self.w.routes and test(o)]

    def test_routes_are_the_documented_ones(self):
        have = self.w.routes
        want = {(o.method, o.path): o for o in CONTRACT.operations}
        self.assertEqual(set(have) ^ set(want), set(), "in one of the two only")
        for key, o in want.items():
            r = have[key]
            kind = "json" if o.json_body() else "file" if o.body else "none"
            self.assertEqual((r["permission"], r["idempotent"], r["body"]), (o.permission, o.idempotent, kind), o.name)

    def test_problem_codes(self):
        listed = CONTRACT.doc["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]
        with open(os.path.join(server.ROOT, "src/doors/http/problems.h"), encoding="utf-8") as f:
            text = f.read()
        self.assertEqual(re.findall(r'X\(\w+, \d{3}, "(\w+)"', text), listed)

    def test_examples(self):
        """What the document shows as an example is understood."""
        for o in self.each(lambda o: not o.path.startswith("/api/v1/session")):
            body, headers = body_of(o)
            if o.node["operationId"] == "registration_ask":
                body["evidence"] = [self.paper()]
            fine = FINE + ((503,) if o.node["operationId"] in MADE_UP else ())
            self.judge(o, "example", self.w.call(o, path_of(o), body, headers), fine)
        self.settle()

    def paper(self):
        """The code of a paper that was just uploaded."""
        o = CONTRACT.operation("POST", "/api/v1/resident/evidence")
        status, _, body = self.w.call(o, path_of(o), FILES["image/jpeg"], {"Content-Type": "image/jpeg"})
        self.assertEqual(status, 201, body)
        return json.loads(body)["code"]

    def test_own_session(self):
        """The routes of one's own session, each with a log-in of its own."""
        for o in self.each(lambda o: o.path.startswith("/api/v1/session")):
            caller = None if o.permission == "anybody" else Caller(self.w.server, "supervision")
            body, headers = body_of(o)
            # The example's password and code are nobody's.
            self.judge(o, "example", self.w.call(o, path_of(o), body, headers, caller),
                       (200, 201, 204, 401, 403, 409, 422))
        self.settle()

    def items(self, listing):
        status, _, body = self.w.call(listing, path_of(listing))
        self.assertEqual(status, 200, listing.name)
        return json.loads(body).get("items", [])

    def test_what_is_there(self):
        """Reading what exists: every list, and the first thing of each list by its own route."""
        for o in self.each(lambda o: o.method == "GET" and "{" not in o.path):
            status, headers, body = self.w.call(o, path_of(o))
            self.judge(o, "list", (status, headers, body))
            if status != 200 or "json" not in (headers.get("Content-Type") or ""):
                continue
            items = json.loads(body).get("items")
            for below in self.each(lambda b: b.method == "GET" and b.path.startswith(o.path + "/{")) if items else []:
                name = below.path[len(o.path) + 2:].split("}")[0]
                if name in items[0]:
                    self.judge(below, "of the list", self.w.call(below, path_of(below, {name: items[0][name]})),
                               (200, 404, 409))
        self.settle()

    def test_pages_go_on(self):
        """`next` leads through a list without a gap or a double, and is no key to another list."""
        lists = self.each(lambda o: any(p["name"] == "cursor" for p in o.parameters))
        cursors = {}
        for o in lists:
            seen, query = [], {"limit": 2}
            for _ in range(4):
                status, headers, body = self.w.call(o, path_of(o, query=query))
                self.judge(o, "page", (status, headers, body), (200, 404) if "{" in o.path else (200,))
                if status != 200:
                    break
                out = json.loads(body)
                seen += [json.dumps(i, sort_keys=True) for i in out["items"]]
                self.assertLessEqual(len(out["items"]), 2, o.name)
                if not out["next"]:
                    break
                query["cursor"] = cursors[o.name] = out["next"]
            if len(seen) != len(set(seen)):
                self.found.append(f"{o.name}: something stands on two pages")
        for o in lists:
            for other, cursor in cursors.items():
                if other != o.name and cursors:
                    self.judge(o, f"cursor of {other}", self.w.call(o, path_of(o, query={"cursor": cursor})), (422,),
                               ("invalid",))
                    break
        self.settle()

    def walk(self, o, sort, limit):
        """All of a list, page by page."""
        seen, query = [], {"sort": sort, "limit": limit}
        for _ in range(200):
            status, headers, body = self.w.call(o, path_of(o, query=query))
            self.judge(o, f"sort {sort}", (status, headers, body), (200,))
            out = json.loads(body)
            seen += [json.dumps(i, sort_keys=True) for i in out["items"]]
            if not out["next"]:
                return seen, query.get("cursor")
            query["cursor"] = out["next"]
        self.fail(f"{o.name}: no end")

    def test_sorted_both_ways(self):
        """The usual order, and the other one is the same list turned; a cursor keeps its order."""
        for o in self.each(lambda o: any(p["name"] == "sort" for p in o.parameters)):
            words = next(CONTRACT.resolve(p["schema"])["enum"] for p in o.parameters if p["name"] == "sort")
            # The trail grows by every look at a list; the others stand still meanwhile.
            small = 200 if o.node["operationId"] in ("payments", "bills", "audit_trail") else 2
            usual, cursor = self.walk(o, words[0], small)
            turned, turned_cursor = self.walk(o, words[1], small - 1)
            self.assertEqual(len(usual), len(set(usual)), o.name)
            self.assertEqual(usual, turned[::-1], o.name)
            status, _, body = self.w.call(o, path_of(o, query={"limit": small}))
            self.assertEqual([json.dumps(i, sort_keys=True) for i in json.loads(body)["items"]], usual[:small], o.name)
            for sort, other in ((words[1], cursor), (words[0], turned_cursor)):
                if other:
                    answer = self.w.call(o, path_of(o, query={"cursor": other, "sort": sort}))
                    self.judge(o, "cursor of the other order", answer, (422,), ("invalid",))
        self.settle()

    def test_nobody(self):
        for o in self.each(lambda o: o.permission != "anybody"):
            body, headers = body_of(o)
            code = ("visit",) if o.permission == "visitor" else ("login",)
            self.judge(o, "nobody", self.w.server.ask(o.method, path_of(o), body, {**headers, **dict([OWN])}), (401,),
                       code)
            if o.permission == "visitor":
                continue
            lying = {**headers, "Cookie": "canbao_session=" + "0" * 64, "X-CSRF-Token": "0" * 64}
            self.judge(o, "a made-up session", self.w.server.ask(o.method, path_of(o), body, lying), (401,), code)
            lying = {**headers, "Authorization": "Canbao-HMAC-SM3 client=test-channel, time=1, nonce=" + "0" * 32 +
                     ", signature=" + "0" * 64}
            self.judge(o, "a made-up signature", self.w.server.ask(o.method, path_of(o), body, lying), (401,),
                       ("signature",))
        self.settle()

    def test_every_role(self):
        """Whoever lacks the permission is told so, whatever the route would have answered."""
        for o in self.each(lambda o: o.permission not in ("anybody", "visitor")):
            body, headers = body_of(o)
            for office in self.w.offices.values():
                if o.permission not in office.session["permissions"]:
                    self.judge(o, office.login, self.w.server.ask(o.method, path_of(o), body,
                                                                  {**office.headers(), **headers}),
                               (403,), ("forbidden",))
            for permission, system in self.w.systems.items():
                if permission == o.permission:
                    continue
                raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
                more = {"Content-Type": "application/json", **headers} if body is not None else dict(headers)
                more["Authorization"] = system.header(o.method, path_of(o), raw)
                self.judge(o, system.client, self.w.server.ask(o.method, path_of(o), raw or None, more), (403,),
                           ("forbidden",))
        self.settle()

    def test_foreign_pages(self):
        """What changes something needs what another site's page cannot send."""
        for o in self.each(lambda o: o.method != "GET" and o.permission not in self.w.systems):
            body, headers = body_of(o)
            if o.permission in ("anybody", "visitor"):
                lacking = {k: v for k, v in self.w.visitor.headers().items() if k == "Cookie"}
            else:
                lacking = {"Cookie": self.w.may(o)[0].headers()["Cookie"], **dict([OWN])}
            for token in (None, "0" * 64):
                more = {**lacking, **headers, **({"X-CSRF-Token": token} if token else {})}
                self.judge(o, "another site", self.w.server.ask(o.method, path_of(o), body, more), (403,), ("csrf",))
        self.settle()

    def test_second_factor(self):
        """Permissions that need it, without it."""
        strong = {key for key, r in self.w.routes.items() if r["strong"]}
        self.assertTrue(strong)
        for o in self.each(lambda o: (o.method, o.path) in strong):
            body, headers = body_of(o)
            weak = self.w.weak[self.w.may(o)[0].login]
            self.judge(o, "weak", self.w.server.ask(o.method, path_of(o), body, {**weak.headers(), **headers}), (403,),
                       ("second_factor",))
        self.settle()

    def test_wrong_bodies(self):
        for o in self.each(lambda o: o.json_body()):
            caller = None
            if o.path.startswith("/api/v1/session") and o.permission != "anybody":
                caller = self.w.weak["supervision"]
            for what, body in wrong_bodies(o):
                answer = self.w.call(o, path_of(o), body, caller=caller)
                self.judge(o, what, answer, (422,), ("invalid",))
                said = json.loads(answer[2]) if answer[0] == 422 else {}
                if said and not said.get("errors") and not said.get("detail"):
                    self.found.append(f"{o.name} ({what}): does not say what is wrong: {answer[2].decode()[:300]}")
            for what, raw in (("no JSON", b"{"), ("a list", b"[]"), ("a key twice", b'{"a":1,"a":1}')):
                headers = {"Content-Type": "application/json"}
                self.judge(o, what, self.w.call(o, path_of(o), raw, headers, caller=caller), (400,), ("bad_request",))
        self.settle()

    def test_wrong_content(self):
        for o in self.each(lambda o: o.json_body()):
            for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
                self.judge(o, media, self.w.call(o, path_of(o), b"{}", {"Content-Type": media}), (415,), ("media",))
            self.judge(o, "too large", self.w.call(o, path_of(o), b'{"a":"' + b" " * 300000 + b'"}',
                                                   {"Content-Type": "application/json"}), (413,), ("too_large",))
        for o in self.each(lambda o: o.body and not o.json_body()):
            media = next(iter(o.body))
            self.judge(o, "too large", self.w.call(o, path_of(o), b"x" * 70000, {"Content-Type": media}), (413,),
                       ("too_large",))
            self.judge(o, "text/html", self.w.call(o, path_of(o), b"<p>", {"Content-Type": "text/html"}), (415,),
                       ("media",))
        for o in self.each(lambda o: not o.body):
            self.judge(o, "a body", self.w.call(o, path_of(o), {"a": 1}), (400,), ("bad_request",))
        self.settle()

    def test_wrong_queries(self):
        for o in self.each(lambda o: not o.path.startswith("/api/v1/session") or o.method == "GET"):
            body, headers = body_of(o)
            for name, value in wrong_queries(o):
                wants = (422,) if o.node["operationId"] not in MADE_UP else (404, 422, 503)
                # What does not exist may be said before what is asked of it is looked at.
                wants += (404,) if "{" in o.path else ()
                self.judge(o, f"{name}={value}", self.w.call(o, path_of(o, query={name: value}), body, headers), wants)
        self.settle()

    def test_wrong_ids(self):
        for o in self.each(lambda o: any(p["in"] == "path" for p in o.parameters)):
            body, headers = body_of(o)
            for value in ("0", "-1", "1.5", "abc", "9" * 30, "%", "../x", "中", "'", "a" * 300):
                names = {p["name"]: value for p in o.parameters if p["in"] == "path"}
                self.judge(o, f"id {value}", self.w.call(o, path_of(o, names), body, headers), (404, 422, 403, 409))
        self.settle()

    def test_nothing_personal_in_the_log(self):
        """Runs late in the alphabet: what all the others asked about is not in the log."""
        log = self.w.server.log()
        who = people_of(self.w.store)
        for p in (who["plain"], who["helped"], who["enrolled"]):
            self.assertNotIn(p["number"], log)
            self.assertNotIn(p["name"], log)

    def test_idempotency(self):
        """The same key: the first answer, byte by byte; other content: refused."""
        w = self.w
        due = json.loads(w.visitor.server.ask("GET", "/api/v1/resident/visit", None, w.visitor.headers())[2])
        o = CONTRACT.operation("POST", "/api/v1/resident/orders")
        body = {"people": [0], "channel": "alipay", "total_fen": due["people"][0]["payable_fen"]}
        key = {"Idempotency-Key": "order-1"}
        first = w.call(o, o.path, body, key)
        self.judge(o, "first", first, (201,))
        again = w.call(o, o.path, body, key)
        self.assertEqual((again[0], again[2]), (first[0], first[2]))
        self.assertNotEqual(w.call(o, o.path, body, {"Idempotency-Key": "order-2"})[2], first[2])
        other = w.call(o, o.path, {**body, "channel": "abc_app"}, key)
        self.judge(o, "other content", other, (409,), ("key_reused",))
        for bad in ("", "x" * 65, "a b", "中".encode().decode("latin-1")):
            self.judge(o, f"key {bad!r}", w.call(o, o.path, body, {"Idempotency-Key": bad}), (400,), ("bad_request",))
        # Eight at once: one works, the others get its answer or are told that it is being worked on.
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(w.call(o, o.path, body, {"Idempotency-Key": "at-once"})))
                   for _ in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual({a[0] for a in answers} | {201, 409}, {201, 409})
        self.assertEqual(len({a[2] for a in answers if a[0] == 201}), 1)
        # A refusal is not remembered: its key is free for what was meant.
        wrong = w.call(o, o.path, {**body, "total_fen": 1}, {"Idempotency-Key": "order-3"})
        self.assertEqual(wrong[0] // 100, 4)
        self.judge(o, "after a refusal", w.call(o, o.path, body, {"Idempotency-Key": "order-3"}), (201,))
        self.settle()


for _engine in ENGINES:
    globals()["Replay_" + _engine] = type("Replay_" + _engine, (Replay, unittest.TestCase), {"engine": _engine})

if __name__ == "__main__":
    unittest.main()
