"""Instructions in the office: how each one stands, its versions, its publication and its end."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dekat.accounts.roles import Role
from dekat.duties import queries as duties
from dekat.duties import services
from dekat.duties.audience import members
from dekat.duties.difference import side_by_side
from dekat.duties.queries import InstructionCard, Receipt
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.instructions.forms import FileForm, WithdrawForm
from dekat.faces.clock import now, today
from dekat.reports.addressees import addressees
from dekat.reports.parties import places


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Questions that wait, drafts, and published instructions with their receipts."""
    at, names = now(), places(today(now()))
    receipts = duties.all_receipts()
    rows = [(card, _counts(receipts.get(card.id, []))) for card in duties.instructions()]
    asked = [(one, names.get(one.kecamatan, one.kecamatan), one.overdue_minutes(now=at)) for one in duties.questions()]
    values = {
        "rows": rows,
        "waiting": sorted((one for one in asked if not one[0].answered_at), key=lambda one: one[0].asked_at),
        "answered": [one for one in asked if one[0].answered_at][:20],
    }
    return render(request, "central/instructions/index.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def show(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """One instruction: text, files, receipts, versions."""
    card = _card(instruction_id)
    values = {
        "card": card,
        "quiz": _quiz(card),
        "receipts": duties.receipts(card.id),
        "versions": duties.versions(card.id),
        "names": places(today(now())),
        "file_form": FileForm(),
        "nav_active": "petunjuk",
    }
    return render(request, "central/instructions/show.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def preview(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """The text in work as an operator will see it."""
    card = _card(instruction_id)
    values = {"card": card, "quiz": _quiz(card), "is_preview": True, "nav_active": "petunjuk"}
    return render(request, "central/instructions/preview.html", values)


@open_to(Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """Count who is addressed; then issue it to them."""
    card = _card(instruction_id)
    if request.method == "POST":
        services.publish_instruction(instruction_id=instruction_id, actor=actor_of(request), now=now())
        messages.success(request, _("Petunjuk terbit. Setiap stasiun menandatangani tanda terimanya saat tersambung."))
        return redirect("office-instruction", instruction_id=instruction_id)
    reached = addressees(kecamatan={*card.kecamatan, *members(card.groups)}, roles=card.roles, now=now())
    values = {"card": card, "reached": reached, "former": duties.versions(card.id)[:1], "nav_active": "petunjuk"}
    return render(request, "central/instructions/publish.html", values)


@open_to(Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """Take it out of force everywhere, with a reason."""
    card = _card(instruction_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw_instruction(
            instruction_id=instruction_id, why=form.cleaned_data["why"], actor=actor_of(request), now=now()
        )
        messages.success(
            request, _("Petunjuk dicabut. Ia tetap terbaca dengan alasannya, tetapi tidak menunggu siapa pun.")
        )
        return redirect("office-instruction", instruction_id=instruction_id)
    return render(request, "central/instructions/withdraw.html", {"card": card, "form": form, "nav_active": "petunjuk"})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def compare(request: HttpRequest, instruction_id: str) -> HttpResponse:
    """Two versions side by side: by default the last published one and what is in work."""
    card = _card(instruction_id)
    known = {one.version: one for one in duties.versions(card.id)}
    known.setdefault(card.version, card)
    after = known.get(_number(request, "ke")) or card
    before = known.get(_number(request, "dari")) or known.get(after.version - 1)
    if before is None:
        raise Http404
    rows = side_by_side(before.body, after.body)
    values = {"card": card, "before": before, "after": after, "rows": rows, "numbers": sorted(known)}
    return render(request, "central/instructions/compare.html", {**values, "nav_active": "petunjuk"})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def version(request: HttpRequest, instruction_id: str, version: int) -> HttpResponse:
    """A published version exactly as it was."""
    card = duties.version(instruction_id, version)
    if card is None:
        raise Http404
    values = {"card": card, "quiz": _quiz(card), "is_preview": True, "nav_active": "petunjuk"}
    return render(request, "central/instructions/version.html", values)


def _counts(found: list[Receipt]) -> tuple[int, int, int]:
    return len(found), sum(bool(one.delivered_at) for one in found), sum(one.is_complete for one in found)


def _quiz(card: InstructionCard) -> list[tuple[object, None, bool]]:
    return [(question, None, False) for question in card.questions]


def _card(instruction_id: str) -> InstructionCard:
    card = duties.instruction(instruction_id)
    if card is None:
        raise Http404
    return card


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() else 0
