"""One field finds any person, family or paper; a page of the newest openings for the head."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from dekat.accounts.roles import Role
from dekat.faces.access import open_to
from dekat.faces.clock import now, today
from dekat.reports import office_search, who_opened

LEAST_LETTERS = 3
LONGEST = 80


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Show whoever and whatever may be meant, masked; the same rows come by themselves while one types.

    A NIK is posted, so that it never stands in an address, a history or a log.
    """
    typed = (request.POST.get("q") or "").strip()[:LONGEST]
    found = office_search.search(typed, on=today(now())) if len(typed) >= LEAST_LETTERS else None
    is_partial = request.headers.get("HX-Request") == "true"
    page = "central/lookup/_found.html" if is_partial else "central/lookup/find.html"
    return render(request, page, {"q": typed, "found": found})


@open_to(Role.REGISTRY_HEAD)
@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """Who opened whose data lately, and who tried without being let; names for the head alone."""
    is_refused = "ditolak" in request.GET
    lines = who_opened.newest_openings(is_refused=is_refused, on=today(now()))
    values = {"openings": lines, "is_refused": is_refused, "is_head": True, "nav_active": "cari"}
    return render(request, "central/lookup/newest.html", values)
