"""The log: anybody may look, check and take it away."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.resident.quota import count_request
from dekat.ledger import queries as ledger
from dekat.reports.log_state import log_lines, log_state
from dekat.reports.parties import places, said_by


@open_to_anybody
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Where each chain ends; with `?periksa=1` every event is checked again."""
    is_checked = request.GET.get("periksa") == "1"
    if is_checked:
        count_request(request, name="log-check", per_hour=60)
    latest = ledger.latest(limit=20)
    values = {"state": log_state(is_checked=is_checked), "is_checked": is_checked, "latest": latest}
    values["names"] = places(now().date())
    return render(request, "oversight/log.html", {**values, "nav_active": "catatan"})


@open_to_anybody
@require_GET
def event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One event as its node signed it."""
    found = ledger.event(event_id)
    if found is None:
        raise Http404
    names = places(now().date())
    by = said_by(found, names)
    data = [(key, value) for key, value in found.data.items() if key != "by"]
    values = {"event": found, "by": by, "data": data, "names": names}
    return render(request, "oversight/event.html", {**values, "nav_active": "catatan"})


@open_to_anybody
@require_GET
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The whole log as JSON lines for `dekat audit` and any other verifier."""
    count_request(request, name="log-download", per_hour=60)
    response = StreamingHttpResponse(log_lines(), content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="catatan.jsonl"'
    return response
