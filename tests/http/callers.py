# SPDX-License-Identifier: Apache-2.0
"""Callers of a running server at the level of the protocol: cookies, codes and signatures made here.

    tax = Caller(server, "tax").strong()       # a demo account, second factor shown
    status, body = tax.get("/api/v1/session")
    wechat = System(server, "wechat", key)     # another system with its key
"""
import base64
import hashlib
import hmac
import http.cookies
import json
import secrets
import struct
import time

PASSWORD = "Canbao-Demo-1"
SECRET = b"canbao-demo-20-bytes"
used = {}  # (store, login) -> the last step shown: each counts once


def code_at(secret, step):
    mac = hmac.new(secret, struct.pack(">q", step), "sha1").digest()
    at = mac[19] & 15
    return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7fffffff) % 1000000)


def unused_code(place, login, secret=SECRET):
    """A code that holds now and was not shown yet: of this step or a later one, waiting for it when it must."""
    step = max(used.get((place, login), 0) + 1, int(time.time()) // 30)
    while step > int(time.time()) // 30 + 1:
        time.sleep(0.2)
    used[place, login] = step
    return code_at(secret, step)


def base32(text):
    return base64.b32decode(text)


def decoded(body):
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body


class Caller:
    def __init__(self, server, login=None, password=PASSWORD, secret=SECRET):
        self.server, self.login, self.secret = server, login, secret
        self.cookies, self.csrf, self.session = {}, None, None
        if login:
            status, out = self.log_in(login, password)
            assert status == 201, (login, status, out)

    def keep_cookies(self, headers):
        for line in headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value

    def log_in(self, login, password, code=None):
        body = {"login": login, "password": password}
        if code:
            body["code"] = code
        status, headers, out = self.server.ask("POST", "/api/v1/sessions", body, {"X-Canbao": "1"})
        if status == 201:
            self.keep_cookies(headers)
            self.session = json.loads(out)
            self.csrf = self.session["csrf"]
        return status, decoded(out)

    def strong(self):
        status, out = self.post("/api/v1/session/strong",
                                {"code": unused_code(self.server.store.db, self.login, self.secret)})
        assert status == 204, (self.login, status, out)
        return self

    def headers(self, more=None):
        out = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        if self.csrf:
            out["X-CSRF-Token"] = self.csrf
        out.update(more or {})
        return {k: v for k, v in out.items() if v is not None}

    def ask(self, method, path, body=None, headers=None):
        """(status, decoded body); a header None is left out."""
        status, _, out = self.whole(method, path, body, headers)
        return status, out

    def whole(self, method, path, body=None, headers=None):
        """(status, headers, decoded body)"""
        status, back, out = self.server.ask(method, path, body, self.headers(headers))
        self.keep_cookies(back)
        return status, back, decoded(out)

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body=None, headers=None):
        return self.ask("POST", path, body, headers)

    def put(self, path, body=None):
        return self.ask("PUT", path, body)

    def delete(self, path):
        return self.ask("DELETE", path)


def signature(key, method, target, at, nonce, body):
    text = "\n".join([method, target, str(at), nonce, hashlib.new("sm3", body).hexdigest()])
    return hmac.new(bytes.fromhex(key), text.encode(), "sm3").hexdigest()


class System:
    def __init__(self, server, client, key):
        self.server, self.client, self.key = server, client, key

    def header(self, method, target, body=b"", at=None, nonce=None):
        at = int(time.time()) if at is None else at
        nonce = nonce or secrets.token_hex(16)
        return (f"Canbao-HMAC-SM3 client={self.client}, time={at}, nonce={nonce}, "
                f"signature={signature(self.key, method, target, at, nonce, body)}")

    def ask(self, method, target, body=None, headers=None, **how):
        """`body` that is no bytes is sent as JSON."""
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        headers["Authorization"] = self.header(method, target, body or b"", **how)
        status, _, out = self.server.ask(method, target, body, headers)
        return status, decoded(out)

    def get(self, target, **how):
        return self.ask("GET", target, **how)

    def post(self, target, body=None, **how):
        return self.ask("POST", target, body, **how)
