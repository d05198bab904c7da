"""What cannot be captured: said by the operator, seen and confirmed by a second officer at the same desk."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dekat.accounts.roles import Role
from dekat.enrolment import absences
from dekat.enrolment.absences import SIGNATURE
from dekat.enrolment.positions import Position
from dekat.enrolment.queries import RecordingView, recording_view
from dekat.enrolment.states import Absence, Reason, Step
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.station.learning.practice import second_person
from dekat.faces.station.recording.forms import ExceptionForm
from dekat.faces.station.recording.labels import NAMES, POSITIONS
from dekat.faces.station.recording.pages import HAND_ORDER
from dekat.faces.station.recording.wizard import frame, saving_view, step_id_of
from dekat.kernel.errors import DekatError

_BODY = (Reason.MISSING, Reason.INJURED, Reason.ILLNESS)
_REASONS: dict[Step, tuple[Reason, ...]] = {
    Step.PHOTO: (Reason.ILLNESS, Reason.INJURED, Reason.DEVICE_BROKEN),
    Step.FINGERS: (*_BODY, Reason.WORN, Reason.DEVICE_BROKEN),
    Step.INDEX_RECHECK: (*_BODY, Reason.WORN, Reason.DEVICE_BROKEN),
    Step.IRISES: (Reason.BLIND, Reason.MISSING, Reason.INJURED, Reason.ILLNESS, Reason.DEVICE_BROKEN),
    Step.SIGNATURE: (Reason.CANNOT_WRITE, Reason.MISSING, Reason.INJURED, Reason.ILLNESS, Reason.DEVICE_BROKEN),
}


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def exception(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Ask which, why and for how long; keep it when another officer's password confirms it."""
    view = recording_view(recording_id)
    if view.step not in _REASONS:
        return HttpResponseRedirect(reverse("recording", args=[recording_id]))
    form = ExceptionForm(request.POST or None)
    refusal: Words | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, recording_id, form)
        except DekatError as error:
            refusal = words_for(error)
        else:
            return HttpResponseRedirect(reverse("recording", args=[recording_id]))
    values = {**frame(view), "form": form, "refusal": refusal, **_choices(view, form)}
    return render(request, "station/recording/exception.html", values, status=409 if refusal else 200)


@saving_view
def withdraw(request: HttpRequest, recording_id: UUID) -> None:
    """It can be captured after all."""
    absences.withdraw_exception(
        recording_id=recording_id,
        step_id=step_id_of(request),
        position=NAMES.get(request.POST.get("position", ""), ""),
        actor=actor_of(request),
        now=now(),
    )


def _keep(request: HttpRequest, recording_id: UUID, form: ExceptionForm) -> None:
    said = form.cleaned_data
    absences.except_positions(
        recording_id=recording_id,
        step_id=step_id_of(request),
        positions=[NAMES[name] for name in said["positions"]],
        state=Absence(said["state"]),
        reason=Reason(said["reason"]),
        is_permanent=said["is_permanent"],
        second_person=second_person(recording_id, username=said["username"], password=said["password"]),
        actor=actor_of(request),
        now=now(),
    )


def _choices(view: RecordingView, form: ExceptionForm) -> dict[str, object]:
    """What the form offers at this step; what was ticked before a refusal stays ticked."""
    places: dict[Step, tuple[str, ...]] = {
        Step.PHOTO: (Position.FACE,),
        Step.IRISES: (Position.RIGHT_IRIS, Position.LEFT_IRIS),
        Step.SIGNATURE: (SIGNATURE,),
    }
    names = {position: name for name, position in NAMES.items()}
    offered = places.get(view.step, HAND_ORDER)
    ticked = form.data.getlist("positions") if hasattr(form.data, "getlist") else []
    if not ticked and len(offered) == 1:
        ticked = [names[offered[0]]]
    return {
        "offered": [(names[one], POSITIONS[one], names[one] in ticked) for one in offered],
        "reasons": _REASONS[view.step],
        "states": list(Absence),
    }
