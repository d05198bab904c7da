"""Procurement: contracts, their devices, their payments."""

from collections.abc import Callable
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dekat.equipment import procurement, queries
from dekat.equipment.finding import find
from dekat.equipment.kinds import Funding, Purpose
from dekat.equipment.register_cards import ContractCard
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.equipment.forms import ContractForm, DevicesForm, ItemForm, PaymentForm
from dekat.faces.central.equipment.roles import READS, WRITES, frame
from dekat.faces.central.equipment.search_views import contract_values
from dekat.faces.clock import now, today
from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError
from dekat.reports.parties import places

MOST_ITEMS = 12


def _contract(number: str) -> ContractCard:
    card = queries.contract(number)
    if card is None:
        raise Http404
    return card


@open_to(*READS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every contract, newest first."""
    return render(request, "central/equipment/contracts.html", {**frame(request), "contracts": queries.contracts()})


@open_to(*READS)
@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One contract: prices, devices, evidence, what can be added."""
    card, names = _contract(number), places(today(now()))
    one = next(found for found in find(number).contracts if found.contract.number == card.number)
    start = request.GET.get("mulai", "0")
    row = contract_values(one, names, frozenset(), first=int(start) if start.isdigit() else 0)
    return render(request, "central/equipment/contract.html", {**frame(request), "row": row})


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest) -> HttpResponse:
    """Enter a contract; the button “Tambah barang” adds one more model, without JavaScript."""
    count = _item_count(request)
    first = {"purpose": Purpose.PURCHASE, "funding": Funding.APBD, "budget_year": today(now()).year}
    form = ContractForm(request.POST or None, initial=first)
    items = [ItemForm(request.POST or None, prefix=f"barang-{place}") for place in range(count)]
    refusal = None
    if request.method == "POST" and "simpan" in request.POST and _all_valid(form, items):
        try:
            _sign(request, form, items)
        except DekatError as error:
            refusal = words_for(error)
        else:
            messages.success(request, _("Kontrak dicatat. Sekarang catat alatnya menurut nomor seri."))
            return redirect("office-contract", number=form.cleaned_data["number"])
    if request.method == "POST" and "simpan" not in request.POST:
        form, items = _unjudged(request, count)
    values = {"form": form, "items": items, "count": count, "refusal": refusal, "may_add": count < MOST_ITEMS}
    status = 409 if refusal else 200
    return render(request, "central/equipment/contract_form.html", {**frame(request), **values}, status=status)


def _item_count(request: HttpRequest) -> int:
    written = request.POST.get("count", "1")
    count = int(written) if written.isdigit() else 1
    return max(1, min(count + ("tambah" in request.POST), MOST_ITEMS))


def _unjudged(request: HttpRequest, count: int) -> tuple[ContractForm, list[ItemForm]]:
    """The forms as they were filled in, without complaints: somebody is still writing."""
    form = ContractForm(initial=request.POST.dict())
    fields = list(ItemForm.base_fields)
    items = [
        ItemForm(
            prefix=f"barang-{place}",
            initial={name: request.POST.get(f"barang-{place}-{name}", "") for name in fields},
        )
        for place in range(count)
    ]
    return form, items


def _all_valid(form: ContractForm, items: list[ItemForm]) -> bool:
    return all([form.is_valid(), *(item.is_valid() for item in items)])


def _sign(request: HttpRequest, form: ContractForm, items: list[ItemForm]) -> None:
    said = form.cleaned_data
    is_upkeep = said["purpose"] == Purpose.MAINTENANCE
    terms = procurement.ContractTerms(
        number=said["number"],
        signed_on=said["signed_on"],
        budget_year=said["budget_year"],
        funding=Funding(said["funding"]),
        budget_line=said["budget_line"],
        supplier=said["supplier"],
        items=[item.item() for item in items],
        payment_order=said["payment_order"],
        paid_on=said["paid_on"],
        purpose=Purpose(said["purpose"]),
        covers=said["covers"] if is_upkeep else (),
        from_on=said["from_on"] if is_upkeep else None,
        until_on=said["until_on"] + timedelta(days=1) if is_upkeep else None,
    )
    procurement.sign_contract(terms=terms, total=said["total"], actor=actor_of(request), now=now())


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest, number: str) -> HttpResponse:
    """Put devices of a contract on the register, many at once, with the supplier's BAST."""
    card = _contract(number)
    choices = [(place, f"{item.model} ({item.count})") for place, item in enumerate(card.items)]
    form = DevicesForm(request.POST or None, items=choices)
    return _act(request, form, card, "central/equipment/devices_form.html", lambda: _add(request, form, card))


def _add(request: HttpRequest, form: DevicesForm, card: ContractCard) -> None:
    said, actor, moment = form.cleaned_data, actor_of(request), now()
    procurement.add_devices(
        contract=card.number,
        item=said["item"],
        serials=said["serials"],
        asset_code=said["asset_code"],
        first_register_no=said["first_register_no"] or queries.next_register_no(said["asset_code"]),
        bast=said["bast"],
        delivered_on=said["on"],
        actor=actor,
        now=moment,
    )
    messages.success(request, _("%(count)s alat tercatat.") % {"count": len(said["serials"])})


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """Record an SP2D that came later."""
    card = _contract(number)
    form = PaymentForm(request.POST or None)

    def pay() -> None:
        procurement.note_payment(contract=card.number, **form.cleaned_data, actor=actor_of(request), now=now())
        messages.success(request, _("SP2D dicatat. Unggah pindaiannya sebagai bukti."))

    return _act(request, form, card, "central/equipment/payment_form.html", pay)


def _act(
    request: HttpRequest, form: forms.Form, card: ContractCard, template: str, act: Callable[[], None]
) -> HttpResponse:
    """Show a form about a contract; do what it asks and go back to the contract, or say why not."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except DekatError as error:
            refusal = words_for(error)
        else:
            return redirect("office-contract", number=card.number)
    values = {"form": form, "contract": card, "refusal": refusal, "codes": settings.ENV.asset_policy.asset_codes}
    return render(request, template, {**frame(request), **values}, status=409 if refusal else 200)
