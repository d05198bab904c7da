"""The photo of what is missing: waist-up, both hands in sight."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dekat.accounts.roles import Role
from dekat.enrolment import capturing, exception_photo
from dekat.enrolment.portrait import LARGEST_BYTES, PhotoUnreadable
from dekat.enrolment.queries import recording_view
from dekat.enrolment.states import Step
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.station.recording.wizard import frame, step_id_of
from dekat.kernel.errors import DekatError

_CLOSED = (Step.SEALED, Step.DISCARDED)


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def photo(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Show the camera; keep what it, a file or the device gives, or go on without."""
    view = recording_view(recording_id)
    if view.step in _CLOSED:
        return HttpResponseRedirect(reverse("recording", args=[recording_id]))
    refusal: Words | None = None
    if request.method == "POST":
        try:
            _keep(request, recording_id)
        except DekatError as error:
            refusal = words_for(error)
        else:
            return HttpResponseRedirect(reverse("recording", args=[recording_id]))
    values = {**frame(view), "refusal": refusal}
    return render(request, "station/recording/exception_photo.html", values, status=409 if refusal else 200)


def _keep(request: HttpRequest, recording_id: UUID) -> None:
    press = {"recording_id": recording_id, "step_id": step_id_of(request)}
    way = request.POST.get("way", "")
    if way == "skip":
        exception_photo.skip_exception_photo(**press, actor=actor_of(request), now=now())
    elif way == "device":
        capturing.take_exception_photo(**press, actor=actor_of(request), now=now())
    else:
        upload = request.FILES.get("photo")
        if upload is None or (upload.size or 0) > LARGEST_BYTES:
            raise PhotoUnreadable
        exception_photo.keep_exception_photo(
            **press,
            jpeg=upload.read(),
            camera=request.POST.get("camera", ""),
            actor=actor_of(request),
            now=now(),
        )
