"""Writing an instruction: text, quiz, addressees, pictures and video."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.duties import queries as duties
from dekat.duties import services
from dekat.duties.audience import kinds_of, task_of
from dekat.duties.queries import InstructionCard
from dekat.duties.quiz import QuizQuestion
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.instructions.forms import (
    EVERYWHERE,
    MOST_QUESTIONS,
    FileForm,
    InstructionForm,
    QuizForms,
    QuizQuestionForm,
    quiz_initial,
)
from dekat.faces.clock import now, today
from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_code
from dekat.reports.parties import places


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, instruction_id: str = "") -> HttpResponse:
    """Write a draft or the next version; a button adds room for another question, another shows what it looks like."""
    card = duties.instruction(instruction_id) if instruction_id else None
    if instruction_id and card is None:
        raise Http404
    names, press = places(today(now())), request.POST.get("press", "")
    # Room for another question is no attempt to save: nothing is judged, what was typed stays.
    said = request.POST if request.method == "POST" and press != "more" else None
    form = InstructionForm(
        said,
        places=list(names.items()),
        open_questions=_open_questions(names),
        is_new=not (card and duties.versions(card.id)),
        initial=_typed(request) if press == "more" else _initial(card, request.GET.get("tanya", "")),
    )
    rows = _typed_quiz(request) if press == "more" else quiz_initial(card.questions if card else (), empty=1)
    quiz = QuizForms(said, prefix="quiz", initial=rows)
    draft = None
    if said is not None and form.is_valid() and quiz.is_valid():
        text = _text(form.cleaned_data, [one.question() for one in quiz], list(names))
        if press != "look":
            return _saved(request, instruction_id, text)
        draft = _as_card(text, card)
    values = {"form": form, "quiz": quiz, "card": card, "draft": draft, "nav_active": "petunjuk"}
    return render(request, "central/instructions/write.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def attach(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """Add a picture or the video."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            name = services.attach_file(
                instruction_id=instruction_id,
                raw=form.cleaned_data["file"].read(),
                words=form.cleaned_data["words"],
                is_video=form.is_video,
                actor=actor_of(request),
                now=now(),
            )
        except DekatError as refusal:
            words = words_for(refusal)
            messages.warning(request, f"{words.happened} {words.do_now}")
        else:
            messages.success(request, _("Berkas disimpan dengan nama %s.") % name)
    else:
        messages.warning(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
    return redirect("office-instruction", instruction_id=instruction_id)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def detach(request: HttpRequest, instruction_id: str, name: str) -> HttpResponse:
    """Leave a picture or the video out of the draft."""
    services.detach_file(instruction_id=instruction_id, name=name, actor=actor_of(request), now=now())
    messages.success(request, _("Berkas tidak dipakai lagi pada konsep ini."))
    return redirect("office-instruction", instruction_id=instruction_id)


def _saved(request: HttpRequest, instruction_id: str, text: services.Text) -> HttpResponse:
    saved_id = instruction_id or f"PTK-{new_code(5)}"
    services.write_instruction(instruction_id=saved_id, text=text, actor=actor_of(request), now=now())
    messages.success(request, _("Konsep disimpan. Belum ada kecamatan yang menerimanya."))
    return redirect("office-instruction", instruction_id=saved_id)


def _text(said: dict[str, list[str]], quiz: Sequence[QuizQuestion | None], everywhere: list[str]) -> services.Text:
    wanted = set(said["groups"])
    return services.Text(
        title=str(said["title"]),
        body=str(said["body"]),
        questions=[one for one in quiz if one],
        kinds=kinds_of(said["services"]),
        services=said["services"],
        roles=said["roles"],
        groups=sorted(wanted - {EVERYWHERE}),
        kecamatan=everywhere if EVERYWHERE in wanted else said["kecamatan"],
        legal_basis=str(said["legal_basis"]),
        task=task_of(said["services"]),
        change=str(said.get("change", "")),
        answers=said.get("answers", []),
    )


def _as_card(text: services.Text, card: InstructionCard | None) -> InstructionCard:
    """The text on the screen as it would be read, before it is kept."""
    return InstructionCard(
        id=card.id if card else "",
        version=card.version if card else 1,
        title=text.title,
        body=text.body,
        questions=tuple(text.questions),
        kinds=tuple(text.kinds),
        task=text.task,
        legal_basis=text.legal_basis,
        kecamatan=tuple(text.kecamatan),
        published_at=None,
        files=card.files if card else (),
    )


def _typed(request: HttpRequest) -> dict[str, object]:
    lists = ("services", "roles", "groups", "kecamatan", "answers")
    return {**request.POST.dict(), **{name: request.POST.getlist(name) for name in lists}}


def _typed_quiz(request: HttpRequest) -> list[dict[str, str]]:
    total = request.POST.get("quiz-TOTAL_FORMS", "")
    count = min(int(total), MOST_QUESTIONS) if total.isdecimal() else 0
    rows = [
        {name: request.POST.get(f"quiz-{place}-{name}", "") for name in QuizQuestionForm.base_fields}
        for place in range(count)
    ]
    return [*rows, {}][:MOST_QUESTIONS]


def _initial(card: InstructionCard | None, question: str) -> dict[str, object]:
    if card is None:
        return {"services": ["RECORD"], "roles": ["OPERATOR", "DISTRICT_HEAD"], "answers": [question]}
    fields = ("title", "body", "services", "roles", "groups", "kecamatan", "legal_basis")
    draft = {"change": card.change, "answers": list(card.answers)} if not card.published_at else {"answers": [question]}
    return {**{name: getattr(card, name) for name in fields}, **draft}


def _open_questions(names: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (str(one.id), f"{names.get(one.kecamatan, one.kecamatan)}: {one.text[:90]}")
        for one in duties.questions(is_open=True)
    ]
