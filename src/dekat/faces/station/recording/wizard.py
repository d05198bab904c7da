"""The wizard's frame: start, take up again, show the step, move, discard."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.enrolment import services
from dekat.enrolment.again import AlreadyRecorded
from dekat.enrolment.biodata import biodata_of
from dekat.enrolment.competence import NotCompetent
from dekat.enrolment.practice import is_practice
from dekat.enrolment.queries import RecordingView, recording_row, recording_view, step_times
from dekat.enrolment.rules import ORDER
from dekat.enrolment.saving import RecordingUnknown
from dekat.enrolment.states import Domicile, Step
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.opening_people import note_task, refuse_elsewhere
from dekat.faces.press import press_id
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.station import whereabouts
from dekat.faces.station.begun import begun
from dekat.faces.station.learning.lock import closed_page
from dekat.faces.station.place import place_of
from dekat.faces.station.recording import pages
from dekat.faces.station.recording.instructions import refused
from dekat.faces.station.recording.labels import minutes_left, shown_steps
from dekat.faces.station.recording.person import noted, person_of
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id, spaced
from dekat.openings.states import Purpose
from dekat.sync import standing

Save = Callable[[HttpRequest, UUID], None]
SavingView = Callable[[HttpRequest, UUID], HttpResponse]
_CLOSED = (Step.SEALED, Step.DISCARDED)


@open_to(Role.OPERATOR)
@require_POST
def start(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Begin with this resident, or go on with the recording that is open; ask first when they were recorded here.

    A search page that was left open gives nobody's data once the extract is closed.
    """
    standing.check_lease(now=now())
    refuse_elsewhere(request, resident_id=resident_id, purpose=Purpose.RECORDING)
    try:
        recording_id = services.start(
            recording_id=new_id(now()),
            biodata=biodata_of(resident_id),
            actor=actor_of(request),
            now=now(),
            place=place_of(request),
            asks_first="ulang" not in request.POST,
        )
    except AlreadyRecorded as already:
        return _ask_first(request, resident_id, UUID(str(already.facts["recording"])))
    return begun(request, recording_id)


def _ask_first(request: HttpRequest, resident_id: UUID, earlier: UUID) -> HttpResponse:
    row = recording_row(earlier)
    values = {
        "resident_id": resident_id,
        "code": spaced(row.code),
        "where": whereabouts.of(row, now=now()),
        "nav_active": "rekam",
    }
    return render(request, "station/recording/already.html", values, status=409)


@open_to(Role.OPERATOR)
@require_POST
def resume(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Take a recording up where it was left."""
    services.resume(recording_id=recording_id, now=now())
    return HttpResponseRedirect(reverse("recording", args=[recording_id]))


@open_to(Role.OPERATOR)
@require_GET
def wizard(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """The page of the step where the recording stands; the live ones of others are closed like the search."""
    row = recording_row(recording_id)
    is_others = row.operator_id != actor_of(request).account_id and not is_practice(recording_id)
    if is_others and row.step not in _CLOSED and (closed := closed_page(request)):
        return closed
    return step_page(request, recording_id)


def step_page(request: HttpRequest, recording_id: UUID, *, refusal: Words | None = None) -> HttpResponse:
    """Show the present step, with the words of a refusal above it when there is one."""
    view = recording_view(recording_id)
    if view.step == Step.SEALED:
        return HttpResponseRedirect(reverse("recording-receipt", args=[recording_id]))
    if view.step == Step.DISCARDED:
        return HttpResponseRedirect("/")
    if view.step == Step.BIODATA and not view.is_practice:
        purpose = Purpose.OUT_OF_DOMICILE if view.domicile == Domicile.ELSEWHERE else Purpose.RECORDING
        note_task(request, task=f"recording:{recording_id}", people=[UUID(view.biodata.resident_id)], purpose=purpose)
    values = {**frame(view), **pages.values_of(view), "refusal": refusal}
    if refusal:
        values["say"] = refused(refusal)
    template = f"station/recording/{view.step.lower()}.html"
    response = render(request, template, values, status=409 if refusal else 200)
    response["Cache-Control"] = "no-store"
    return response


def frame(view: RecordingView) -> dict[str, object]:
    """What every wizard page shows around its step; `step_id` makes the next press safe to repeat."""
    number = ORDER.index(view.step)
    times = step_times(view.id) if view.step == Step.SUMMARY else []
    return {
        "recording": view,
        "person": person_of(view.biodata),
        "noted": noted(view),
        "steps": shown_steps(view, times),
        "whole_time": sum((one.took for one in times), timedelta()),
        "step_number": number + 1,
        "step_count": len(ORDER) - 1,
        "minutes_left": minutes_left(view.step),
        "previous_step": ORDER[number - 1] if number else "",
        "next_step": ORDER[number + 1],
        "is_complete": not view.missing,
        "step_id": new_id(now()),
    }


def saving_view(save: Save) -> SavingView:
    """A POST that saves and shows the step again; what is refused is said on the same page, so nobody is thrown out."""

    def view(request: HttpRequest, recording_id: UUID) -> HttpResponse:
        try:
            save(request, recording_id)
        except (RecordingUnknown, NotCompetent):
            raise
        except DekatError as error:
            return step_page(request, recording_id, refusal=words_for(error))
        return HttpResponseRedirect(reverse("recording", args=[recording_id]))

    return open_to(Role.OPERATOR)(require_POST(wraps(save)(view)))


def step_id_of(request: HttpRequest) -> UUID:
    """The id this press was given by its page; a form without one is a new press."""
    return press_id(request, "step_id")


@saving_view
def move(request: HttpRequest, recording_id: UUID) -> None:
    """Go on or back."""
    wanted = request.POST.get("to", "")
    if wanted in Step.values and wanted not in _CLOSED:
        services.move(
            recording_id=recording_id,
            step_id=step_id_of(request),
            to=Step(wanted),
            actor=actor_of(request),
            now=now(),
        )


@open_to(Role.OPERATOR)
@require_POST
def discard(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Throw the recording away; the page asked before."""
    services.discard(recording_id=recording_id, step_id=step_id_of(request), actor=actor_of(request), now=now())
    return HttpResponseRedirect("/")
