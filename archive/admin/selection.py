"""A selection of records: ticked in the list, or all that its filters leave. Kept in the session while it is used."""

import secrets
from urllib.parse import urlsplit

from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import classproperty
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from archive.folding import fold
from archive.models import Record

from .record_access import visible_records
from .record_list import RecordFilterSet

SESSION = "record_selections"
KEPT = 4  # the oldest goes first
MOST = 50_000  # records of one selection


def of_listing(user, query: QueryDict):
    """QuerySet of the records that the list shows for this query string, to this person."""
    found = RecordFilterSet(query, queryset=visible_records(user), request=None).qs
    for word in fold(query.get("q", "")).split():
        found = found.filter(folded__contains=word)
    return found


def keep(request, keys: list[int]) -> str:
    """Remember a selection. Out: its token."""
    token = secrets.token_urlsafe(8)
    kept = dict(list(request.session.get(SESSION, {}).items())[-(KEPT - 1) :])
    request.session[SESSION] = kept | {token: keys[:MOST]}
    return token


def found(request, token: str):
    """QuerySet of a kept selection's records that this person may see. Raises Http404 for a token that isn't kept."""
    keys = request.session.get(SESSION, {}).get(token)
    if keys is None:
        raise Http404(token)
    return visible_records(request.user).filter(pk__in=keys)


class SelectionAction(SnippetBulkAction):
    """A bulk action that carries the selection to a page of ours (`target`: its URL name).

    Wagtail's own "all" would forget the list's filters.
    """

    target = ""
    permission = ""

    @classproperty
    def models(cls):
        return [Record]

    def check_perm(self, record):
        return self.request.user.has_perm(self.permission)

    def dispatch(self, request, *args, **kwargs):
        ids = request.GET.getlist("id")
        if "all" in ids:
            records = of_listing(request.user, QueryDict(urlsplit(self.next_url).query))
        else:
            records = visible_records(request.user).filter(pk__in=[key for key in ids if key.isdecimal()])
        token = keep(request, list(records.order_by("identifier").values_list("pk", flat=True)[:MOST]))
        return redirect(f"{reverse(self.target)}?selection={token}")
