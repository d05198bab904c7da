"""Find the resident who sits here: by NIK exactly, by name in whatever spelling."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from dekat.accounts.roles import Role
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.station.arriving import arriving
from dekat.faces.station.learning.lock import closed_page
from dekat.faces.station.place import place_of
from dekat.kernel.errors import DekatError
from dekat.registry import queries as registry
from dekat.sync import standing

LEAST_LETTERS = 3
LONGEST = 80


def _closed_extract() -> Words | None:
    """Why the extract may not be read now, and what to do; None while it may."""
    try:
        standing.check_lease(now=now())
    except DekatError as refusal:
        return words_for(refusal)
    return None


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Show who may be meant; the same rows come by themselves while one types.

    A NIK is posted, so that it never stands in an address, a history or a log.
    """
    if closed := closed_page(request):
        return closed
    typed = (request.POST.get("q") or "").strip()[:LONGEST]
    actor = actor_of(request)
    is_asked = len(typed) >= LEAST_LETTERS
    closed_extract = _closed_extract()
    if closed_extract:
        is_asked = False
    found = registry.find(typed, actor.kecamatan, on=today(now())) if is_asked else []
    values = {
        "q": typed,
        "found": found,
        "is_asked": is_asked,
        "closed_extract": closed_extract,
        "place": place_of(request),
        "arriving": arriving(actor.kecamatan, now=now()),
        "extract_age": registry.extract_age(actor.kecamatan, now=now()),
    }
    is_partial = request.headers.get("HX-Request") == "true"
    return render(request, "station/search/_rows.html" if is_partial else "station/search/find.html", values)
