"""One device: its whole life, and what the office adds to it."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dekat.equipment import care, procurement, queries, services
from dekat.equipment.books import value_on
from dekat.equipment.finding import missing_of
from dekat.equipment.kinds import Condition, PaperKind
from dekat.equipment.papers import attach_paper
from dekat.equipment.register_cards import DeviceCard
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.equipment import words
from dekat.faces.central.equipment.forms import BastForm, ConditionForm, DeliveryForm
from dekat.faces.central.equipment.roles import READS, WRITES, frame
from dekat.faces.central.equipment.search_views import day_of
from dekat.faces.clock import now, today
from dekat.faces.refusals.words import Words, words_for
from dekat.kernel.errors import DekatError
from dekat.reports.asset_life import asset_life
from dekat.reports.parties import party_name, places


def card_of(serial: str) -> DeviceCard:
    """The device of an address."""
    card = queries.device(serial)
    if card is None:
        raise Http404
    return card


@open_to(*READS)
@require_GET
def show(request: HttpRequest, serial: str) -> HttpResponse:
    """Procurement, owners, holders, conditions, book value, documents, everything that was recorded."""
    card, as_of, names = card_of(serial), day_of(request), places(today(now()))
    life, works = asset_life(serial, now=now()), care.works(serial=serial)
    values = {
        "card": card,
        "contract": queries.contract(card.contract) if card.contract else None,
        "where": words.where(card, names),
        "owner": party_name(card.owner, names),
        "owners": [(one, party_name(one.from_owner, names), party_name(one.to_owner, names)) for one in card.decrees],
        "holders": [
            (one, party_name(one.given_by, names), party_name(one.received_by, names)) for one in card.handovers
        ],
        "conditions": [(one, party_name(one.by, names)) for one in reversed(card.conditions)],
        "value": value_on(card, as_of=as_of, policy=settings.ENV.asset_policy),
        "as_of": as_of,
        "works": works,
        "upkeep_cost": care.repair_cost(works),
        "warranty": care.warranties().get(serial),
        "life": life,
        "events": [(event, words.occurred(event)) for event in life.events],
        "papers": queries.papers([f"device:{serial}", f"contract:{card.contract}"]),
        "missing": [words.missing_text(one) for one in missing_of([card])],
        "names": names,
    }
    return render(request, "central/equipment/device.html", {**frame(request), **values})


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def delivery(request: HttpRequest, serial: str) -> HttpResponse:
    """Record the supplier's BAST."""
    form = DeliveryForm(request.POST or None)

    def accept() -> None:
        procurement.accept_delivery(serial=serial, **form.cleaned_data, actor=actor_of(request), now=now())
        messages.success(request, _("BAST dari penyedia dicatat. Penyusutan dihitung sejak harinya."))

    return act(request, form, card_of(serial), _("Catat BAST dari penyedia"), accept)


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def bast(request: HttpRequest, serial: str) -> HttpResponse:
    """Record a BAST that both sides signed on paper."""
    form = BastForm(request.POST or None, places=places(today(now())).items())

    def give() -> None:
        services.hand_over(serial=serial, **form.cleaned_data, actor=actor_of(request), now=now())
        messages.success(request, _("Serah terima dicatat. Unggah pindaian BAST-nya sebagai bukti."))

    return act(request, form, card_of(serial), _("Catat BAST kertas ke kecamatan"), give)


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def condition(request: HttpRequest, serial: str) -> HttpResponse:
    """Record what was seen, with a photo."""
    card = card_of(serial)
    form = ConditionForm(request.POST or None, request.FILES or None)

    def note() -> None:
        said, actor = form.cleaned_data, actor_of(request)
        photos = []
        if said["file"]:
            photos.append(
                attach_paper(
                    subject=f"device:{serial}", kind=PaperKind.PHOTO, number="", content=said["file"].read(),
                    actor=actor, now=now(),
                )
            )  # fmt: skip
        services.note_condition(
            serial=serial, condition=Condition(said["condition"]), photos=photos, actor=actor, now=now()
        )
        messages.success(request, _("Kondisi dicatat."))

    return act(request, form, card, _("Catat kondisi"), note)


def act(request: HttpRequest, form: forms.Form, card: DeviceCard, title: str, do: Callable[[], None]) -> HttpResponse:
    """Show a form about a device; do what it asks and go back to the device, or say why not."""
    refusal: Words | None = None
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except DekatError as error:
            refusal = words_for(error)
        else:
            return redirect("office-device", serial=card.serial)
    values = {"form": form, "card": card, "title": title, "refusal": refusal}
    return render(
        request, "central/equipment/device_form.html", {**frame(request), **values}, status=409 if refusal else 200
    )
