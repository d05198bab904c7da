"""What cannot be captured: said by the operator, seen and confirmed by a second officer at the same desk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dekat.accounts.roles import Role
from dekat.enrolment import absences
from dekat.enrolment.absences import SIGNATURE, SecondPersonNeeded
from dekat.enrolment.owed import FOLLOW_UP
from dekat.enrolment.positions import IRISES, Position
from dekat.enrolment.queries import RecordingView, recording_view
from dekat.enrolment.states import Reason, Step
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.position_words import POSITIONS
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.station.recording import exception_paths
from dekat.faces.station.recording.forms import ExceptionForm, HowLong, SecondPersonForm
from dekat.faces.station.recording.labels import NAMES
from dekat.faces.station.recording.pages import HAND_ORDER
from dekat.faces.station.recording.wizard import frame, saving_view, step_id_of
from dekat.faces.station.second_person import second_person
from dekat.kernel.errors import DekatError

_CLOSED = (Step.SEALED, Step.DISCARDED)
_LONGEST_FOLLOW_UP = timedelta(days=365)
_KEYS = {position: name for name, position in NAMES.items()}


@dataclass(frozen=True)
class Part:
    """One finger, eye, face or signature on the drawing; `short` leaves the side to the hand it is drawn on."""

    key: str
    label: str
    short: str
    is_ticked: bool
    is_noted: bool


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def exception(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Ask which, why and for how long; keep it when another officer's password confirms it, or until one can."""
    view = recording_view(recording_id)
    if view.step in _CLOSED:
        return HttpResponseRedirect(reverse("recording", args=[recording_id]))
    form = ExceptionForm(request.POST or None)
    refusal: Words | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, recording_id, form)
        except DekatError as error:
            refusal = words_for(error)
        else:
            return HttpResponseRedirect(_next(recording_id, form))
    values = {**frame(view), "form": form, "refusal": refusal, **_page(request, view, form)}
    return render(request, "station/recording/exception.html", values, status=409 if refusal else 200)


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """A second officer sees what was noted alone; the camat decides where nothing at all was recorded."""
    view = recording_view(recording_id)
    if view.step in _CLOSED:
        return HttpResponseRedirect(reverse("recording", args=[recording_id]))
    form = SecondPersonForm(request.POST or None)
    refusal: Words | None = None
    if request.method == "POST":
        try:
            _confirm(request, view, form)
        except DekatError as error:
            refusal = words_for(error)
        else:
            return HttpResponseRedirect(reverse("recording", args=[recording_id]))
    values = {**frame(view), "form": form, "refusal": refusal}
    return render(request, "station/recording/exception_confirm.html", values, status=409 if refusal else 200)


@saving_view
def withdraw(request: HttpRequest, recording_id: UUID) -> None:
    """They can be captured after all."""
    for name in request.POST.getlist("position"):
        absences.withdraw_exception(
            recording_id=recording_id,
            step_id=uuid5(step_id_of(request), name),
            position=NAMES.get(name, ""),
            actor=actor_of(request),
            now=now(),
        )


def _keep(request: HttpRequest, recording_id: UUID, form: ExceptionForm) -> None:
    said, step_id = form.cleaned_data, step_id_of(request)
    second = _second_person(recording_id, form)
    if said["is_pose_free"]:
        absences.free_pose(
            recording_id=recording_id,
            step_id=uuid5(step_id, "pose"),
            second_person=second,
            actor=actor_of(request),
            now=now(),
        )
    if said["positions"]:
        how_long = HowLong(said["state"])
        absences.except_positions(
            recording_id=recording_id,
            step_id=step_id,
            positions=[NAMES[name] for name in said["positions"]],
            state=how_long.state,
            reason=Reason(said["reason"]),
            is_permanent=how_long.is_permanent,
            due_on=said["due_on"],
            second_person=second,
            actor=actor_of(request),
            now=now(),
        )


def _confirm(request: HttpRequest, view: RecordingView, form: SecondPersonForm) -> None:
    if not form.is_valid() or not form.is_somebody():
        raise SecondPersonNeeded
    officer, step_id = _officer(view.id, form), step_id_of(request)
    if view.is_nothing_recorded and not view.is_nothing_accepted and view.step == Step.SUMMARY:
        absences.accept_nothing(
            recording_id=view.id,
            step_id=uuid5(step_id, "nothing"),
            supervisor=officer,
            actor=actor_of(request),
            now=now(),
        )
    absences.confirm_exceptions(
        recording_id=view.id, step_id=step_id, second_person=officer, actor=actor_of(request), now=now()
    )


def _second_person(recording_id: UUID, form: SecondPersonForm) -> UUID | None:
    return _officer(recording_id, form) if form.is_somebody() else None


def _officer(recording_id: UUID, form: SecondPersonForm) -> UUID:
    said = form.cleaned_data
    return second_person(recording_id, username=said["username"], password=said["password"])


def _next(recording_id: UUID, form: ExceptionForm) -> str:
    """To the photo of what is missing, when there is something to see and no such photo yet."""
    is_seen = {NAMES[name] for name in form.cleaned_data["positions"]} - {SIGNATURE}
    is_body = is_seen and form.cleaned_data["reason"] != Reason.DEVICE_BROKEN
    wants_photo = is_body and not recording_view(recording_id).has_exception_photo
    return reverse("recording-exception-photo" if wants_photo else "recording", args=[recording_id])


def _page(request: HttpRequest, view: RecordingView, form: ExceptionForm) -> dict[str, object]:
    """The drawing and the choices; what was ticked before a refusal stays ticked."""
    path = exception_paths.PATHS.get(request.GET.get("jalur", ""))
    ticked: Collection[str] = path.positions if path else exception_paths.ticked_at(view.step)
    if form.is_bound:
        ticked = [NAMES[name] for name in form.data.getlist("positions") if name in NAMES]  # type: ignore[attr-defined]
    day = today(now())
    paths = ((key, exception_paths.PATHS[key]) for key in exception_paths.SHOWN)
    return {
        "paths": [(key, one, path is one) for key, one in paths],
        "path": path,
        "left_hand": [_part(view, one, ticked) for one in HAND_ORDER[:5]],
        "right_hand": [_part(view, one, ticked) for one in HAND_ORDER[5:]],
        "eyes": [_part(view, one, ticked) for one in reversed(IRISES)],
        "face": _part(view, Position.FACE, ticked),
        "signature": _part(view, SIGNATURE, ticked),
        "is_pose_free_ticked": form["is_pose_free"].value() if form.is_bound else bool(path and path.is_pose_free),
        "reasons": exception_paths.REASONS,
        "reason": form["reason"].value() if form.is_bound else (path.reason if path else ""),
        "how_long": form["state"].value() if form.is_bound else (path.how_long if path else HowLong.NEVER),
        "due_on": form["due_on"].value() if form.is_bound else (day + FOLLOW_UP).isoformat(),
        "first_day": day.isoformat(),
        "last_day": (day + _LONGEST_FOLLOW_UP).isoformat(),
    }


def _part(view: RecordingView, position: str, ticked: Collection[str]) -> Part:
    is_noted = any(one.position == position for one in view.absences)
    label = str(POSITIONS[position])
    return Part(_KEYS[position], label, label.rpartition(" ")[0] or label, position in ticked, is_noted)
