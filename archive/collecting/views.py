"""Addresses of "my collection", of citations, and of what reference managers ask for.

A collection lives in the visitor's browser; here it is known only while an address or a form names its items.
"""

from html import escape

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from archive import limits, relations
from archive.answers import answer, base
from archive.citing.apa import apa
from archive.citing.formats import FORMATS, Format, listed
from archive.citing.runs import as_html
from archive.citing.vietnamese import vietnamese
from archive.item_page import PUBLIC_IMAGES
from archive.models import Edition
from archive.templatetags.archive_tags import set_text
from archive.views import gone, revalidated

from .chosen import MOST, Chosen, TooMany, chosen
from .pdf import NoPrinter, pdf
from .pictures import pictures
from .table import WITHDRAWN, table

STYLES = {"vietnamese": vietnamese, "apa": apa}
PROGRAMS = [("bibtex", "BibTeX"), ("ris", "RIS (Zotero, EndNote)")]
NAME = "cat-vang"  # of a downloaded file


@require_safe
def page(request):
    """/{lang}/my-collection/: the collection in this browser, or with ?items= one that somebody shares."""
    try:
        found = chosen(request.GET)
    except TooMany as error:
        return refused(request, _too_many(error), 400)
    context = {
        "chosen": found,
        "shared": "items" in request.GET,
        "most": MOST,
        "lang": get_language(),
        "images": PUBLIC_IMAGES,
        "forms": {"citations": [("vietnamese", _("Kiểu Việt Nam")), ("apa", "APA 7"), *PROGRAMS]},
    }
    return revalidated(render(request, "archive/collecting/page.html", context))


@csrf_exempt  # it changes nothing: a form only because notes are too long for an address
@require_http_methods(["GET", "HEAD", "POST"])
def export(request, form):
    """/{lang}/my-collection/export/{form}/: the items named, as a list of citations, CSV or PDF."""
    if form not in FORMATS and form not in ("csv", "pdf"):
        raise Http404(form)
    if seconds := limits.wait(request, "pdf" if form == "pdf" else "export"):
        response = refused(request, _("Bạn đã xuất quá nhiều lần. Xin thử lại sau %(n)s giây.") % {"n": seconds}, 429)
        response["Retry-After"] = str(seconds)
        return response
    try:
        found = chosen(request.POST if request.method == "POST" else request.GET)
    except TooMany as error:
        return refused(request, _too_many(error), 400)
    if not found.documents:
        return refused(request, _("Không có tư liệu nào đang công bố để xuất."), 404, found)
    lang = get_language()
    try:
        return WRITERS.get(form, _citations)(request, form, found, lang)
    except NoPrinter:
        words = _("Máy chủ này chưa tạo được PDF. Bạn có thể in trang bộ sưu tập bằng trình duyệt và lưu thành PDF.")
        return refused(request, words, 503, found)


def _citations(request, form: str, found: Chosen, lang: str) -> HttpResponse:
    text = listed(form, found.documents, lang, base())
    # Neither BibTeX nor a reader minds a line outside the entries; RIS knows none.
    mark = {"bibtex": "% ", "ris": None}.get(form, "")
    if mark is not None:
        text += "".join(f"\n{mark}{tomb.identifier}: {WITHDRAWN[lang]}\n" for tomb in found.gone)
    return _file(request, text.encode(), FORMATS[form].content_type, FORMATS[form].extension)


def _csv(request, form: str, found: Chosen, lang: str) -> HttpResponse:
    body = table(found.documents, found.notes, [tomb.identifier for tomb in found.gone], lang, base())
    return _file(request, body, "text/csv; charset=utf-8", "csv")


def _pdf(request, form: str, found: Chosen, lang: str) -> HttpResponse:
    style = request.POST.get("style") or request.GET.get("style")
    write = STYLES.get(style, vietnamese)
    shown = pictures(found.documents)
    entries = [
        {
            "document": document,
            "scan": shown.get(document["identifier"], (None,))[0],
            "citation": mark_safe(as_html(write(document, lang, base()), set_text)),
            "note": found.notes.get(document["identifier"], ""),
        }
        for document in found.documents
    ]
    today = timezone.now()
    context = {"entries": entries, "gone": found.gone, "lang": lang, "today": today, "PUBLIC_BASE_URL": base()}
    body = pdf(context, {scan["image"]: jpeg for scan, jpeg in shown.values()})
    return _file(request, body, "application/pdf", "pdf")


WRITERS = {"csv": _csv, "pdf": _pdf}


def _file(request, body: bytes, content_type: str, extension: str) -> HttpResponse:
    """A download. What a form asked for may hold the visitor's notes: it is kept nowhere."""
    if request.method == "POST":
        response = HttpResponse(body, content_type=content_type)
        response["Cache-Control"] = "no-store"
    else:
        response = answer(request, body, content_type)
    response["Content-Disposition"] = f'attachment; filename="{NAME}.{extension}"'
    return response


@require_safe
def citation(request, identifier, form):
    """/{lang}/items/{identifier}/cite/{form}/: one item's citation; 410 where it was withdrawn."""
    kind = FORMATS.get(form)
    if kind is None:
        raise Http404(form)
    edition = Edition.objects.filter(identifier=identifier).first()
    if edition is None:
        return gone(request, identifier)
    return _cited(request, edition.data, kind, get_language())


def _cited(request, document: dict, kind: Format, lang: str) -> HttpResponse:
    response = answer(request, kind.write(relations.current(document), lang, base()).encode(), kind.content_type)
    if not kind.inline:
        response["Content-Disposition"] = f'attachment; filename="{document["identifier"]}.{kind.extension}"'
    return response


# --- unAPI ---------------------------------------------------------------------------------------------
UNAPI = {
    "ris": ("application/x-research-info-systems", "https://en.wikipedia.org/wiki/RIS_(file_format)"),
    "bibtex": ("application/x-bibtex", "https://ctan.org/pkg/btxdoc"),
}


@require_safe
def unapi(request):
    """/unapi: how Zotero reads an item page, https://web.archive.org/web/2015/http://unapi.info/specs/

    Without parameters the formats; with `id` (an identifier) those of an item, status 300; with `format` too, that.
    """
    identifier, form = request.GET.get("id", ""), request.GET.get("format", "")
    if not identifier:
        return answer(request, _formats("").encode(), "application/xml")
    edition = Edition.objects.filter(identifier=identifier).first()
    if edition is None:
        return gone(request, identifier)
    if not form:
        return answer(request, _formats(identifier).encode(), "application/xml", 300)
    if form not in UNAPI:
        return answer(request, b"406 Not Acceptable\n", "text/plain", 406)
    return _cited(request, edition.data, FORMATS[form], get_language())


def _formats(identifier: str) -> str:
    rows = "".join(
        f'<format name="{name}" type="{kind}" docs="{escape(docs)}"/>' for name, (kind, docs) in UNAPI.items()
    )
    attribute = f' id="{escape(identifier)}"' if identifier else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<formats{attribute}>{rows}</formats>\n'


# --- what can't be given ---------------------------------------------------------------------------------


def _too_many(error: TooMany) -> str:
    words = _("Mỗi lần xem hay xuất được nhiều nhất %(most)s tư liệu; bạn đã chọn %(n)s.")
    return words % {"most": MOST, "n": error.args[0]}


def refused(request, sentence: str, status: int, found: Chosen | None = None) -> HttpResponse:
    context = {"sentence": sentence, "status": status, "chosen": found, "lang": get_language()}
    response = render(request, "archive/collecting/refused.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
