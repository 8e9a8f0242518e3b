# SPDX-License-Identifier: Apache-2.0
"""An identity provider for tests: discovery, authorization with PKCE, tokens signed with keys of `openssl`.

    with Provider() as p:
        p.subject = "zhang"                     # who logs in next
        p.claims = {"exp": 0}                   # what is wrong with the next token

`browser` follows a log-in as a person's browser would.
"""
import base64
import hashlib
import http.server
import json
import os
import secrets
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

CLIENT, SECRET = "canbao-test", "a-secret of: the test"


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*words, data=None):
    return subprocess.run(["openssl", *words], input=data, capture_output=True, check=True).stdout


def raw_signature(der):
    """r and s of a DER ECDSA signature, 32 bytes each."""
    at, out = 2, b""
    for _ in range(2):
        n = der[at + 1]
        out += der[at + 2:at + 2 + n].lstrip(b"\0").rjust(32, b"\0")
        at += 2 + n
    return out


class Key:
    def __init__(self, folder, alg, kid):
        self.alg, self.kid = alg, kid
        self.path = os.path.join(folder, kid + ".pem")
        if alg == "RS256":
            openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.path)
            modulus = openssl("rsa", "-in", self.path, "-noout", "-modulus").decode().strip().split("=")[1]
            self.jwk = {"kty": "RSA", "n": b64(bytes.fromhex(modulus)), "e": b64(b"\1\0\1")}
        else:
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", self.path)
            point = openssl("ec", "-in", self.path, "-pubout", "-outform", "DER")[-64:]
            self.jwk = {"kty": "EC", "crv": "P-256", "x": b64(point[:32]), "y": b64(point[32:])}
        self.jwk.update(kid=kid, use="sig", alg=alg)

    def token(self, claims, head=None):
        head = {"alg": self.alg, "kid": self.kid, **(head or {})}
        text = b64(json.dumps(head).encode()) + "." + b64(json.dumps(claims).encode())
        sig = openssl("dgst", "-sha256", "-sign", self.path, data=text.encode())
        return text + "." + b64(raw_signature(sig) if self.alg == "ES256" else sig)


class Provider:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="provider.")
        self.keys = [Key(self.folder.name, "RS256", "r1"), Key(self.folder.name, "ES256", "e1")]
        self.key = self.keys[0]
        self.secret_file = os.path.join(self.folder.name, "client")
        with open(self.secret_file, "w", encoding="ascii") as f:
            f.write(SECRET + "\n")
        self.reset()
        self.asked = []
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                provider.get(self)

            def do_POST(self):
                provider.post(self)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/realm"
        self.codes = {}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def reset(self):
        """Everything right again."""
        self.subject, self.claims, self.head, self.about, self.mangle = "zhang", {}, {}, {}, None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.folder.cleanup()

    @staticmethod
    def answer(h, status, body, headers=None):
        data = json.dumps(body).encode()
        h.send_response(status)
        h.send_header("Content-Type", "application/json")
        h.send_header("Content-Length", str(len(data)))
        for k, v in (headers or {}).items():
            h.send_header(k, v)
        h.end_headers()
        h.wfile.write(data)

    def get(self, h):
        self.asked.append(h.path.split("?")[0])
        if h.path == "/realm/.well-known/openid-configuration":
            self.answer(h, 200, {"issuer": self.issuer, "authorization_endpoint": self.issuer + "/auth",
                                 "token_endpoint": self.issuer + "/token", "jwks_uri": self.issuer + "/keys",
                                 **self.about})
        elif h.path == "/realm/keys":
            self.answer(h, 200, {"keys": [k.jwk for k in self.keys]})
        elif h.path.startswith("/realm/auth?"):
            q = dict(urllib.parse.parse_qsl(h.path.split("?", 1)[1]))
            assert q["response_type"] == "code" and q["client_id"] == CLIENT and q["scope"] == "openid", q
            assert q["code_challenge_method"] == "S256", q
            code = secrets.token_urlsafe(12)
            self.codes[code] = q
            back = urllib.parse.urlencode({"code": code, "state": q["state"], "iss": self.issuer})
            self.answer(h, 302, {}, {"Location": q["redirect_uri"] + "?" + back})
        else:
            self.answer(h, 404, {})

    def post(self, h):
        self.asked.append(h.path)
        form = dict(urllib.parse.parse_qsl(h.rfile.read(int(h.headers["Content-Length"])).decode()))
        q = self.codes.pop(form.get("code"), None)
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        verifier = form.get("code_verifier", "")
        if (h.path != "/realm/token" or not q or h.headers["Authorization"] != basic or not 43 <= len(verifier) <= 128
                or b64(hashlib.sha256(verifier.encode()).digest()) != q["code_challenge"]
                or form.get("redirect_uri") != q["redirect_uri"]):
            self.answer(h, 400, {"error": "invalid_grant"})
            return
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.subject, "aud": CLIENT, "exp": now + 300, "iat": now,
                  "nonce": q["nonce"], **self.claims}
        token = self.key.token({k: v for k, v in claims.items() if v is not None}, self.head)
        self.answer(h, 200, {"access_token": "x", "token_type": "Bearer",
                             "id_token": self.mangle(token) if self.mangle else token})


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def browser(caller, provider, change=None):
    """Log in by way of the provider: the last (status, body).  `change` may alter what comes back."""
    status, headers, body = caller.whole("GET", "/api/v1/oidc/login")
    if status != 302:
        return status, body
    back = urllib.request.Request(headers["Location"])
    try:
        urllib.request.build_opener(NoRedirect).open(back)
        raise AssertionError("the provider did not send back")
    except urllib.error.HTTPError as e:
        address = e.headers["Location"]
    path = address.split("://", 1)[1].split("/", 1)[1]
    if change:
        path = change(path)
    status, headers, body = caller.whole("GET", "/" + path)
    return status, headers["Location"] if status == 302 else body
