"""Hand-overs from the office store and back: offer, see who has not answered, answer, print the BAST."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.queries import account
from dekat.accounts.roles import Role
from dekat.documents import queries as documents
from dekat.equipment import custody, handing_over, offers
from dekat.equipment.kinds import DeviceKind
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.equipment_forms import AnswerForm, OfferForm
from dekat.faces.equipment_papers import handover_copy, issue_handover, issued_handover
from dekat.kernel.ids import new_id
from dekat.reports.parties import places


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Open hand-overs, whose answer is awaited since when; then the answered ones."""
    at = now()
    values = {
        "ours": offers.waiting_for(offers.OFFICE),
        "open": [card for card in offers.offers(is_open=True) if card.receiver != offers.OFFICE],
        "answered": offers.offers(is_open=False)[:50],
        "names": places(today(at)),
        "now": at,
        "here": "handovers",
        "nav_active": "alat",
    }
    return render(request, "central/upkeep/handovers.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
def write(request: HttpRequest) -> HttpResponse:
    """Offer devices of the office store to a kecamatan."""
    actor, at = actor_of(request), now()
    form = OfferForm(
        request.POST or None,
        places=[(code, f"Kecamatan {name}") for code, name in places(today(at)).items()],
        # A tower stands where it stands; nobody carries it to a kecamatan.
        devices=[held for held in custody.held_by("") if held.kind != DeviceKind.TOWER],
        initial={"on": today(at), "name": _name_of(actor.account_id)},
    )
    if form.is_valid():
        offer_id, given = new_id(at), form.cleaned_data
        handing_over.offer(
            offer_id=offer_id, terms=form.terms(to=given["to"]), serials=given["serials"], actor=actor, now=at
        )
        messages.success(request, gettext("Penawaran terkirim. Giliran menjawab ada pada kecamatan."))
        return redirect("office-handover", offer_id)
    return render(request, "central/upkeep/offer.html", {"form": form, "here": "handovers", "nav_active": "alat"})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
def show(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """One hand-over; what comes back to the office store is answered here."""
    actor, at, card = actor_of(request), now(), _card(offer_id)
    form = None
    if card.is_open and card.receiver == offers.OFFICE:
        first = {"name": _name_of(actor.account_id)}
        form = AnswerForm(request.POST or None, request.FILES or None, card=card, initial=first)
    if form and form.is_valid():
        handing_over.answer(
            offer_id=offer_id,
            said=form.said(actor=actor, now=at),
            receipt=form.receipt(actor=actor, now=at),
            actor=actor,
            now=at,
        )
        messages.success(request, gettext("Jawaban tersimpan dan ditandatangani."))
        return redirect("office-handover", offer_id)
    values = {
        "card": card,
        "form": form,
        "issued": issued_handover(offer_id),
        "names": places(today(at)),
        "nav_active": "alat",
    }
    return render(request, "central/upkeep/handover.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def paper(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """The BAST: the signed document where there is one, else a copy of what is on record."""
    card, issued = _card(offer_id), issued_handover(offer_id)
    pdf = documents.file_bytes(issued.id) if issued else handover_copy(card, now=now())
    return HttpResponse(pdf, content_type="application/pdf")


@open_to(Role.REGISTRY_HEAD)
@require_POST
def issue(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Sign and register the BAST of an answered hand-over."""
    card = _card(offer_id)
    if card.is_open:
        messages.error(request, gettext("BAST ini belum dijawab penerima, jadi belum dapat diterbitkan."))
    else:
        issue_handover(card, actor=actor_of(request), now=now())
        messages.success(request, gettext("BAST terbit dengan tanda tangan elektronik dan kode QR."))
    return redirect("office-handover", offer_id)


def _card(offer_id: UUID) -> offers.OfferCard:
    card = offers.offer(offer_id)
    if card is None:
        raise Http404
    return card


def _name_of(account_id: UUID | None) -> str:
    found = account(account_id) if account_id else None
    return found.full_name if found else ""
