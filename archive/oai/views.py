"""/oai: one address, six verbs, by GET and POST."""

from datetime import UTC, datetime

from django.conf import settings
from django.db.models import BooleanField, Value
from django.http import HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from ..addresses import Addresses
from ..answers import answer, base
from ..dublin_core import dublin_core
from ..models import Edition, Tombstone
from ..relations import current
from ..vocabulary import KINDS, SITE
from . import xml
from .protocol import PREFIX, OaiError, Selection, arguments, selection, write_token

PART = 100  # records in one part of a list
SETS = {kind: f"{names['vi']} / {names['en']}" for kind, names in KINDS.items()}


@csrf_exempt  # it changes nothing
def oai(request):
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    addresses = Addresses(base())
    query = request.POST if request.method == "POST" else request.GET
    pairs = [(name, value) for name, values in query.lists() for value in values]
    given: dict = {}
    try:
        given = arguments(pairs)
        root = xml.envelope(now(), addresses.oai(), given)
        ANSWERS[given["verb"]](root, given, addresses)
    except OaiError as error:
        echoed = {} if error.code in ("badVerb", "badArgument") else given
        root = xml.envelope(now(), addresses.oai(), echoed)
        xml.add_error(root, error.code, error.message)
    return respond(request, root)


def now() -> datetime:
    return datetime.now(UTC)


def respond(request, root) -> HttpResponse:
    """Each answer holds its own time, so there is no ETag worth the name."""
    response = answer(request, xml.serialize(root), "text/xml; charset=utf-8")
    del response["ETag"]
    return response


def identify(root, given, addresses) -> None:
    first = Edition.objects.order_by("cleared_at").values_list("cleared_at", flat=True).first()
    gone = Tombstone.objects.order_by("withdrawn_at").values_list("withdrawn_at", flat=True).first()
    moments = [moment for moment in (first, gone) if moment]
    sample = Edition.objects.order_by("identifier").values_list("identifier", flat=True).first() or "vn-map-1838"
    xml.add_identify(
        root,
        name=SITE["vi"],
        address=addresses.oai(),
        email=getattr(settings, "OAI_ADMIN_EMAIL", "") or f"admin@{addresses.host}",
        earliest=min(moments) if moments else now(),
        host=addresses.host,
        sample=addresses.oai_identifier(sample),
    )


def list_formats(root, given, addresses) -> None:
    if "identifier" in given:
        find(given["identifier"], addresses)
    xml.add_formats(root)


def list_sets(root, given, addresses) -> None:
    if "resumptionToken" in given:
        raise OaiError("badResumptionToken", "The list of sets comes whole.")
    xml.add_sets(root, SETS)


def get_record(root, given, addresses) -> None:
    row = find(given["identifier"], addresses)
    if given["metadataPrefix"] != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"Records are available as {PREFIX} only.")
    part = xml.child(root, "GetRecord")
    if isinstance(row, Tombstone):
        xml.add_record(part, given["identifier"], row.withdrawn_at, None)
    else:
        xml.add_record(
            part, given["identifier"], row.cleared_at, dublin_core(current(row.data), addresses.base), [row.kind]
        )


def find(name: str, addresses) -> Edition | Tombstone:
    """The edition or tombstone of an OAI identifier. Raises OaiError idDoesNotExist."""
    identifier = name.removeprefix(addresses.oai_identifier(""))
    if name == addresses.oai_identifier(identifier) and "\0" not in identifier:
        for model in (Edition, Tombstone):
            row = model.objects.filter(identifier=identifier).first()
            if row:
                return row
    raise OaiError("idDoesNotExist", "There is no such record here.")


def list_records(root, given, addresses) -> None:
    """ListIdentifiers and ListRecords."""
    chosen = selection(given, SETS)
    rows = list(listed(chosen).order_by("identifier")[: PART + 1])
    if not rows:
        raise OaiError("noRecordsMatch", "No record matches.")
    more, rows = len(rows) > PART, rows[:PART]
    found = {edition.identifier: edition for edition in Edition.objects.filter(identifier__in=[row[0] for row in rows])}
    part = xml.child(root, given["verb"])
    for identifier, moment, _deleted in rows:
        edition = found.get(identifier)
        name = addresses.oai_identifier(identifier)
        sets = [edition.kind] if edition else []
        if given["verb"] == "ListIdentifiers":
            xml.add_header(part, name, moment, edition is None, sets)
        else:
            xml.add_record(part, name, moment, edition and dublin_core(current(edition.data), addresses.base), sets)
    token = write_token(chosen, rows[-1][0], len(rows)) if more else ""
    if token or chosen.cursor:
        xml.add_token(part, token, chosen, listed(chosen, whole=True).count())


def listed(chosen: Selection, whole: bool = False):
    """(identifier, datestamp, deleted) of what the selection holds, from its token on or `whole`.

    A list goes by identifier, so that its parts fit together whatever is cleared in between. A tombstone has
    no kind: it stands in every set, since a harvester of one set must learn of it too.
    """
    editions, tombstones = Edition.objects.order_by(), Tombstone.objects.order_by()
    if chosen.set:
        editions = editions.filter(kind=chosen.set)
    if chosen.since:
        editions, tombstones = (
            editions.filter(cleared_at__gte=chosen.since),
            tombstones.filter(withdrawn_at__gte=chosen.since),
        )
    if chosen.before:
        editions, tombstones = (
            editions.filter(cleared_at__lt=chosen.before),
            tombstones.filter(withdrawn_at__lt=chosen.before),
        )
    if chosen.after and not whole:
        editions, tombstones = (
            editions.filter(identifier__gt=chosen.after),
            tombstones.filter(identifier__gt=chosen.after),
        )
    no, yes = (Value(value, output_field=BooleanField()) for value in (False, True))
    return editions.values_list("identifier", "cleared_at", no).union(
        tombstones.values_list("identifier", "withdrawn_at", yes), all=True
    )


ANSWERS = {
    "Identify": identify,
    "ListMetadataFormats": list_formats,
    "ListSets": list_sets,
    "ListIdentifiers": list_records,
    "ListRecords": list_records,
    "GetRecord": get_record,
}
