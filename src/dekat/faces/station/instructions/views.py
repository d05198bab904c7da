"""The instruction pages of a station."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.duties import queries as duties
from dekat.duties import services
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.press import press_id
from dekat.kernel.ids import new_id


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All instructions of this kecamatan, and the questions it asked."""
    actor = actor_of(request)
    cards = [card for card in duties.instructions(kecamatan=actor.kecamatan) if card.published_at]
    rows = [(card, duties.is_acknowledged(card=card, kecamatan=actor.kecamatan, actor=actor.label)) for card in cards]
    values = {"rows": rows, "questions": duties.questions(kecamatan=actor.kecamatan), "nav_active": "petunjuk"}
    return render(request, "station/instructions/index.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def read(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """One instruction with its quiz; opening it is recorded."""
    card, actor = duties.instruction(instruction_id), actor_of(request)
    if card is None:
        raise Http404
    is_done = duties.is_acknowledged(card=card, kecamatan=actor.kecamatan, actor=actor.label)
    if not is_done:
        services.note_shown(instruction_id=card.id, actor=actor, now=now())
    values = {"card": card, "is_done": is_done, "question_id": new_id(now()), "nav_active": "petunjuk"}
    return render(request, "station/instructions/read.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_POST
def acknowledge(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """The quiz was answered."""
    try:
        result = services.acknowledge(
            instruction_id=instruction_id, chosen=_chosen(request), actor=actor_of(request), now=now()
        )
    except services.QuizNotPassed as refusal:
        words = _("Jawaban benar %(right)s dari %(total)s. Baca lagi bagian yang salah, lalu jawab ulang.")
        messages.warning(request, words % refusal.facts)
        return redirect("instruction", instruction_id=instruction_id)
    messages.success(request, _("Tercatat: Anda mengerti petunjuk ini. Nilai %s.") % result.percent)
    return redirect("instructions")


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_POST
def ask(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """A request for instruction (Permintaan Petunjuk)."""
    services.ask(
        question_id=press_id(request, "question_id"),
        instruction_id="" if instruction_id == "umum" else instruction_id,
        text=request.POST.get("text", ""),
        actor=actor_of(request),
        now=now(),
    )
    messages.success(request, _("Pertanyaan dikirim. Sekarang giliran Dispendukcapil menjawab."))
    return redirect("instructions")


def _chosen(request: HttpRequest) -> dict[int, int]:
    return {
        int(key[1:]): int(str(value))
        for key, value in request.POST.items()
        if key[:1] == "q" and key[1:].isdigit() and str(value).isdigit()
    }
