"""One application as a page: what was asked, what it would come to, what may be decided."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dekat.accounts.roles import Role
from dekat.areas.working_calendar import regency_calendar
from dekat.cases import queries, questions
from dekat.cases.queries import ApplicationCard
from dekat.cases.states import WHAT_TO_DO, State
from dekat.faces.access import actor_of
from dekat.faces.central.review.forms import BackToReviewForm, DecisionForm, NoteForm, ReturnForm
from dekat.faces.central.signing.forms import sign_form
from dekat.faces.clock import now
from dekat.faces.opening_people import note_task
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.ui.words import long_date
from dekat.flows import approve_application
from dekat.flows.deeds.table import deed_of
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.openings.states import Purpose
from dekat.reports import comparison, review_desk
from dekat.reports.comparison import Outlook
from dekat.reports.records import people_of_family
from dekat.reports.review_desk import Answered

# In these states it can be said what an application would come to.
_FORESEEN = frozenset({State.SUBMITTED, State.IN_REVIEW, State.NUMBERING, State.APPROVED})


@dataclass(frozen=True)
class Foreseen:
    """What an application would come to, or why it cannot be carried out; `families` are those whose cards it shows."""

    outlook: Outlook | None = None
    refusal: Words | None = None
    code: str = ""
    families: frozenset[UUID] = frozenset()


def show_application(
    request: HttpRequest,
    application_id: UUID,
    *,
    send_back: ReturnForm | None = None,
    decision: DecisionForm | None = None,
    back_to_review: BackToReviewForm | None = None,
    note: NoteForm | None = None,
    signing: forms.Form | None = None,
) -> HttpResponse:
    """The page; a form that could not be taken stands in it with what was written."""
    application = queries.application(application_id)
    foreseen = _foreseen(request, application, decision)
    _note_opening(request, application, foreseen)
    asked = deed_of(application.service.code).asks_office(application) if application.is_matched else ()
    dossier = review_desk.dossier(application_id, calendar=regency_calendar(), now=now(), office_questions=asked)
    values = {
        "dossier": dossier,
        "answers": [_written(one) for one in dossier.answers],
        "application": dossier.application,
        "clock": dossier.clock,
        "form": send_back or ReturnForm(),
        "decision": decision or DecisionForm(questions=asked),
        "back_to_review": back_to_review or BackToReviewForm(),
        "note": note or NoteForm(initial={"note_id": new_id(now())}),
        "sign_form": signing or _sign_form(request, application),
        "foreseen": foreseen,
        "what_to_do": WHAT_TO_DO,
        "now": now(),
    }
    return render(request, "central/review/show.html", values)


def _written(one: Answered) -> Answered:
    return replace(one, value=long_date(one.value)) if isinstance(one.value, date) else one


def _note_opening(request: HttpRequest, application: ApplicationCard, foreseen: Foreseen | None) -> None:
    """The page compares whole cards: whoever stands on the applicant's, or on another one that changes, is seen."""
    families = {application.family_id, *(foreseen.families if foreseen else ())}
    people = {one for family_id in families if family_id for one in people_of_family(family_id)}
    everybody = {one for one in (application.resident_id, *people) if one}
    note_task(request, task=f"application:{application.id}", people=everybody, purpose=Purpose.APPLICATION)


def _sign_form(request: HttpRequest, application: ApplicationCard) -> forms.Form | None:
    is_turn = application.state == State.APPROVED and getattr(request.user, "role", "") == Role.REGISTRY_HEAD
    return sign_form() if is_turn else None


def decision_form(application_id: UUID, said: Mapping[str, object]) -> DecisionForm:
    """The office's own questions for one application, answered."""
    application = queries.application(application_id)
    return DecisionForm(said, questions=deed_of(application.service.code).asks_office(application))


def _foreseen(request: HttpRequest, application: ApplicationCard, decision: DecisionForm | None) -> Foreseen | None:
    """The outcome rehearsed on the register; None while the office's own questions stand open."""
    # Once acted on, the register is what was foreseen.
    if application.state not in _FORESEEN or not application.is_matched or application.papers:
        return None
    asked = deed_of(application.service.code).asks_office(application)
    is_decided = application.state in (State.NUMBERING, State.APPROVED)
    if asked and not is_decided and not (decision and decision.is_bound and decision.is_valid()):
        return None
    try:
        if not is_decided:
            said = questions.read(asked, decision.said() if decision else {})
            application = replace(application, decision=said)
        rehearsal = approve_application.rehearse(application, actor=actor_of(request), now=now())
    except DekatError as refused:
        return Foreseen(refusal=words_for(refused), code=refused.code)
    papers = [(paper.kind, paper.subject, paper.content) for paper in rehearsal.papers]
    outlook = comparison.outlook(papers, stand_ins=rehearsal.stand_ins)
    counted = Counter((*outlook.papers, *(comparison.ID_CARD for _ in rehearsal.cards)))
    names = tuple(f"{n} {name}" if n > 1 else name for name, n in counted.items())
    return Foreseen(replace(outlook, papers=names), families=rehearsal.families)
