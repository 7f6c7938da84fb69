"""A TLS proxy with Basic authentication before the test node, as the official image answers with security on.

The test node itself has neither; what is tested are the client's settings: CA file, user, password.
"""

import asyncio
import base64
import shutil
import ssl
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit


def make_certificates(folder: Path) -> tuple[Path, Path, Path]:
    """A CA and a certificate of it for 127.0.0.1, by openssl. Out: CA file, certificate, key."""
    ca, ca_key, key, request, certificate = (folder / name for name in ("ca.pem", "ca.key", "key", "csr", "cert.pem"))
    extensions = folder / "extensions"
    extensions.write_text("subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
    new = ["openssl", "req", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    authority = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"]
    _run([*new, "-x509", "-days", "2", "-subj", "/CN=Test CA", *authority, "-keyout", ca_key, "-out", ca])
    _run([*new, "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", request])
    sign = ["openssl", "x509", "-req", "-days", "2", "-in", request, "-CA", ca, "-CAkey", ca_key, "-CAcreateserial"]
    _run([*sign, "-extfile", extensions, "-out", certificate])
    return ca, certificate, key


def _run(command: list) -> None:
    assert shutil.which("openssl"), "openssl is missing: apt-get install openssl"
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


class TlsProxy:
    """Passes requests on to `target` when they bring `user` and `password`, else answers 401. `.url` is its address."""

    def __init__(self, target: str, user: str, password: str, certificate: Path, key: Path):
        self.target = urlsplit(target)
        self.allowed = b"Basic " + base64.b64encode(f"{user}:{password}".encode())
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.refused = 0
        self.busy = 0  # requests that are asked to wait (429), as a node does whose memory is full
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), daemon=True)

    def __enter__(self):
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_error):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _main(self):
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.context)
        self.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _serve(self, reader, writer):
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            headers = {
                name.strip().lower(): value.strip()
                for name, _colon, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
            }
            body = await reader.readexactly(int(headers.get(b"content-length", 0)))
            if headers.get(b"authorization") != self.allowed:
                self.refused += 1
                writer.write(b"HTTP/1.1 401 Unauthorized\r\nX-Elastic-Product: Elasticsearch\r\n")
                writer.write(b"Content-Length: 0\r\nConnection: close\r\n\r\n")
            elif self.busy:
                self.busy -= 1
                writer.write(b"HTTP/1.1 429 Too Many Requests\r\nX-Elastic-Product: Elasticsearch\r\n")
                writer.write(b"Content-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                await self._pass_on(head, body, writer)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass  # the client broke off, as it must when it doesn't trust the certificate
        finally:
            writer.close()

    async def _pass_on(self, head: bytes, body: bytes, writer):
        """One request on a connection of its own; the node closes it, which ends the answer."""
        lines = [line for line in head.split(b"\r\n") if line and not line.lower().startswith(b"connection:")]
        upstream, out = await asyncio.open_connection(self.target.hostname, self.target.port)
        out.write(b"\r\n".join([*lines, b"Connection: close", b"", b""]) + body)
        await out.drain()
        status, _end, rest = (await upstream.readuntil(b"\r\n\r\n")).partition(b"\r\n")
        writer.write(status + b"\r\nConnection: close\r\n" + rest)  # the client mustn't use it again
        while piece := await upstream.read(65536):
            writer.write(piece)
        out.close()
