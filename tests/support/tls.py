"""A certificate for one run, and a proxy that gives a plain HTTP server TLS and a password, as the real image has."""

import base64
import http.client
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit


def certificate(folder: Path) -> tuple[Path, Path]:
    """Certificate (its own authority) and key for localhost and 127.0.0.1, made by openssl."""
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        + ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


class PasswordProxy:
    """https://127.0.0.1:port in front of `target`; answers 401 to whoever hasn't the user and password."""

    def __init__(self, target: str, certificate: Path, key: Path, user: str, password: str):
        wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        place = urlsplit(target)
        self.refused = 0
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.headers.get("Authorization") != wanted:
                    proxy.refused += 1
                    return self.give(401, {"WWW-Authenticate": "Basic"}, b'{"error":"missing credentials"}')
                upstream = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
                headers = {k: v for k, v in self.headers.items() if k.lower() not in {"host", "authorization"}}
                upstream.request(self.command, self.path, body or None, headers)
                answer = upstream.getresponse()
                content = answer.read()
                ours = {"transfer-encoding", "content-length"}
                kept = {k: v for k, v in answer.getheaders() if k.lower() not in ours}
                upstream.close()
                return self.give(answer.status, kept, content)

            def give(self, status, headers, content):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()
