"""A recording that was just begun, whichever page began it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from dekat.enrolment import services
from dekat.faces.access import actor_of
from dekat.faces.clock import now, today
from dekat.faces.station.queue.counter import counter_of
from dekat.flows import serve_ticket


def begun(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Tie it to the number that this counter serves, take it up, and show its step."""
    services.resume(recording_id=recording_id, now=now())
    serve_ticket.recording_started(
        recording_id=recording_id, day=today(now()), counter=counter_of(request), actor=actor_of(request), now=now()
    )
    return HttpResponseRedirect(reverse("recording", args=[recording_id]))
