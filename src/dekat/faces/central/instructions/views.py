"""Instructions in the office."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.duties import queries as duties
from dekat.duties import services
from dekat.duties.queries import InstructionCard
from dekat.duties.quiz import as_lines, parse_lines
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.instructions.forms import InstructionForm
from dekat.faces.clock import now
from dekat.kernel.ids import new_code
from dekat.reports.parties import places


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Drafts, published instructions with their receipts, questions."""
    rows = [(card, _counts(card)) for card in duties.instructions()]
    names = places(now().date())
    questions = [(card, names.get(card.kecamatan, card.kecamatan)) for card in duties.questions()]
    return render(request, "central/instructions/index.html", {"rows": rows, "questions": questions})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, instruction_id: str = "") -> HttpResponse:
    """Write a draft or the next version."""
    card = duties.instruction(instruction_id) if instruction_id else None
    form = InstructionForm(request.POST or None, places=list(places(now().date()).items()), initial=_initial(card))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        saved_id = instruction_id or f"PTK-{new_code(5)}"
        text = services.Text(
            title=said["title"],
            body=said["body"],
            questions=parse_lines(said["quiz"]),
            kinds=said["kinds"],
            kecamatan=said["kecamatan"],
            legal_basis=said["legal_basis"],
            task="RECORD" if "RECORDER" in said["kinds"] else "PRINT",
        )
        services.write_instruction(instruction_id=saved_id, text=text, actor=actor_of(request), now=now())
        messages.success(request, _("Konsep disimpan. Belum ada kecamatan yang menerimanya."))
        return redirect("office-instruction", instruction_id=saved_id)
    return render(request, "central/instructions/write.html", {"form": form, "card": card})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def show(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """One instruction with its receipts."""
    card = duties.instruction(instruction_id)
    if card is None:
        raise Http404
    values = {"card": card, "receipts": duties.receipts(card.id), "names": places(now().date())}
    return render(request, "central/instructions/show.html", values)


@open_to(Role.REGISTRY_HEAD)
@require_POST
def publish(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """Issue it to its kecamatan."""
    services.publish_instruction(instruction_id=instruction_id, actor=actor_of(request), now=now())
    messages.success(request, _("Petunjuk terbit. Setiap stasiun menandatangani tanda terimanya saat tersambung."))
    return redirect("office-instruction", instruction_id=instruction_id)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Answer a kecamatan."""
    text = request.POST.get("text", "")
    services.answer_question(question_id=question_id, text=text, actor=actor_of(request), now=now())
    messages.success(request, _("Jawaban dikirim. Giliran kembali ke kecamatan."))
    return redirect("office-instructions")


def _counts(card: InstructionCard) -> tuple[int, int, int]:
    found = duties.receipts(card.id) if card.published_at else []
    return len(card.kecamatan), sum(bool(one.delivered_at) for one in found), sum(one.is_complete for one in found)


def _initial(card: InstructionCard | None) -> dict[str, object]:
    if card is None:
        return {"kinds": ["RECORDER"]}
    fields = ("title", "body", "kinds", "legal_basis", "kecamatan")
    return {**{name: getattr(card, name) for name in fields}, "quiz": as_lines(card.questions)}
