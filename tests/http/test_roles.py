#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every route as every role; every list and record as two sibling towns.

The routes are those of `canbao serve --routes`: a new one is tried without a line here.  A role is told
`forbidden` exactly when the table of roles does not give it the route's permission, whatever it asks for.
"""
import functools
import json
import re
import struct
import subprocess
import unittest
import zlib

from callers import Caller, System
from server import CANBAO, ENGINES, Server, Store

ROUTES = json.loads(subprocess.run([CANBAO, "serve", "--routes"], capture_output=True, text=True, check=True).stdout)
NOTHING = {"id": "999999999", "report": "nothing", "code": "nothing", "number": "nothing", "channel": "nothing"}
LOG_OUT = ("DELETE", "/api/v1/session")
# Routes whose handler asks for more than the route's own permission: one that begins with these words.
ALSO = {("POST", "/api/v1/uploads"): "import_"}


def filled(path, params=None):
    return re.sub(r"\{(\w+)\}", lambda m: (params or NOTHING).get(m.group(1), "nothing"), path)


def try_route(caller, route):
    """(status, code) of a request that every handler refuses or answers without changing anything."""
    body, headers = None, {}
    if route["body"] == "json":
        body = {}
    elif route["body"] == "file":
        body, headers = b"", {"Content-Type": "application/octet-stream"}
    status, out = caller.ask(route["method"], filled(route["path"]), body, headers)
    return status, out.get("code") if isinstance(out, dict) else None


@functools.cache
def store(engine):
    return Store(engine)


class EveryRouteAsEveryRole(unittest.TestCase):
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.s = Server(store(cls.engine))
        sys = Caller(cls.s, "system_admin").strong()
        cls.table = {r["code"]: r for r in sys.get("/api/v1/roles")[1]["roles"]}
        cls.strong = {p["code"]: p["strong"] for p in sys.get("/api/v1/roles")[1]["permissions"]}
        cls.callers = {code: Caller(cls.s, code) for code, r in cls.table.items() if not r["client"]}
        cls.clients = {}
        for code, unit in (("channel", {"unit": "wechat"}), ("platform", {})):
            status, body = sys.post("/api/v1/api-clients", {"id": "test-" + code, "name": "测试", "role": code, **unit})
            assert status == 201, body
            cls.clients[code] = System(cls.s, "test-" + code, body["key"])
        cls.ordered = sorted(ROUTES, key=lambda r: (r["method"], r["path"]) == LOG_OUT)

    @classmethod
    def tearDownClass(cls):
        assert cls.s.stop() == 0, cls.s.log()

    def test_table(self):
        """Each permission of a route is one of the table, and each role of a person has a demo account."""
        for r in ROUTES:
            self.assertIn(r["permission"], set(self.strong) | {"anybody", "visitor"}, r)
            if r["permission"] in self.strong:
                self.assertEqual(r["strong"], self.strong[r["permission"]], r)
        self.assertEqual(len(self.callers), 19)

    def check(self, code, caller, route, strong):
        may = route["permission"] in self.table[code]["permissions"]
        also = ALSO.get((route["method"], route["path"]))
        may = may and (not also or any(p.startswith(also) for p in self.table[code]["permissions"]))
        status, problem = try_route(caller, route)
        said = f"{code} {route['method']} {route['path']} ({route['permission']}): {status} {problem}"
        if route["permission"] == "anybody":
            self.assertNotIn(status, (401, 403), said)
        elif route["permission"] == "visitor":
            self.assertEqual((status, problem), (401, "visit"), said)
        elif not may:
            self.assertEqual((status, problem), (403, "forbidden"), said)
        elif self.strong[route["permission"]] and not strong:
            self.assertEqual((status, problem), (403, "second_factor"), said)
        else:
            self.assertNotIn(problem, ("forbidden", "second_factor", "login", "csrf", "signature"), said)
            self.assertLess(status, 500, said)

    def test_offices(self):
        for code, caller in self.callers.items():
            for route in self.ordered[:-1]:
                with self.subTest(role=code, route=f"{route['method']} {route['path']}"):
                    self.with_visit_header(caller, route, code, False)
            caller.strong()
            for route in self.ordered:
                with self.subTest(role=code, route=f"{route['method']} {route['path']}", strong=True):
                    self.with_visit_header(caller, route, code, True)

    def with_visit_header(self, caller, route, code, strong):
        # The routes of residents and of everybody ask for another mark of their own pages.
        own = route["permission"] in ("anybody", "visitor")
        kept = caller.headers
        caller.headers = lambda more=None: kept(dict(more or {}, **({"X-Canbao": "1"} if own else {})))
        if (route["method"], route["path"]) == ("POST", "/api/v1/sessions"):
            return
        try:
            self.check(code, caller, route, strong)
        finally:
            caller.headers = kept

    def test_systems(self):
        for code, caller in self.clients.items():
            for route in self.ordered:
                if route["permission"] in ("anybody", "visitor"):
                    continue
                with self.subTest(role=code, route=f"{route['method']} {route['path']}"):
                    self.check(code, caller, route, True)

    def test_nobody(self):
        nobody = Caller(self.s)
        for route in ROUTES:
            if route["permission"] in ("anybody", "visitor"):
                continue
            with self.subTest(route=f"{route['method']} {route['path']}"):
                self.assertEqual(try_route(nobody, route), (401, "login"))


# Lists that a town office reads: what of a line names it, and a query that shows some where there are any.
LISTS = {
    "/api/v1/payments": ("id", ""), "/api/v1/bills": ("number", ""), "/api/v1/tickets": ("id", ""),
    "/api/v1/registrations": ("id", ""), "/api/v1/jobs": ("id", ""), "/api/v1/exports": ("id", ""),
    "/api/v1/divisions": ("code", ""), "/api/v1/missing": ("person", "division={village}"),
}
# Not about anybody: the county's own figures, policies, what was taken in.
PUBLIC = {"/api/v1/imports", "/api/v1/policies", "/api/v1/progress/days", "/api/v1/session", "/api/v1/desk"}
FULL = {"/api/v1/payments", "/api/v1/bills", "/api/v1/missing", "/api/v1/tickets", "/api/v1/registrations",
        "/api/v1/jobs", "/api/v1/exports"}
# What is said to a route about one thing of a list, by the end of its path.
SAID = {"decision": {"accept": False, "approve": False, "reason": "材料看不清"},
        "answer": {"answer": "已更正，请重新查询", "close": True}, "grid": {"duty": "insurance", "name": "测试乙"}}


def picture():
    """A PNG of one white point."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b""))


def citizen(seq):
    """A made-up number with a good check digit."""
    text = "62072119900615%03d" % seq
    return text + "10X98765432"[sum(w * int(c) for w, c in zip((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2),
                                                               text)) % 11]


class SiblingTowns(unittest.TestCase):
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.s = Server(store(cls.engine))
        cls.towns = [Caller(cls.s, "town_office").strong(), Caller(cls.s, "town_office2").strong()]
        cls.villages = [Caller(cls.s, "village_agent"), Caller(cls.s, "village_agent2")]
        cls.here = {(r["method"], r["path"]) for r in ROUTES}
        cls.people = [cls.found(t) for t in cls.towns]
        for n in range(2):
            cls.happen(n)

    @classmethod
    def happen(cls, n):
        """In each town: a ticket, a registration with its paper, an export and a job."""
        def resident(path, body, kind="application/json"):
            status, _, out = cls.s.ask("POST", "/api/v1/resident/" + path, body,
                                       {"X-Canbao": "1", "Content-Type": kind})
            assert status == 201, (path, status, out)
            return json.loads(out)
        village = cls.villages[n].session["division"]
        resident("tickets", {"kind": "not_found", "text": "查不到我的信息", "division": village})
        paper = resident("evidence?kind=identity", picture(), "image/png")["code"]
        number = citizen(901 + 2 * n)
        resident("registrations", {"kind": "new", "name": "测试甲", "number": number, "sex": 1, "birth": "1990-06-15",
                                   "division": village, "registered": True, "evidence": [paper]})
        town = cls.towns[n]
        status, out = town.post("/api/v1/exports", {"list": "missing", "format": "csv", "purpose": "村级核实未参保原因"})
        assert status == 201, out
        status, out = town.ask("POST", "/api/v1/uploads?name=list.csv&kind=residents",
                               f"姓名,证件号码\n测试甲{n},{number}\n".encode(), {"Content-Type": "text/csv"})
        assert status == 201, out
        status, out = town.post("/api/v1/imports", {"upload": out["upload"], "kind": "residents"})
        assert status == 202, out

    @classmethod
    def tearDownClass(cls):
        assert cls.s.stop() == 0, cls.s.log()

    @staticmethod
    def found(caller):
        """The people whose bills a caller sees: id and name."""
        people, cursor = {}, ""
        while cursor is not None:
            status, page = caller.get("/api/v1/bills?limit=200" + (f"&cursor={cursor}" if cursor else ""))
            assert status == 200, page
            people.update((x["person"], x["name"]) for x in page["items"])
            cursor = page["next"]
        return people

    def pages(self, caller, path, query):
        key, _ = LISTS[path]
        query = query.format(village=caller.session["division"])
        items, cursor = set(), ""
        while cursor is not None:
            more = "&".join(x for x in (query, "limit=200", f"cursor={cursor}" if cursor else "") if x)
            status, page = caller.get(f"{path}?{more}")
            if status == 422 and not cursor:
                status, page = caller.get(f"{path}?{query}" if query else path)
            self.assertEqual(status, 200, (path, page))
            items |= {x[key] for x in page["items"]}
            cursor = page.get("next")
        return items

    def test_search(self):
        """By name: one's own people are found, the sibling's of the same names are not."""
        for caller, own, others in self.sides():
            for name in sorted(set(own.values()))[:5] + sorted(set(others.values()))[:5]:
                status, page = caller.post("/api/v1/people/search", {"name": name})
                self.assertEqual(status, 200)
                ids = {x["id"] for x in page["items"]}
                self.assertFalse(ids & set(others), name)
                if name in own.values():
                    self.assertTrue(ids & set(own), name)

    def sides(self):
        a, b = self.people
        self.assertTrue(a and b)
        self.assertFalse(set(a) & set(b))
        return ((self.towns[0], a, b), (self.towns[1], b, a))

    def test_lists(self):
        for path, (_, query) in LISTS.items():
            if ("GET", path) not in self.here:
                continue
            callers = self.villages if "{village}" in query else self.towns
            with self.subTest(path=path):
                a, b = (self.pages(c, path, query) for c in callers)
                if path in FULL:
                    self.assertTrue(a and b, "empty lists prove nothing")
                self.assertFalse(a & b)

    def test_things_of_the_sibling_are_not_there(self):
        """Whatever is asked about a ticket, a registration, a paper, a job or an export of the other town."""
        things = {path: [self.pages(t, path, "") for t in self.towns] for path in FULL & set(LISTS)
                  if path not in ("/api/v1/missing", "/api/v1/payments", "/api/v1/bills")}
        papers = [{e["id"] for x in t.get("/api/v1/registrations")[1]["items"] for e in x["evidence"]}
                  for t in self.towns]
        self.assertTrue(all(papers))
        things["/api/v1/evidence"] = papers
        tried = 0
        for path, sides in things.items():
            for route in (r for r in ROUTES if r["path"].startswith(path + "/{")):
                for caller, others in zip(self.towns, reversed(sides)):
                    body = self.said(route)
                    target = filled(route["path"], {"id": str(max(others))})
                    with self.subTest(caller=caller.login, route=f"{route['method']} {target}"):
                        status, problem = caller.ask(route["method"], target, body)
                        self.assertEqual((status, problem.get("code")), (404, "not_found"))
                        tried += 1
        self.assertGreater(tried, 10)

    @staticmethod
    def said(route):
        if route["body"] != "json":
            return None
        body = dict(SAID[route["path"].rsplit("/", 1)[1]])
        body.pop("approve" if "registrations" in route["path"] else "accept", None)
        return body

    def test_a_village_of_the_sibling_is_not_ours(self):
        other = self.villages[1].session["division"]
        status, problem = self.towns[0].put(f"/api/v1/divisions/{other}/grid", SAID["grid"])
        self.assertIn((status, problem["code"]), ((404, "not_found"), (422, "invalid")))
        own = self.villages[0].session["division"]
        self.assertEqual(self.towns[0].put(f"/api/v1/divisions/{own}/grid", SAID["grid"])[0], 204)

    def test_every_list_is_known(self):
        """A new list must be put into LISTS or, when it is about nobody, into PUBLIC."""
        town = set(self.towns[0].session["permissions"])
        lists = {r["path"] for r in ROUTES if r["method"] == "GET" and "{" not in r["path"]
                 and r["permission"] in town}
        self.assertEqual(lists - set(LISTS) - PUBLIC, set())

    def test_a_sibling_s_people_are_not_there(self):
        """Whatever is asked about a person of the other town: there is none."""
        routes = [r for r in ROUTES if r["path"].startswith("/api/v1/people/{id}")]
        self.assertGreaterEqual(len(routes), 3)
        for caller, own, others in self.sides():
            for route in routes:
                body = {"reason": "核对参保信息"} if route["body"] == "json" else None
                with self.subTest(caller=caller.login, route=f"{route['method']} {route['path']}"):
                    for person in sorted(others)[:3]:
                        status, problem = caller.ask(route["method"], filled(route["path"], {"id": str(person)}), body)
                        self.assertEqual((status, problem["code"]), (404, "not_found"))
                    status, out = caller.ask(route["method"], filled(route["path"], {"id": str(min(own))}), body)
                    self.assertEqual(status, 200, out)

    def test_an_area_of_the_sibling_is_refused(self):
        """A filter cannot widen what one sees."""
        other = self.towns[1].session["division"]
        for path in ("/api/v1/payments", "/api/v1/bills", "/api/v1/reports/progress", "/api/v1/progress/days",
                     "/api/v1/missing"):
            if not any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", r["path"]), path) for r in ROUTES):
                continue
            for name in ("division", "town"):
                status, out = self.towns[0].get(f"{path}?{name}={other}")
                with self.subTest(path=path, name=name):
                    self.assertNotEqual(status, 200, out)

    def test_the_bureau_sees_both(self):
        both = self.found(Caller(self.s, "insurance"))
        for _, own, _ in self.sides():
            self.assertTrue(set(own) <= set(both))

    def test_administrators_see_nobody(self):
        for login in ("system_admin", "security_admin", "audit_admin"):
            status, problem = Caller(self.s, login).post("/api/v1/people/search", {"name": "王"})
            self.assertEqual((status, problem["code"]), (403, "forbidden"))


# The same on the other engine, where it is offered.
if "pg" in ENGINES:
    globals().update({x.__name__ + "OnPostgreSQL": type(x.__name__ + "OnPostgreSQL", (x,), {"engine": "pg"})
                      for x in list(globals().values()) if isinstance(x, type) and issubclass(x, unittest.TestCase)})

if __name__ == "__main__":
    unittest.main()
