"""What a file of ours has translated: Python, a Django template, a Jinja template."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize
from jinja2.ext import babel_extract

INDENTATION = re.compile(r"^[ \t]+", re.M)


def extracted(path: Path, source: str, keywords: dict):
    """(message, context) of each; a message with a plural is a tuple. In: Babel's keywords."""
    if "jinja2" in path.parts:
        found = babel_extract(BytesIO(source.encode()), keywords, (), {"encoding": "utf-8", "silent": "false"})
        return [(message, None) for _line, _function, message, _comments in found]
    if path.suffix != ".py":
        # Babel reads Python; a template's indentation isn't Python's.
        source = INDENTATION.sub("", templatize(source, str(path)))
    found = extract("python", BytesIO(source.encode()), keywords)
    return [(message, context) for _line, message, _comments, context in found]
