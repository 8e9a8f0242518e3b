# SPDX-License-Identifier: Apache-2.0
"""An office at work on a running server: logged in as one of the demo's accounts, with its CSRF token.

    tax = Office(server, "tax", strong=True)
    status, answer = tax.post("/api/v1/assessments", {"on": "2023-12-15"})
"""
import base64
import hashlib
import hmac
import json
import struct
import time
import urllib.parse

PASSWORD = "Canbao-Demo-1"
SECRET = "MNQW4YTBN4WWIZLNN4WTEMBNMJ4XIZLT"


def code(now=None):
    """The one-time code of the demo's secret (RFC 6238)."""
    step = int((time.time() if now is None else now) // 30)
    mac = hmac.new(base64.b32decode(SECRET), struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"


class Office:
    def __init__(self, server, login, strong=False):
        self.server = server
        body = {"login": login, "password": PASSWORD}
        status, headers, text = server.ask("POST", "/api/v1/sessions", body, {"X-Canbao": "1"})
        assert status == 201, (login, status, text)
        self.cookie = headers["Set-Cookie"].split(";")[0]
        self.session = json.loads(text)
        self.csrf = self.session["csrf"]
        if strong:
            status, answer = self.post("/api/v1/session/strong", {"code": code()})
            assert status == 204, (login, status, answer)

    def headers(self, more=None):
        return {"Cookie": self.cookie, "X-CSRF-Token": self.csrf, **(more or {})}

    def ask(self, method, path, body=None, headers=None):
        """(status, answer): JSON read, anything else as bytes."""
        status, got, text = self.server.ask(method, path, body, self.headers(headers))
        kind = got["Content-Type"] or ""
        return status, (json.loads(text) if "json" in kind and text else text)

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body=None, headers=None):
        return self.ask("POST", path, body, headers)

    def upload(self, name, data, kind=None):
        path = "/api/v1/uploads?name=" + urllib.parse.quote(name) + (f"&kind={kind}" if kind else "")
        return self.ask("POST", path, bytes(data), {"Content-Type": "application/octet-stream"})

    def take_in(self, name, data, kind, **more):
        """Upload and ask for the import: (status, job)."""
        status, preview = self.upload(name, data, kind)
        assert status == 201, (status, preview)
        return self.post("/api/v1/imports", {"upload": preview["upload"], "kind": kind, **more})

    def ended(self, job, seconds=120):
        """The job once it is over."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status, answer = self.get(f"/api/v1/jobs/{job}")
            assert status == 200, (status, answer)
            if answer["state"] not in ("queued", "running"):
                return answer
            time.sleep(0.05)
        raise AssertionError(f"job {job} goes on: {answer}")
