"""The log: anybody may look, check and take it away."""

from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.duties.replies import concerned_by, voices
from dekat.faces.access import actor_of, open_to_anybody
from dekat.faces.clock import now, today
from dekat.faces.resident.quota import count_request
from dekat.kernel.canonical import Json, canonical_json
from dekat.ledger import queries as ledger
from dekat.ledger import verifier
from dekat.ledger.heads import heads_paper
from dekat.reports.log_state import log_lines, log_state
from dekat.reports.parties import places, said_by
from dekat.reports.replies import beside


@open_to_anybody
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Where each chain ends; with `?periksa=1` every event is checked again."""
    is_checked = request.GET.get("periksa") == "1"
    if is_checked:
        count_request(request, name="log-check", per_hour=60)
    latest = ledger.latest(limit=20)
    state = log_state(is_checked=is_checked)
    founding = next((head.verify_key.text for head in state.heads if head.node == verifier.CENTRE), "")
    values = {"state": state, "is_checked": is_checked, "latest": latest, "key": verifier.fingerprint(founding)}
    values["names"] = places(today(now()))
    return render(request, "oversight/log.html", {**values, "nav_active": "catatan"})


@open_to_anybody
@require_GET
def event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One event as its node signed it."""
    found = ledger.event(event_id)
    if found is None:
        raise Http404
    names = places(today(now()))
    by = said_by(found, names)
    data = [(key, _as_signed(value)) for key, value in found.data.items() if key != "by"]
    values = {"event": found, "by": by, "data": data, "names": names, "replies": beside([found.id])}
    if request.user.is_authenticated:
        values["may_reply"] = bool(voices(concerned_by(found), actor_of(request).office))
    return render(request, "oversight/event.html", {**values, "nav_active": "catatan"})


@open_to_anybody
@require_GET
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The whole log as JSON lines for the program beside it and any other verifier."""
    count_request(request, name="log-download", per_hour=60)
    response = StreamingHttpResponse(log_lines(), content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="catatan.jsonl"'
    return response


@open_to_anybody
@require_GET
def heads(request: HttpRequest) -> HttpResponse:
    """Where every chain ends now, signed: whoever keeps this can show later that something was cut off."""
    count_request(request, name="log-heads", per_hour=60)
    moment = now()
    response = HttpResponse(canonical_json(heads_paper(now=moment)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="ujung-{moment:%Y-%m-%d}.json"'
    return response


@open_to_anybody
@require_GET
def checker(request: HttpRequest) -> HttpResponse:
    """The program that checks the log without us."""
    response = HttpResponse(Path(verifier.__file__).read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="periksa_catatan.py"'
    return response


def _as_signed(value: Json) -> str:
    """The exact text that was hashed, without the quotes around a word: no number is grouped, no year gets a dot."""
    return value if isinstance(value, str) else canonical_json(value).decode()
