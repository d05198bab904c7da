"""The instruction pages of a station: read, answer the quiz, acknowledge, ask back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.duties import queries as duties
from dekat.duties import services
from dekat.duties.difference import side_by_side
from dekat.duties.queries import InstructionCard
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.station.instructions.forms import QuestionForm
from dekat.kernel.ids import new_id

_READERS = (Role.OPERATOR, Role.DISTRICT_HEAD, Role.SECTION_HEAD)


@open_to(*_READERS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for this officer, what is in force, what was withdrawn, what the kecamatan asked."""
    actor, at = actor_of(request), now()
    cards = [card for card in duties.instructions(kecamatan=actor.kecamatan) if card.published_at]
    waiting = duties.unread(kecamatan=actor.kecamatan, actor=actor.label, role=str(actor.role))
    names = {card.id for card in waiting}
    values = {
        "waiting": waiting,
        "others": [card for card in cards if card.id not in names and not card.withdrawn_at],
        "withdrawn": [card for card in cards if card.withdrawn_at],
        "questions": [(one, one.overdue_minutes(now=at)) for one in duties.questions(kecamatan=actor.kecamatan)],
        "public_count": len(duties.public_answers()),
        "form": _question_form(),
    }
    return render(request, "station/instructions/index.html", {**values, "nav_active": "petunjuk"})


@open_to(*_READERS)
@require_GET
def read(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """One instruction with its quiz; opening it is recorded."""
    card, actor = _card(instruction_id), actor_of(request)
    if not card.withdrawn_at:
        services.note_shown(instruction_id=card.id, actor=actor, now=now())
    return _page(request, card)


@open_to(*_READERS)
@require_GET
def earlier(request: HttpRequest, instruction_id: str, version: int) -> HttpResponse:
    """A version as it was, and what the next one changed."""
    card, present = duties.version(instruction_id, version), _card(instruction_id)
    if card is None:
        raise Http404
    rows = side_by_side(card.body, present.body) if card.version != present.version else []
    values = {"card": card, "present": present, "rows": rows, "nav_active": "petunjuk"}
    return render(request, "station/instructions/earlier.html", values)


@open_to(*_READERS)
@require_POST
def acknowledge(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """The officer says that it is understood."""
    chosen = _chosen(request)
    version = request.POST.get("version", "")
    try:
        result = services.acknowledge(
            instruction_id=instruction_id,
            chosen=chosen,
            actor=actor_of(request),
            now=now(),
            version=int(version) if version.isdecimal() else 0,
        )
    except services.QuizNotPassed as refusal:
        return _page(request, _card(instruction_id), chosen=chosen, refusal=refusal)
    if result.total:
        messages.success(request, _("Tercatat: Anda mengerti petunjuk ini. Nilai %s.") % result.percent)
    else:
        messages.success(request, _("Tercatat: Anda sudah membaca dan mengerti petunjuk ini."))
    return redirect("instructions")


@open_to(*_READERS)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, instruction_id: str = "") -> HttpResponse:
    """A request for instruction (Permintaan Petunjuk)."""
    form = QuestionForm(request.POST) if request.method == "POST" else _question_form()
    card = _card(instruction_id) if instruction_id not in ("", "umum") else None
    if not (form.is_bound and form.is_valid()):
        return render(request, "station/instructions/ask.html", {"form": form, "card": card, "nav_active": "petunjuk"})
    said = form.cleaned_data
    services.ask(
        question_id=said["question_id"],
        instruction_id=card.id if card else "",
        text=said["text"],
        device=said["device"],
        actor=actor_of(request),
        now=now(),
    )
    messages.success(request, _("Pertanyaan dikirim. Sekarang giliran Dispendukcapil menjawab."))
    return redirect("instructions")


@open_to(*_READERS)
@require_GET
def public_answers(request: HttpRequest) -> HttpResponse:
    """What other kecamatan asked and every kecamatan may read."""
    values = {"answers": duties.public_answers(), "nav_active": "petunjuk"}
    return render(request, "station/instructions/public_answers.html", values)


def _page(
    request: HttpRequest,
    card: InstructionCard,
    *,
    chosen: dict[int, int] | None = None,
    refusal: services.QuizNotPassed | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    former = [one for one in duties.versions(card.id) if one.version != card.version]
    values = {
        "card": card,
        "is_done": duties.is_acknowledged(card=card, kecamatan=actor.kecamatan, actor=actor.label),
        "is_asked": card.is_for(actor.role),
        "has_quiz": actor.role == Role.OPERATOR and bool(card.questions),
        "quiz": [
            (question, (chosen or {}).get(place), chosen is not None and chosen.get(place) != question.right)
            for place, question in enumerate(card.questions)
        ],
        "refusal": refusal,
        "former": former,
        "form": _question_form(),
        "nav_active": "petunjuk",
    }
    return render(request, "station/instructions/read.html", values)


def _question_form() -> QuestionForm:
    return QuestionForm(initial={"question_id": new_id(now())})


def _card(instruction_id: str) -> InstructionCard:
    card = duties.instruction(instruction_id)
    if card is None or card.published_at is None:
        raise Http404
    return card


def _chosen(request: HttpRequest) -> dict[int, int]:
    return {
        int(key[1:]): int(str(value))
        for key, value in request.POST.items()
        if key[:1] == "q" and key[1:].isdecimal() and str(value).isdecimal()
    }
