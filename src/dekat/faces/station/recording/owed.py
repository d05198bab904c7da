"""What is still to come (menyusul): the list by tracking code, and the recording that brings it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.enrolment import queries
from dekat.enrolment.supplement import start_supplement
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.station.place import place_of
from dekat.faces.station.recording.wizard import begun
from dekat.kernel.ids import new_id


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """Who must come again, by the code on their receipt; no name stands here."""
    values = {"rows": queries.owed_recordings(), "today": localdate(now()), "nav_active": "beranda"}
    return render(request, "station/recording/exception_owed.html", values)


@open_to(Role.OPERATOR)
@require_POST
def bring(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """The resident is here again: record what is still owed."""
    started = start_supplement(
        recording_id=new_id(now()), of=recording_id, actor=actor_of(request), now=now(), place=place_of(request)
    )
    return begun(request, started)
