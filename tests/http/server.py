# SPDX-License-Identifier: Apache-2.0
"""A running `canbao serve` over a small made-up season, for tests.

    store = Store()                    # once a file of tests: SQLite, or PostgreSQL with engine="pg"
    with Server(store, workers=2) as s:
        status, headers, body = s.get("/healthz")

Settings are keywords of Server.  Stores are made once a process and kept until it ends.
"""
import atexit
import http.client
import importlib.machinery
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import types
import urllib.parse

sys.dont_write_bytecode = True
CANBAO = os.environ["CANBAO_BIN"]
ROOT = os.environ["CANBAO_ROOT"]
PG = os.environ.get("CANBAO_TEST_PG_URI")
PACKS = os.path.join(ROOT, "packs")
DAY = "2023-12-15"
WAIT = 60  # seconds until a started server must answer: no measure of anything, only an end
ENGINES = ["sqlite"] + (["pg"] if PG else [])


def season_module():
    loader = importlib.machinery.SourceFileLoader("season", os.path.join(ROOT, "script", "season"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("season", loader))
    loader.exec_module(module)
    return module


def psql(sql):
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", PG, "-c", sql], check=True)


class Store:
    """A season of made-up people on one engine, with the demo's accounts."""

    def __init__(self, engine="sqlite", people=600):
        self.top = tempfile.mkdtemp(prefix="canbao-http.")
        atexit.register(shutil.rmtree, self.top, ignore_errors=True)
        self.engine = engine
        self.files = os.path.join(self.top, "files")
        self.key = os.path.join(self.top, "store.key")
        self.db = os.path.join(self.top, "store.db")
        if engine == "pg":
            name = "http_%d_%x" % (os.getpid(), id(self) & 0xffffff)
            psql(f"CREATE DATABASE {name}")
            atexit.register(psql, f"DROP DATABASE {name} WITH (FORCE)")
            parts = urllib.parse.urlsplit(PG)
            self.db = f"postgresql://{parts.netloc}/{name}" + ("?" + parts.query if parts.query else "")
        self.canbao("demo", "--county", "620721", "--people", str(people), "--packs", PACKS, "--out", self.files,
                    store=False)
        args = types.SimpleNamespace(folder=self.files, db=self.db, key=self.key, canbao=CANBAO, packs=PACKS,
                                     quiet=True, until=DAY)
        season_module().Season(args).all()
        self.canbao("account", "demo")

    def canbao(self, *words, store=True, fine=(0,), text=True):
        words = [CANBAO, *words] + (["--db", self.db, "--key", self.key] if store else [])
        done = subprocess.run(words, capture_output=True, text=text, check=False)
        if done.returncode not in fine:
            raise AssertionError(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


class Server:
    def __init__(self, store, config=None, start=True, **settings):
        self.store = store
        self.spool = tempfile.mkdtemp(prefix="spool.", dir=store.top)
        self.settings = {
            "listen": "127.0.0.1:0", "db": store.db, "key": store.key, "policy": "sunan-2024", "packs": PACKS,
            "spool": self.spool, "cookie_secure": "no", "demo": "yes", "clock": DAY, "rate_address": "0",
            "rate_login": "0", "rate_lookup": "0", "rate_account": "0", "rate_document": "0",
        }
        self.settings.update({k: str(v) for k, v in settings.items()})
        self.config = config
        self.lines = []
        self.process = None
        if start:
            self.start()

    def start(self):
        words = [CANBAO, "serve"] + (["--config", self.config] if self.config else [])
        for k, v in self.settings.items():
            words += ["--set", f"{k}={v}"]
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self.read_log, daemon=True)
        self.reader.start()
        line = self.process.stdout.readline()
        m = re.match(r"canbao: http://127\.0\.0\.1:(\d+)/$", line)
        if not m:
            self.stop(0)
            raise AssertionError(f"did not start: {line}{''.join(self.lines)}")
        self.port = int(m.group(1))

    def read_log(self):
        for line in self.process.stderr:
            self.lines.append(line)

    def log(self):
        return "".join(self.lines)

    def kick(self, number):
        self.process.send_signal(number)

    def stop(self, number=signal.SIGTERM):
        """End it; its exit status."""
        if self.process.poll() is None and number:
            self.process.send_signal(number)
        status = self.process.wait(WAIT)
        self.reader.join(WAIT)
        self.process.stdout.close()
        self.process.stderr.close()
        return status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()

    def until(self, says, what="the log never said it"):
        """Wait until a line of the log holds these words."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            if says in self.log():
                return
            time.sleep(0.02)
        raise AssertionError(f"{what}: {says}\n{self.log()}")

    def connect(self, timeout=WAIT):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def raw(self, data=b"", timeout=WAIT):
        """A bare connection that sent `data`."""
        s = socket.create_connection(("127.0.0.1", self.port), timeout=timeout)
        if data:
            s.sendall(data)
        return s

    def ask(self, method, path, body=None, headers=None):
        """(status, headers, bytes); `body` that is no bytes is sent as JSON."""
        headers = dict(headers or {})
        if body is not None and not isinstance(body, (bytes, bytearray)):
            body = json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault("Content-Type", "application/json")
        c = self.connect()
        try:
            c.request(method, path, body=body, headers=headers)
            r = c.getresponse()
            return r.status, r.headers, r.read()
        finally:
            c.close()

    def get(self, path, headers=None):
        return self.ask("GET", path, headers=headers)

    def metric(self, name):
        """The value of a metric without labels."""
        text = self.get("/metrics")[2].decode()
        return float(re.search(rf"^{name} (\S+)$", text, re.M).group(1))


def read_all(s):
    """Whatever comes until the other end closes (or resets)."""
    out = b""
    try:
        while True:
            piece = s.recv(65536)
            if not piece:
                return out
            out += piece
    except ConnectionResetError:
        return out


def read_head(s):
    """Status and headers of one answer."""
    out = b""
    while b"\r\n\r\n" not in out:
        piece = s.recv(1)
        if not piece:
            break
        out += piece
    lines = out.decode("latin-1").split("\r\n")
    return (int(lines[0].split(" ")[1]) if lines[0] else 0), out
