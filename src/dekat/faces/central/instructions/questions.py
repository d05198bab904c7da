"""Requests for instruction in the office: the clock runs here until they are answered."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.duties import queries as duties
from dekat.duties import services
from dekat.duties.queries import QuestionCard
from dekat.equipment import queries as equipment
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.instructions.forms import AnswerForm, PublicAnswerForm
from dekat.faces.clock import now, today
from dekat.reports.parties import places


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def show(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question with its deadline, and the ways to answer it."""
    question = _question(question_id)
    return _page(request, question)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Answer a kecamatan."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, _question(question_id), form=form)
    services.answer_question(
        question_id=question_id, text=form.cleaned_data["text"], actor=actor_of(request), now=now()
    )
    messages.success(request, _("Jawaban dikirim. Giliran kembali ke kecamatan."))
    return redirect("office-question", question_id=question_id)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def publish(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Let everybody read it."""
    form = PublicAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, _question(question_id), public_form=form)
    services.publish_answer(
        question_id=question_id,
        asked=form.cleaned_data["asked"],
        answer=form.cleaned_data["answer"],
        actor=actor_of(request),
        now=now(),
    )
    messages.success(request, _("Tanya jawab terbit untuk semua kecamatan dan umum."))
    return redirect("office-question", question_id=question_id)


def _page(
    request: HttpRequest,
    question: QuestionCard,
    *,
    form: AnswerForm | None = None,
    public_form: PublicAnswerForm | None = None,
) -> HttpResponse:
    names = places(today(now()))
    kept = next((one for one in duties.public_answers() if one.question == question.id), None)
    words = {"asked": kept.asked, "answer": kept.answer} if kept else {"answer": question.answer}
    values = {
        "question": question,
        "place": names.get(question.kecamatan, question.kecamatan),
        "overdue": question.overdue_minutes(now=now()),
        "instruction": duties.instruction(question.instruction) if question.instruction else None,
        "instructions": duties.in_force(),
        "device": equipment.device(question.device) if question.device else None,
        "public": kept,
        "form": form or AnswerForm(),
        "public_form": public_form or PublicAnswerForm(initial=words),
        "nav_active": "petunjuk",
    }
    return render(request, "central/instructions/question.html", values)


def _question(question_id: UUID) -> QuestionCard:
    found = duties.question(question_id)
    if found is None:
        raise Http404
    return found
