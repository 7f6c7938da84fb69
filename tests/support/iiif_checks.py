"""Asks the IIIF validators; runs in their virtual environment (tests.support.iiif), knows nothing of the site.

colours                            -> the colours of the 10 × 10 squares that the image validator expects, by column
image SERVER PREFIX IDENTIFIER …   -> {check: {"level", "error": None or what it says}} for Image API 3.0,
                                      of the named checks, else of all
presentation                       -> for each [class, document] on standard input, the faults that are found
"""

import contextlib
import json
import random
import sys
import urllib.request

# Requests of two checks that the text of Image API 3.0 answers otherwise: tests/media/test_iiif_validator.py.
# Each of the two is asked a second time without it.
DISPUTED = {"size_noup": "!2000,3000", "size_up": "^max"}


def colours():
    from iiif_validator.validator import ValidationInfo

    return ValidationInfo().colorInfo


def image(server: str, prefix: str, identifier: str, *names: str) -> dict:
    from iiif_validator import validator

    # A loaded machine isn't at fault for an answer after its five seconds.
    validator.urlopen = lambda request, timeout: urllib.request.urlopen(request, timeout=60)
    suite, found = validator.TestSuite(validator.ValidationInfo()), {}

    def error(name: str) -> str | None:
        random.seed(1974)
        asked = validator.ImageAPI(identifier, server, prefix, version="3.0", debug=False)
        try:
            suite.run_test(name, asked)
        except Exception as fault:  # a check's own end: it knows several
            return f"{asked.last_url}: {fault!r}"
        return f"{asked.last_url}: {asked.exception}" if asked.exception else None

    for name, about in suite.list_tests("3.0").items():
        if not names or name in names:
            found[name] = {"level": about["level"], "error": error(name)}
    for name, size in DISPUTED.items() if not names else ():
        check = suite.all_tests[name]
        usual = check.checkSize
        place = 1 if name == "size_noup" else 2
        check.checkSize = lambda *given, usual=usual, size=size, place=place: (
            None if given[place + 1] == size else usual(*given)
        )
        found[f"{name} without {size}"] = {"level": found[name]["level"], "error": error(name)}
    return found


def presentation(given: list) -> list:
    import iiif_prezi3
    from pydantic import ValidationError

    def faults(kind: str, document: dict) -> list[str]:
        try:
            getattr(iiif_prezi3, kind).model_validate_json(json.dumps(document))
        except ValidationError as error:
            return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        return []

    return [faults(kind, document) for kind, document in given]


def main(what: str, *arguments: str):
    with contextlib.redirect_stdout(sys.stderr):  # some checks print as they are imported
        if what == "presentation":
            return presentation(json.load(sys.stdin))
        return {"colours": colours, "image": image}[what](*arguments)


print(json.dumps(main(*sys.argv[1:])))
