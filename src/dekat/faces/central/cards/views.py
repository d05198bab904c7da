"""Print a card, note its blank, pack and send a bag."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.cards import queries, services
from dekat.cards.states import CardFault, CardState, JumpReason
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.opening_people import note_task
from dekat.flows import deliver_cards, print_card
from dekat.kernel.ids import new_code, new_id
from dekat.openings.states import Purpose
from dekat.reports import card_desk
from dekat.reports.child_cards import child_cards

HOME = "/kantor/kartu/"


class PrintedForm(forms.Form):
    """A card came out of the printer on this blank."""

    blank = forms.CharField(max_length=30)
    jumped_for = forms.TypedChoiceField(
        choices=[("", ""), *JumpReason.choices], coerce=JumpReason, empty_value=None, required=False
    )


class SpoiledForm(forms.Form):
    """A blank was spoiled, and why."""

    blank = forms.CharField(max_length=30)
    reason = forms.CharField(max_length=200)


class FaultyForm(forms.Form):
    """Why a printed card is not given out."""

    fault = forms.TypedChoiceField(choices=CardFault.choices, coerce=CardFault)


class BagForm(forms.Form):
    """The seal on the bag of a kecamatan."""

    kecamatan = forms.RegexField(regex=r"^\d{2}\.\d{2}\.\d{2}$")
    seal_no = forms.CharField(max_length=30)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Queue, blanks and bags."""
    on = now().date()
    values = {
        "desk": card_desk.office_desk(on=on),
        "child_cards": child_cards(on=on),
        "jump_reasons": JumpReason.choices,
        "faults": CardFault.choices,
    }
    return render(request, "central/cards.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def sheet(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """The card's face as PDF for the card printer."""
    card = queries.card(card_id)
    if card is None:
        raise Http404
    note_task(request, task=f"card:{card_id}", people=[card.resident_id], purpose=Purpose.PRINTING)
    return HttpResponse(print_card.card_face(card_id=card_id, now=now()), content_type="application/pdf")


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def printed(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Note that the card was printed on a blank."""
    form = PrintedForm(request.POST)
    if form.is_valid():
        print_card.note_printed(
            card_id=card_id,
            blank_serial=form.cleaned_data["blank"],
            actor=actor_of(request),
            now=now(),
            jumped_for=form.cleaned_data["jumped_for"],
        )
        messages.success(request, gettext("Kartu tercatat sudah dicetak."))
    else:
        messages.error(request, gettext("Ketik nomor blangko yang dipakai."))
    return HttpResponseRedirect(HOME)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def faulty(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Write a faulty card off and queue it again."""
    form = FaultyForm(request.POST)
    if form.is_valid():
        print_card.print_again(card_id=card_id, fault=form.cleaned_data["fault"], actor=actor_of(request), now=now())
        messages.success(request, gettext("Kartu rusak tercatat. Hancurkan kartunya; cetakan ulang ada di antrean."))
    else:
        messages.error(request, gettext("Pilih apa yang rusak pada kartu itu."))
    return HttpResponseRedirect(HOME)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def spoiled(request: HttpRequest) -> HttpResponse:
    """Write a blank off."""
    form = SpoiledForm(request.POST)
    if form.is_valid():
        services.spoil_blank(
            serial=form.cleaned_data["blank"], reason=form.cleaned_data["reason"], actor=actor_of(request), now=now()
        )
        messages.success(request, gettext("Blangko rusak tercatat."))
    else:
        messages.error(request, gettext("Ketik nomor blangko dan sebab rusaknya."))
    return HttpResponseRedirect(HOME)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def pack(request: HttpRequest) -> HttpResponse:
    """Pack every printed card of a kecamatan into a sealed bag and hand it to the courier."""
    form = BagForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Ketik nomor segel kiriman."))
        return HttpResponseRedirect(HOME)
    actor, at = actor_of(request), now()
    kecamatan = form.cleaned_data["kecamatan"]
    batch_id = services.pack_batch(
        batch_id=new_id(at),
        number=new_code(7),
        kecamatan=kecamatan,
        seal_no=form.cleaned_data["seal_no"],
        card_ids=[card.id for card in queries.cards_in(CardState.PRINTED, kecamatan=kecamatan)],
        actor=actor,
        now=at,
    )
    deliver_cards.send_batch(batch_id=batch_id, actor=actor, now=at)
    messages.success(request, gettext("Kiriman dikemas dan berangkat. Kecamatan sudah diberi tahu isinya."))
    return HttpResponseRedirect(HOME)
