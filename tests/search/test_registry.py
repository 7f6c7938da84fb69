"""Which engines a process loads."""

import os
import subprocess
import sys

from search.engines.elastic import Elastic
from search.engines.registry import ELASTIC
from tests.walls.rules import ROOT

ASK = """
import django, sys
django.setup()
from search.engines.registry import configured
print(*configured(), "elasticsearch" in sys.modules)
"""


def test_one_box_never_loads_the_other_engines_client():
    assert Elastic.name == ELASTIC
    for url, said in (("", "embedded False"), ("http://127.0.0.1:9", "embedded elasticsearch True")):
        process = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", ASK],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "ELASTICSEARCH_URL": url},
            capture_output=True,
            text=True,
            check=True,
        )
        assert process.stdout.split("\n")[-2] == said
