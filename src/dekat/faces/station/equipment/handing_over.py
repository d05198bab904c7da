"""Hand-overs at the counter of the kecamatan: answer what was offered, give back or onwards."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from dekat.accounts.queries import account, accounts_of
from dekat.accounts.roles import Role
from dekat.equipment import custody, handing_over, offers
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.equipment_forms import AnswerForm, OfferForm
from dekat.faces.equipment_papers import handover_copy
from dekat.kernel.ids import new_id
from dekat.reports.parties import places

OFFICE_STORE = "OFFICE"


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for an answer of this kecamatan, and every earlier hand-over."""
    party = actor_of(request).office
    waiting = offers.waiting_for(party)
    values = {
        "waiting": waiting,
        "others": [card for card in offers.offers(party=party) if card not in waiting],
        "names": places(today(now())),
        "may_give": bool(custody.held_by(actor_of(request).kecamatan)),
        "nav_active": "alat",
    }
    return render(request, "station/equipment/handovers.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
def write(request: HttpRequest) -> HttpResponse:
    """Offer devices back to the office store or to another kecamatan."""
    actor, at = actor_of(request), now()
    names = places(today(at))
    receivers = [(OFFICE_STORE, gettext("Gudang Dispendukcapil (pengembalian)"))]
    receivers += [(code, f"Kecamatan {name}") for code, name in names.items() if code != actor.kecamatan]
    form = OfferForm(
        request.POST or None,
        places=receivers,
        devices=custody.held_by(actor.kecamatan),
        initial={"on": today(at), "name": _name_of(actor.account_id)},
    )
    if form.is_valid():
        to = "" if form.cleaned_data["to"] == OFFICE_STORE else form.cleaned_data["to"]
        offer_id = new_id(at)
        handing_over.offer(
            offer_id=offer_id, terms=form.terms(to=to), serials=form.cleaned_data["serials"], actor=actor, now=at
        )
        messages.success(request, gettext("Penawaran tersimpan. Penerima menjawabnya di komputernya sendiri."))
        return redirect("station-handover", offer_id)
    return render(request, "station/equipment/offer.html", {"form": form, "nav_active": "alat"})


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
def show(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """One hand-over; who must answer it answers here, also without a line."""
    actor, at, card = actor_of(request), now(), _card(offer_id)
    is_ours = card.is_open and card.receiver == actor.office
    form = _answer_form(request, card) if is_ours else None
    if form and form.is_valid():
        handing_over.answer(
            offer_id=offer_id,
            said=form.said(actor=actor, now=at),
            receipt=form.receipt(actor=actor, now=at),
            actor=actor,
            now=at,
        )
        messages.success(request, gettext("Jawaban tersimpan dan ditandatangani. Terkirim sendiri saat jaringan ada."))
        return redirect("station-handover", offer_id)
    values = {"card": card, "form": form, "names": places(today(at)), "nav_active": "alat"}
    return render(request, "station/equipment/handover.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def paper(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """The BAST for the printer."""
    return HttpResponse(handover_copy(_card(offer_id), now=now()), content_type="application/pdf")


def _card(offer_id: UUID) -> offers.OfferCard:
    card = offers.offer(offer_id)
    if card is None:
        raise Http404
    return card


def _answer_form(request: HttpRequest, card: offers.OfferCard) -> AnswerForm:
    actor = actor_of(request)
    heads = [one for one in accounts_of(kecamatan=actor.kecamatan, role=Role.DISTRICT_HEAD) if one.is_active]
    first = {"name": _name_of(actor.account_id), "head": heads[0].full_name if heads else ""}
    if request.method == "POST":
        return AnswerForm(request.POST, request.FILES, card=card, initial=first)
    return AnswerForm(card=card, initial=first)


def _name_of(account_id: UUID | None) -> str:
    found = account(account_id) if account_id else None
    return found.full_name if found else ""
