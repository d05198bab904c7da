"""Stock-take from the office: labels, opening it everywhere, what all places found and where it differs."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.equipment import custody, stock_take
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.equipment_forms import ScanForm
from dekat.faces.equipment_papers import labels as label_sheet
from dekat.faces.stock_words import say_spot
from dekat.kernel.ids import new_id
from dekat.reports.parties import places


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
def index(request: HttpRequest) -> HttpResponse:
    """Every stock-take so far; a post opens a new one for all places."""
    at = now()
    if request.method == "POST":
        round_id = new_id(at)
        stock_take.open_round(round_id=round_id, kecamatan=places(today(at)), actor=actor_of(request), now=at)
        messages.success(request, gettext("Opname dibuka. Daftar terkirim ke semua kecamatan."))
        return redirect("office-stock-take", round_id)
    rounds = [_round(round_id, opened_at) for round_id, opened_at in stock_take.rounds()]
    values = {"rounds": rounds, "places": places(today(at)), "here": "takes", "nav_active": "alat"}
    return render(request, "central/upkeep/stock_takes.html", values)


def _round(round_id: UUID, opened_at: datetime) -> dict[str, object]:
    takes = stock_take.takes(round_id=round_id)
    closed = [card for card in takes if card.closed_at]
    return {
        "id": round_id,
        "opened_at": opened_at,
        "takes": takes,
        "closed": len(closed),
        "differing": sum(card.differs for card in closed),
    }


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def show(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """One stock-take: all places, and everything that differs from the register."""
    cards = sorted(stock_take.takes(round_id=round_id), key=lambda card: card.kecamatan)
    if not cards:
        raise Http404
    values = {
        "cards": cards,
        "store": cards[0] if not cards[0].kecamatan else None,
        "differing": [
            (card, [line for line in card.lines if line.spot != "RIGHT"])
            for card in cards
            if card.closed_at and card.differs
        ],
        "names": places(today(now())),
        "here": "takes",
        "nav_active": "alat",
    }
    return render(request, "central/upkeep/stock_take.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
def store(request: HttpRequest, take_id: UUID) -> HttpResponse:
    """The office counts its own store; a post with `close` signs the result."""
    actor, names, card = actor_of(request), places(today(now())), stock_take.take(take_id)
    if card is None or card.kecamatan:
        raise Http404
    if request.method == "POST" and "close" in request.POST:
        stock_take.close(take_id=take_id, actor=actor, now=now())
        messages.success(request, gettext("Opname gudang ditutup dan ditandatangani."))
        return redirect("office-stock-take", card.round_id)
    form = ScanForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        label = form.cleaned_data["label"]
        say_spot(request, stock_take.note_seen(take_id=take_id, label=label, actor=actor, now=now()), names)
        return redirect("office-store-take", take_id)
    return render(
        request, "central/upkeep/store.html", {"card": card, "form": form, "names": names, "nav_active": "alat"}
    )


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def labels(request: HttpRequest) -> HttpResponse:
    """A sheet of labels: of one place (`gudang` is the office store) or of everything."""
    place = request.GET.get("tempat", "")
    devices = custody.registered(kecamatan=None if not place else "" if place == "gudang" else place)
    if not devices:
        messages.error(request, gettext("Tidak ada alat di tempat itu, jadi tidak ada label."))
        return redirect("office-stock-takes")
    return HttpResponse(label_sheet(devices, now=now()), content_type="application/pdf")
