"""Count a bag, hand over a card."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.cards import queries
from dekat.cards.states import OldCard
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.opening_people import note_task
from dekat.flows import deliver_cards
from dekat.openings.states import Purpose
from dekat.reports import card_desk

HOME = "/serah/"
CHECKS = [
    ("KK", gettext_lazy("Kartu Keluarga asli")),
    ("OLD_CARD", gettext_lazy("KTP lama (ditarik dan dimusnahkan)")),
    ("KNOWN", gettext_lazy("Dikenal langsung oleh petugas dan satu saksi")),
]

OLD_CARDS = [(one.value, one.label) for one in (OldCard.WITHDRAWN, OldCard.LOST)]


class CountForm(forms.Form):
    """What was in the bag."""

    present = forms.TypedMultipleChoiceField(coerce=UUID, required=False)
    is_seal_whole = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda text: text == "1")


class HandOverForm(forms.Form):
    """How the resident's identity was checked, and of a card that is not the first what became of the former one."""

    identity_check = forms.ChoiceField(choices=CHECKS)
    old_card = forms.TypedChoiceField(choices=OLD_CARDS, coerce=OldCard, empty_value=None, required=False)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Bags that came and cards that wait for their residents."""
    desk = card_desk.station_desk(actor_of(request).kecamatan, on=now().date())
    return render(request, "station/cards/index.html", {"desk": desk, "checks": CHECKS, "old_cards": OLD_CARDS})


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
def count(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Tick what is in the bag."""
    bag = card_desk.bag(batch_id, on=now().date())
    if bag is None:
        raise Http404
    form = CountForm(request.POST or None)
    form.fields["present"].choices = [(str(one.card.id), one.name) for one in bag.cards]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        missing = deliver_cards.count_batch(
            batch_id=batch_id,
            present=form.cleaned_data["present"],
            is_seal_whole=form.cleaned_data["is_seal_whole"],
            actor=actor_of(request),
            now=now(),
        )
        if missing:
            text = gettext("%(count)d kartu tidak ada. Dispendukcapil dan pengirim sudah diberi tahu; simpan segelnya.")
            messages.warning(request, text % {"count": len(missing)})
        else:
            messages.success(request, gettext("Isi kiriman lengkap. Kartu siap diserahkan."))
        return HttpResponseRedirect(HOME)
    return render(request, "station/cards/count.html", {"bag": bag, "form": form})


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_POST
def hand_over(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Give a card to its resident."""
    card = queries.card(card_id)
    form = HandOverForm(request.POST)
    if card is None:
        raise Http404
    if form.is_valid():
        note_task(request, task=f"card:{card_id}", people=[card.resident_id], purpose=Purpose.HANDOVER)
        deliver_cards.hand_over(card_id=card_id, **form.cleaned_data, actor=actor_of(request), now=now())
        messages.success(request, gettext("Kartu diserahkan. Terima kasih."))
    else:
        messages.error(request, gettext("Pilih cara memeriksa identitas warga dahulu."))
    return HttpResponseRedirect(HOME)
