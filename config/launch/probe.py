"""Asks the application in this container for an address; exits 0 when it answers 200. For health checks.

The Host is the site's own, as ALLOWED_HOSTS demands, and the request counts as having come by TLS.
"""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def main(path: str, port: str = "8000") -> int:
    host = urlsplit(os.environ.get("PUBLIC_BASE_URL", "")).netloc or "localhost"
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=4) as response:
            return 0 if response.status == 200 else 1
    except (urllib.error.URLError, OSError) as error:
        print(error)
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
