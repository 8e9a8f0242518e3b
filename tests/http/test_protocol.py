#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the server makes of good, odd and hostile HTTP: framing, ceilings, deadlines, stopping, reloading."""
import gzip
import json
import os
import signal
import socket
import sqlite3
import threading
import time
import unittest

import server
from server import Server, Store, read_all, read_head

STORE = Store()
VISITS = "/api/v1/resident/visits"
OWN = ("X-Canbao", "1")


def request(head, *lines, body=b""):
    return "\r\n".join([head, "Host: localhost", *lines, "", ""]).encode() + body


class Framing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.s = Server(STORE)

    @classmethod
    def tearDownClass(cls):
        cls.s.stop()

    def answer(self, data):
        with self.s.raw(data) as c:
            return read_head(c)[0]

    def closed(self, data):
        """The status, and that the connection cannot be used to smuggle a second request."""
        with self.s.raw(data + request("GET /healthz HTTP/1.1")) as c:
            out = read_all(c)
        self.assertEqual(out.count(b"HTTP/1.1 "), 1, out)
        return int(out.split(b" ")[1])

    def test_plain(self):
        status, headers, body = self.s.get("/healthz")
        self.assertEqual((status, body), (200, b"ok\n"))
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertRegex(headers["X-Request-Id"], "^[0-9a-f]{16}$")

    def test_two_lengths(self):
        body = b'{"a":1}'
        self.assertEqual(self.closed(request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json",
                                             "Content-Length: 7", "Content-Length: 7", body=body)), 400)
        self.assertEqual(self.closed(request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json",
                                             "Content-Length: 7", "Content-Length: 9", body=body)), 400)

    def test_length_beside_chunks(self):
        self.assertEqual(self.closed(request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json",
                                             "Content-Length: 5", "Transfer-Encoding: chunked",
                                             body=b"0\r\n\r\n")), 400)

    def test_odd_encodings(self):
        for coding in ("gzip, chunked", "identity", "xchunked", "chunked, chunked"):
            self.assertEqual(self.closed(request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json",
                                                 "Transfer-Encoding: " + coding, body=b"0\r\n\r\n")), 400, coding)

    def test_odd_lengths(self):
        for length in ("-1", "+5", "0x5", "5 5", "99999999999999999999999"):
            with self.s.raw(request("POST " + VISITS + " HTTP/1.1", "Content-Length: " + length, body=b"12345")) as c:
                out = read_all(c)
            # The library's own refusal: it repeats its header, and closes.
            self.assertIn(out[9:12], (b"400", b"413"), (length, out))
            self.assertNotIn(b" 200 ", out)

    def test_no_host(self):
        self.assertEqual(self.answer(b"GET /healthz HTTP/1.1\r\n\r\n"), 400)

    def test_two_hosts(self):
        self.assertEqual(self.closed(request("GET /healthz HTTP/1.1", "Host: other")), 400)

    def test_garbage(self):
        for data in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"\r\n\r\n\x00\x00\r\n\r\n"):
            with self.s.raw(data) as c:
                c.shutdown(socket.SHUT_WR)
                read_all(c)
        self.assertEqual(self.s.get("/healthz")[0], 200)

    def test_chunks(self):
        body = b'{"policy":"sunan-2024","name":"x"}'
        pieces = b"".join(b"1\r\n%c\r\n" % b for b in body) + b"0\r\n\r\n"
        data = request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json", "X-Canbao: 1",
                       "Transfer-Encoding: chunked", "Connection: close", body=pieces)
        with self.s.raw(data) as c:
            out = read_all(c)
        head, _, answer = out.partition(b"\r\n\r\n")
        self.assertIn(b" 422 ", head)
        self.assertEqual([e["field"] for e in json.loads(answer)["errors"]], ["number"])

    def test_body_in_drips(self):
        body = b'{"policy":"sunan-2024"}'
        data = request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json", "X-Canbao: 1",
                       f"Content-Length: {len(body)}", "Connection: close")
        with self.s.raw() as c:
            for i in range(0, len(data + body), 7):
                c.sendall((data + body)[i:i + 7])
            self.assertIn(b" 422 ", read_all(c).split(b"\r\n")[0])

    def test_two_in_one_write(self):
        with self.s.raw(request("GET /healthz HTTP/1.1") + request("GET /readyz HTTP/1.1", "Connection: close")) as c:
            out = read_all(c)
        self.assertEqual(out.count(b"HTTP/1.1 200"), 2)
        self.assertLess(out.index(b"ok\n"), out.index(b"ready\n"))

    def test_large_headers(self):
        self.assertIn(self.answer(request("GET /healthz HTTP/1.1", "X-A: " + "a" * 17000)), (400, 413, 431))
        self.assertIn(self.answer(request("GET /healthz HTTP/1.1", *(f"X-{i}: 1" for i in range(70)))), (400, 431))
        self.assertIn(self.answer(request("GET /healthz HTTP/1.1", "X-A: " + "a" * 60000)), (400, 413, 431))
        self.assertIn(self.answer(request("GET /" + "a" * 5000 + " HTTP/1.1")), (400, 404, 414))

    def test_large_body(self):
        # Refused by its announced length, before it is sent.
        data = request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json", "X-Canbao: 1",
                       "Content-Length: 300000")
        with self.s.raw(data) as c:
            status, head = read_head(c)
        self.assertEqual(status, 413)
        self.assertIn(b"Connection: close", head)
        # Chunks announce nothing: they are counted.
        piece = b"1000\r\n" + b" " * 4096 + b"\r\n"
        with self.s.raw(request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json", "X-Canbao: 1",
                                "Transfer-Encoding: chunked", body=piece * 80 + b"0\r\n\r\n")) as c:
            self.assertEqual(read_head(c)[0], 413)

    def test_endless_chunks(self):
        piece = b"10000\r\n" + b" " * 65536 + b"\r\n"
        with self.s.raw(request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json",
                                "Transfer-Encoding: chunked")) as c:
            with self.assertRaises(OSError):
                for _ in range(1000):
                    c.sendall(piece)

    def test_body_where_none_belongs(self):
        self.assertEqual(self.s.ask("GET", "/healthz", body=b"x")[0], 400)

    def test_wrong_media(self):
        status, _, body = self.s.ask("POST", VISITS, body=b"name=x",
                                     headers={"Content-Type": "application/x-www-form-urlencoded", "X-Canbao": "1"})
        self.assertEqual((status, json.loads(body)["code"]), (415, "media"))

    def test_broken_json(self):
        for body in (b"{", b"[]", b"1", b"null", b'{"a":1,"a":2}', b'{"a":"\xff"}', b'{"a":1}{}', b'{"a":NaN}',
                     b'{"a":"\\u0000"}', b"[" * 100000):
            status, _, answer = self.s.ask("POST", VISITS, body=body,
                                           headers={"Content-Type": "application/json", "X-Canbao": "1"})
            self.assertEqual((status, json.loads(answer)["code"]), (400, "bad_request"), body[:20])

    def test_foreign_page(self):
        body = {"policy": "sunan-2024", "name": "x", "number": "12345"}
        status, _, answer = self.s.ask("POST", VISITS, body)
        self.assertEqual((status, json.loads(answer)["code"]), (403, "csrf"))
        # A form of another site can send this type without asking; it is not taken.
        status, _, answer = self.s.ask("POST", VISITS, json.dumps(body).encode(), {"Content-Type": "text/plain"})
        self.assertEqual(status, 415)


class Paths(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.s = Server(STORE)

    @classmethod
    def tearDownClass(cls):
        cls.s.stop()

    def test_unknown(self):
        for path in ("/nope", "/api/v1/nope", "/api", "/api/v1/season/", "//healthz", "/healthz/x"):
            status, headers, body = self.s.get(path)
            self.assertEqual(status, 404, path)
            self.assertEqual(headers["Content-Type"], "application/problem+json")
            self.assertEqual(json.loads(body)["code"], "not_found")

    def test_wrong_method(self):
        status, headers, body = self.s.ask("DELETE", "/healthz")
        self.assertEqual((status, json.loads(body)["code"]), (405, "method"))
        self.assertEqual(headers["Allow"], "GET, HEAD, OPTIONS")
        self.assertEqual(self.s.ask("BREW", "/healthz")[0], 405)
        self.assertEqual(self.s.ask("POST", "/index.html")[0], 405)

    def test_options(self):
        status, headers, body = self.s.ask("OPTIONS", VISITS)
        self.assertEqual((status, headers["Allow"], body), (204, "POST, OPTIONS", b""))
        self.assertIsNone(headers["Access-Control-Allow-Origin"])

    def test_head(self):
        for path in ("/healthz", "/", "/openapi.yaml"):
            full = self.s.get(path)
            head = self.s.ask("HEAD", path)
            self.assertEqual((head[0], head[2]), (200, b""), path)
            self.assertEqual(head[1]["Content-Length"], full[1]["Content-Length"])

    def test_traversal(self):
        for path in ("/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/assets/../../x",
                     "/console/../../etc/passwd.txt", "/%00", "/a%", "/a%zz", "/console/%2e%2e%2f.key", "/\\..\\x"):
            status, _, body = self.s.get(path)
            self.assertIn(status, (400, 404), path)
            self.assertNotIn(b"root:", body)

    def test_queries(self):
        for query in ("a=%", "a=%zz", "a=%00", "a=%ff", "a=1&a=2", "&".join(f"a{i}=1" for i in range(40))):
            status, _, body = self.s.get("/healthz?" + query)
            self.assertEqual((status, json.loads(body)["code"]), (400, "bad_request"), query)

    def test_language(self):
        title = json.loads(self.s.get("/nope", {"Accept-Language": "en-GB,en;q=0.9"})[2])["title"]
        self.assertEqual(title, "not found")
        self.assertEqual(json.loads(self.s.get("/nope")[2])["title"], "没有找到")

    def test_pages(self):
        status, headers, body = self.s.get("/")
        self.assertEqual(status, 200)
        self.assertEqual(headers["Content-Type"], "text/html; charset=utf-8")
        self.assertEqual(headers["Cache-Control"], "no-cache")
        self.assertIn("default-src 'self'", headers["Content-Security-Policy"])
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
        self.assertNotIn("unsafe-inline", headers["Content-Security-Policy"])
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertIn("camera=()", headers["Permissions-Policy"])
        status, _, nothing = self.s.get("/", {"If-None-Match": headers["ETag"]})
        self.assertEqual((status, nothing), (304, b""))
        status, squeezed, data = self.s.get("/", {"Accept-Encoding": "gzip"})
        self.assertEqual((squeezed["Content-Encoding"], gzip.decompress(data)), ("gzip", body))
        self.assertEqual(squeezed["Vary"], "Accept-Encoding")
        self.assertEqual(self.s.get("/", {"Accept-Encoding": "gzip;q=0, br;q=0"})[1]["Content-Encoding"], None)

    def test_console_views(self):
        page = self.s.get("/console/")
        self.assertEqual(page[0], 200)
        self.assertIn("style-src 'self' 'unsafe-inline'", page[1]["Content-Security-Policy"])
        for path in ("/console", "/console/people/12", "/console/index.html"):
            self.assertEqual(self.s.get(path)[2], page[2], path)
        self.assertEqual(self.s.get("/console/assets/none.js")[0], 404)

    def test_contract_is_served(self):
        status, headers, body = self.s.get("/openapi.yaml")
        with open(os.path.join(server.ROOT, "openapi.yaml"), "rb") as f:
            self.assertEqual(body, f.read())
        self.assertEqual(status, 200)

    def test_metrics_are_for_this_machine(self):
        self.s.get("/healthz")
        text = self.s.get("/metrics")[2].decode()
        self.assertIn('canbao_requests_total{method="GET",route="/healthz",status="200"}', text)
        self.assertIn('canbao_request_seconds_bucket{method="GET",route="/healthz",le="+Inf"}', text)
        self.assertIn("canbao_database_up 1", text)
        with Server(STORE, tls_proxy="yes") as s:
            self.assertEqual(s.get("/metrics", {"X-Forwarded-For": "203.0.113.9"})[0], 404)
            self.assertEqual(s.get("/metrics", {"X-Forwarded-For": "203.0.113.9, 127.0.0.1"})[0], 200)
            # A line the caller sent is above the one that the proxy added.
            with s.raw(request("GET /metrics HTTP/1.1", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-For: 203.0.113.9")) as c:
                self.assertEqual(read_head(c)[0], 404)

    def test_no_core(self):
        """A core would hold the keys."""
        with open(f"/proc/{self.s.process.pid}/limits", encoding="ascii") as f:
            self.assertRegex(f.read(), r"Max core file size +0 +0 ")

    def test_names_of_nothing(self):
        """A part of a path that is no text names nothing; the method was right."""
        for part in ("%ff", "1%00", "%", "%4"):
            self.assertEqual(self.s.get(f"/api/v1/people/{part}")[0], 404, part)

    def test_marks_that_nobody_sees(self):
        for mark in "\u200b\u200e\u202e\u2066\u2060\u2028\ufeff\u0085":
            body = {"policy": "sunan-2024", "name": f"张{mark}三", "number": "620721198001310000"}
            status, _, out = self.s.ask("POST", "/api/v1/resident/visits", body, dict([OWN]))
            self.assertEqual((status, {e["field"] for e in json.loads(out)["errors"]} & {"name"}), (422, {"name"}))

    def test_log_has_no_paths(self):
        self.s.get("/api/v1/resident/orders/secret-order?name=%E5%BC%A0%E4%B8%89")
        self.s.until("route=/api/v1/resident/orders/{number}")
        self.assertNotIn("secret-order", self.s.log())
        self.assertNotIn("%E5", self.s.log())
        self.assertRegex(self.s.log(), r"\d{4}-\d\d-\d\dT\S+Z info request request=[0-9a-f]{16} method=GET "
                         r"route=/healthz status=200 ms=\d+\.\d{3}") if "healthz" in self.s.log() else None


class Deadlines(unittest.TestCase):
    def test_slow_headers(self):
        """A head that drips for ever is cut off, and others are served meanwhile."""
        with Server(STORE, request_timeout="1s", idle_timeout="60s") as s:
            with s.raw(b"GET /healthz HTTP/1.1\r\n") as c:
                closed = threading.Event()

                def drip():
                    try:
                        while not closed.is_set():
                            c.sendall(b"X-A: b\r\n")
                            time.sleep(0.1)
                    except OSError:
                        pass
                t = threading.Thread(target=drip)
                t.start()
                self.assertEqual(s.get("/readyz")[0], 200)
                self.assertNotIn(b" 200 ", read_all(c))
                closed.set()
                t.join()
            self.assertGreaterEqual(s.metric("canbao_connections_cut_total"), 1)

    def test_slow_second_head(self):
        with Server(STORE, request_timeout="1s", idle_timeout="1s") as s:
            with s.raw(request("GET /healthz HTTP/1.1")) as c:
                self.assertEqual(read_head(c)[0], 200)
                self.assertNotIn(b" 400 ", read_all(c)[3:])

    def test_slow_body(self):
        with Server(STORE, request_timeout="1s", idle_timeout="60s") as s:
            with s.raw(request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json",
                               "Content-Length: 1000")) as c:
                closed = threading.Event()

                def drip():
                    try:
                        while not closed.is_set():
                            c.sendall(b" ")
                            time.sleep(0.1)
                    except OSError:
                        pass
                t = threading.Thread(target=drip)
                t.start()
                self.assertNotIn(b" 200 ", read_all(c))
                closed.set()
                t.join()


class Life(unittest.TestCase):
    def test_graceful_stop(self):
        with Server(STORE) as s:
            with s.raw(request("GET /healthz HTTP/1.1")) as c:
                self.assertEqual(read_head(c)[0], 200)
                self.assertEqual(s.stop(), 0)
            with self.assertRaises(OSError):
                s.raw()
            self.assertIn("stopping signal=15", s.log())
            self.assertIn("info stopped", s.log())

    def test_stop_lets_requests_finish(self):
        """A request whose body is still coming when the service stops is read and answered."""
        body = b'{"policy":"sunan-2024"}'
        with Server(STORE) as s:
            with s.raw(request("POST " + VISITS + " HTTP/1.1", "Content-Type: application/json", "X-Canbao: 1",
                               f"Content-Length: {len(body)}", body=body[:5])) as c:
                self.assertEqual(s.get("/healthz")[0], 200)  # it has been read by now
                s.kick(signal.SIGTERM)
                s.until("stopping")
                c.sendall(body[5:])
                status, head = read_head(c)
                self.assertEqual(status, 422)
                self.assertIn(b"Connection: close", head)
            self.assertEqual(s.stop(), 0)

    def test_killed_and_started_again(self):
        s = Server(STORE)
        self.assertEqual(s.get("/readyz")[0], 200)
        s.stop(signal.SIGKILL)
        with Server(STORE) as again:
            self.assertEqual(again.get("/readyz")[0], 200)

    def test_reload(self):
        config = os.path.join(STORE.top, "reload.conf")

        def write(**values):
            with open(config, "w", encoding="utf-8") as f:
                f.writelines(f"{k} = {v}  # as it is\n" for k, v in values.items())
        write(body_json="2KB", workers=2)
        big = json.dumps({"policy": "x" * 4000}).encode()
        ask = {"Content-Type": "application/json", "X-Canbao": "1"}
        with Server(STORE, config=config) as s:
            self.assertEqual(s.ask("POST", VISITS, big, ask)[0], 413)
            write(body_json="64KB", workers=4)
            s.kick(signal.SIGHUP)
            s.until("unchanged_until_restart=workers")
            self.assertEqual(s.ask("POST", VISITS, big, ask)[0], 422)
            write(body_json="65", workers=4)
            s.kick(signal.SIGHUP)
            s.until("reload_refused why=" + config + ":1:")
            self.assertEqual(s.ask("POST", VISITS, big, ask)[0], 422)

    def test_refuses_to_start(self):
        for settings, word in (({"listen": "0.0.0.0:0"}, "tls_proxy"), ({"demo": "no"}, "clock"),
                               ({"policy": "none-2024"}, "none-2024"), ({"county": "341323"}, "620721"),
                               ({"worker": "2"}, "workers"), ({"db": "/nonexistent/x.db"}, "init")):
            with self.assertRaises(AssertionError) as e:
                Server(STORE, **settings)
            self.assertIn(word, str(e.exception))

    def test_two_servers_one_port(self):
        with Server(STORE) as s:
            with self.assertRaises(AssertionError):
                Server(STORE, listen=f"127.0.0.1:{s.port}")

    def test_connection_limits(self):
        with Server(STORE, connections_per_address=3) as s:
            held = [s.raw() for _ in range(12)]
            time.sleep(0.2)
            refused = 0
            for c in held:
                c.settimeout(server.WAIT)
                try:
                    c.sendall(request("GET /healthz HTTP/1.1"))
                    refused += read_head(c)[0] != 200
                except OSError:
                    refused += 1
                c.close()
            self.assertGreaterEqual(refused, 9)

    def test_address_rate(self):
        with Server(STORE, rate_address=5) as s:
            statuses = [s.get("/readyz")[0] for _ in range(20)]
        self.assertIn(429, statuses)
        self.assertEqual(statuses[:5], [200] * 5)


class Hanging(unittest.TestCase):
    """A database that does not answer: here somebody else holds it, as a hung disk would."""

    def setUp(self):
        self.s = Server(STORE, request_timeout="1s", stop_timeout="1s")
        self.other = sqlite3.connect(STORE.db, isolation_level=None)
        self.other.execute("BEGIN IMMEDIATE")

    def tearDown(self):
        self.other.close()
        self.s.stop(signal.SIGKILL)

    def log_in(self):
        return self.s.ask("POST", "/api/v1/sessions", {"login": "tax", "password": "Canbao-Demo-1"}, dict([OWN]))

    def test_late_is_told(self):
        status, headers, body = self.log_in()
        self.assertEqual((status, json.loads(body)["code"]), (503, "busy"))
        self.assertEqual(headers["Retry-After"], "2")
        # Whoever only reads is served meanwhile, and all are afterwards.
        self.assertEqual(self.s.get("/api/v1/season")[0], 200)
        self.other.execute("ROLLBACK")
        for _ in range(20):
            if self.log_in()[0] == 201:
                return
        self.fail("it never recovered")

    def test_stop_does_not_wait_for_ever(self):
        t = threading.Thread(target=self.log_in)
        t.start()
        self.assertIn(self.s.stop(), (0, 1))
        t.join()


class Crowd(unittest.TestCase):
    def test_full_queue_is_told_at_once(self):
        """More than fits is refused as busy, nobody waits for nothing, and afterwards all is well."""
        with Server(STORE, workers=1, queue=1, event_threads=1) as s:
            statuses = []

            def ask():
                for _ in range(40):
                    status, headers, body = s.get("/metrics")
                    statuses.append(status)
                    if status == 503:
                        self.assertEqual(json.loads(body)["code"], "busy")
                        self.assertEqual(headers["Retry-After"], "2")
            threads = [threading.Thread(target=ask) for _ in range(24)]
            for t in threads:
                t.start()
            for t in threads:
                t.join()
            self.assertEqual(set(statuses), {200, 503})
            self.assertEqual(s.get("/readyz")[0], 200)
            self.assertEqual(s.metric("canbao_requests_shed_total"), statuses.count(503))
            self.assertEqual(s.metric("canbao_queue_depth"), 0)


if __name__ == "__main__":
    unittest.main()
