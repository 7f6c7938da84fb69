"""What a harvester may ask, and what it asked. Pure: arguments, datestamps, resumption tokens."""

import base64
import binascii
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

# verb: (required, optional) arguments; resumptionToken stands alone where it is allowed.
VERBS = {
    "Identify": ((), ()),
    "ListMetadataFormats": ((), ("identifier",)),
    "ListSets": ((), ()),
    "ListIdentifiers": (("metadataPrefix",), ("from", "until", "set")),
    "ListRecords": (("metadataPrefix",), ("from", "until", "set")),
    "GetRecord": (("identifier", "metadataPrefix"), ()),
}
RESUMABLE = {"ListSets", "ListIdentifiers", "ListRecords"}
PREFIX = "oai_dc"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z", re.ASCII)


class OaiError(Exception):
    """One of the protocol's error codes with an English sentence (harvesters read no other language)."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Selection:
    """Which records a list holds. `since` is included, `before` isn't (both UTC); the list goes on after `after`."""

    verb: str
    since: datetime | None = None
    before: datetime | None = None
    set: str = ""
    after: str = ""
    cursor: int = 0


def arguments(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Arguments of a request, checked. Out: {"verb": …, …}. Raises OaiError badVerb or badArgument.

    In: every (name, value) of the request, repeated ones too.
    """
    names = [name for name, _value in pairs]
    given = dict(pairs)
    verb = given.get("verb", "")
    if names.count("verb") != 1 or verb not in VERBS:
        raise OaiError("badVerb", "The verb is missing, repeated or not one of OAI-PMH 2.0.")
    for name in names:
        if names.count(name) > 1:
            raise OaiError("badArgument", f"The argument {name} is repeated.")
    del given["verb"]
    required, optional = VERBS[verb]
    if "resumptionToken" in given and verb in RESUMABLE:
        if len(given) > 1:
            raise OaiError("badArgument", "resumptionToken is an exclusive argument.")
        return {"verb": verb, **given}
    for name in given:
        if name not in required + optional:
            raise OaiError("badArgument", f"The argument {name} isn't allowed with {verb}.")
    for name in required:
        if not given.get(name):
            raise OaiError("badArgument", f"The argument {name} is required with {verb}.")
    return {"verb": verb, **given}


def selection(given: dict[str, str], sets) -> Selection:
    """The selection that ListIdentifiers or ListRecords asks for. Raises OaiError."""
    if "resumptionToken" in given:
        return read_token(given["resumptionToken"], given["verb"], sets)
    if given["metadataPrefix"] != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"Records are available as {PREFIX} only.")
    since, until = given.get("from"), given.get("until")
    if since and until and len(since) != len(until):
        raise OaiError("badArgument", "from and until must have the same granularity.")
    chosen = Selection(
        verb=given["verb"],
        since=stamp(since, "from") if since is not None else None,
        before=_end(until) if until is not None else None,
        set=given.get("set", ""),
    )
    if chosen.since and chosen.before and chosen.since >= chosen.before:
        raise OaiError("badArgument", "from is later than until.")
    if "set" in given and chosen.set not in sets:
        raise OaiError("noRecordsMatch", "There is no such set.")
    return chosen


def stamp(text: str, name: str) -> datetime:
    """A datestamp of days or seconds, in UTC. Raises OaiError badArgument."""
    shape = "%Y-%m-%d" if DAY.match(text) else "%Y-%m-%dT%H:%M:%SZ" if SECOND.match(text) else None
    try:
        return datetime.strptime(text, shape or "").replace(tzinfo=UTC) if shape else _refuse(name)
    except ValueError:
        return _refuse(name)


def _refuse(name: str):
    raise OaiError("badArgument", f"{name} must be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def _end(until: str) -> datetime:
    """The first moment after `until`, which includes its whole day or second."""
    moment = stamp(until, "until")
    try:
        return moment + (timedelta(days=1) if DAY.match(until) else timedelta(seconds=1))
    except OverflowError:
        return moment


def write_stamp(moment: datetime) -> str:
    """UTC, seconds: 2026-11-24T07:30:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_token(chosen: Selection, after: str, sent: int) -> str:
    """Token of the rest of a list: everything needed is in it, nothing is kept here, and it doesn't expire.

    In: the selection of this part, the last identifier in it, how many records it held.
    """
    rest = replace(chosen, after=after, cursor=chosen.cursor + sent)
    content = [
        rest.verb,
        write_stamp(rest.since) if rest.since else "",
        write_stamp(rest.before) if rest.before else "",
        rest.set,
        rest.after,
        rest.cursor,
    ]
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def read_token(token: str, verb: str, sets) -> Selection:
    """The opposite of write_token. Raises OaiError badResumptionToken for anything else."""
    bad = OaiError("badResumptionToken", "The resumptionToken is not one of ours.")
    try:
        content = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
        verb_then, since, before, set_, after, cursor = content
        texts = (since, before, set_, after)
        fits = verb_then == verb and type(cursor) is int and 0 < cursor < 10**9
        if not fits or not all(isinstance(text, str) for text in texts) or not after or "\0" in after:
            raise bad
        if set_ and set_ not in sets:
            raise bad
        return Selection(
            verb=verb,
            since=stamp(since, "from") if since else None,
            before=stamp(before, "until") if before else None,
            set=set_,
            after=after,
            cursor=cursor,
        )
    except (ValueError, TypeError, binascii.Error, RecursionError, OaiError):
        raise bad from None
