"""A practice from its beginning to its result, and the officer who says: I watched this."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts import queries as accounts
from dekat.accounts.actor import Actor
from dekat.accounts.passwords import officer_with
from dekat.accounts.roles import Role
from dekat.enrolment import services as enrolment
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.station.learning.forms import WitnessForm
from dekat.faces.station.learning.learner import learning_by
from dekat.faces.station.learning.words import lines_of
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.training import queries, services
from dekat.training.exercises import exercise
from dekat.training.queries import Next


@open_to(Role.OPERATOR)
@require_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Open the wizard with somebody who does not exist."""
    recording_id = services.begin_practice(
        recording_id=new_id(now()), number=number, actor=actor_of(request), now=now()
    )
    enrolment.resume(recording_id=recording_id, now=now())
    return HttpResponseRedirect(reverse("recording", args=[recording_id]))


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def result(request: HttpRequest, practice_id: UUID) -> HttpResponse:
    """What a receipt would be, for a practice: figures, advice, the next step."""
    return _result_page(request, practice_id)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_POST
def sign_off(request: HttpRequest, practice_id: UUID) -> HttpResponse:
    """The camat in their own session, or a second officer with name and password at the operator's."""
    form = WitnessForm(request.POST)
    actor = actor_of(request)
    try:
        if actor.role == Role.OPERATOR:
            actor = _second_officer(form)
        services.sign_off(practice_id=practice_id, witness=actor, months=settings.ENV.competence_months, now=now())
    except DekatError as error:
        return _result_page(request, practice_id, refusal=words_for(error), form=form)
    messages.success(request, _("Tercatat. Perekaman sekarang terbuka untuk operator ini."))
    return redirect("operators" if actor_of(request).role == Role.DISTRICT_HEAD else "learning")


def _second_officer(form: WitnessForm) -> Actor:
    said = form.cleaned_data if form.is_valid() else {"username": "", "password": ""}
    card = accounts.account(officer_with(username=said["username"], password=said["password"], now=now()))
    if card is None:
        raise services.WitnessNotEntitled
    return Actor(card.id, card.role, card.kecamatan, settings.NODE_NAME)


def _result_page(
    request: HttpRequest, practice_id: UUID, *, refusal: Words | None = None, form: WitnessForm | None = None
) -> HttpResponse:
    actor = actor_of(request)
    found = queries.practice(practice_id, kecamatan=actor.kecamatan)
    card = accounts.account(found.operator_id) if found else None
    if found is None or card is None or (actor.role == Role.OPERATOR and card.id != actor.account_id):
        raise Http404
    learner = learning_by(card.id, actor.kecamatan)
    values = {
        "result": found,
        "exercise": exercise(found.exercise),
        "operator": card,
        "lines": lines_of(found),
        "learner": learner,
        "may_sign_off": learner.next == Next.SIGN_OFF and not found.is_signed_off,
        "form": form or WitnessForm(),
        "refusal": refusal,
        "nav_active": "belajar" if actor.role == Role.OPERATOR else "alat",
    }
    return render(request, "station/learning/result.html", values, status=409 if refusal else 200)
