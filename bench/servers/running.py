"""Starting what is measured (the site and a bare view under granian, iipsrv behind nginx), and wrk, who asks."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

IIPSRV = Path("/usr/lib/iipimage-server/iipsrv.fcgi")
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
# As deploy/entrypoint.sh starts it.
GRANIAN = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "8", "--backlog", "512", "--no-ws"]

NGINX_CONF = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 1000000;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream iipsrv {{ server unix:{folder}/1.sock; server unix:{folder}/2.sock; }}
  upstream site {{ server 127.0.0.1:{site}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location /iipsrv/ {{
      rewrite ^/iipsrv/(.*)$ /$1 break;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param QUERY_STRING IIIF=$uri;
      fastcgi_pass iipsrv;
    }}
    location / {{ proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
      proxy_pass http://site; }}
  }}
}}
"""
# Fetches the paths of a file in turn, whatever is answered.
WRK = """
local asked, paths = 0, {}
init = function(arguments)
  for line in io.lines(arguments[1]) do paths[#paths + 1] = wrk.format("GET", line) end
end
request = function() asked = asked + 1; return paths[(asked - 1) % #paths + 1] end
"""


def missing() -> list[str]:
    """Debian packages that aren't installed."""
    there = {"iipimage-server": IIPSRV.exists(), "nginx-light": Path(NGINX).exists(), "wrk": shutil.which("wrk")}
    return [name for name, found in there.items() if not found]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextlib.contextmanager
def process(command: list, env: dict | None = None, log: Path | None = None):
    with open(log or os.devnull, "ab") as output:
        child = subprocess.Popen(
            command, env=os.environ | (env or {}), stdout=output, stderr=output, start_new_session=True
        )
        try:
            yield child
        finally:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # its own children with it
            child.wait()


def wait_for(url: str, seconds: float = 120) -> None:
    """Raises TimeoutError when it isn't answered with 200."""
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        if time.monotonic() > end:
            raise TimeoutError(url)
        time.sleep(0.1)


@contextlib.contextmanager
def granian(application: str, port: int, log: Path, **env: str):
    command = [sys.executable, "-m", "granian", *GRANIAN, "--host", "127.0.0.1", "--port", str(port), application]
    with process(command, env, log):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def iipsrv_and_nginx(images: Path, folder: Path, site_port: int, quality: int):
    """Two processes of iipsrv that serve the folder `images`, behind one nginx that also leads to the site."""
    env = {"FILESYSTEM_PREFIX": f"{images}/", "JPEG_QUALITY": str(quality), "MAX_CVT": "8192", "VERBOSITY": "0"}
    env["LOGFILE"] = str(folder / "iipsrv.log")
    port, user = free_port(), "user root;" if os.geteuid() == 0 else ""
    conf = folder / "nginx.conf"
    conf.write_text(NGINX_CONF.format(folder=folder, port=port, site=site_port, user=user))
    with contextlib.ExitStack() as stack:
        for number in (1, 2):
            stack.enter_context(process([str(IIPSRV), "--bind", f"{folder}/{number}.sock"], env))
        stack.enter_context(process([NGINX, "-p", str(folder), "-c", str(conf)], log=folder / "nginx.out"))
        yield f"http://127.0.0.1:{port}"


def rate(address: str, paths: list[str], clients: int, seconds: float, folder: Path) -> float:
    """Requests a second that `clients` get who ask for `paths` in turn, each on one open connection.

    Raises RuntimeError when an answer isn't 200.
    """
    script, listed = folder / "ask.lua", folder / "paths.txt"
    script.write_text(WRK)
    listed.write_text("\n".join(paths))
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds:g}s", "-s", str(script), address, "--", str(listed)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
