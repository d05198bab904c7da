"""The small pictures the wizard shows; they are never kept by the browser."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.enrolment.queries import picture as capture_picture
from dekat.enrolment.queries import signature_picture
from dekat.enrolment.states import Purpose
from dekat.faces.access import open_to
from dekat.faces.station.recording.labels import NAMES


@open_to(Role.OPERATOR)
@require_GET
def picture(request: HttpRequest, recording_id: UUID, name: str) -> HttpResponse:
    """One capture by its position, `LEFT_INDEX.jpg`, or its repeat, `LEFT_INDEX-RECHECK.jpg`."""
    position, _, repeat = name.rpartition(".")[0].partition("-")
    if position not in NAMES:
        raise Http404
    purpose = Purpose.RECHECK if repeat else Purpose.MAIN
    is_signature = position == "SIGNATURE"
    data = (
        signature_picture(recording_id)
        if is_signature
        else capture_picture(recording_id, position=NAMES[position], purpose=purpose)
    )
    if data is None:
        raise Http404
    kind = "image/png" if is_signature else "image/jpeg"
    return HttpResponse(data, content_type=kind, headers={"Cache-Control": "no-store"})
