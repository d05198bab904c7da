"""The outbox as officers see it."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.alerts import contacts, queries, services
from dekat.alerts.contacts import AddressWrong
from dekat.alerts.ports import carriers
from dekat.alerts.queries import DispatchCard
from dekat.alerts.states import Channel, DispatchState
from dekat.faces.access import OFFICE, OVERSIGHT, actor_of, open_to
from dekat.faces.alert_form import ChannelForm, initial_of
from dekat.faces.alert_words import CHANNELS, OFFICES, desk_name, sentence
from dekat.faces.clock import now, today
from dekat.faces.refusals.words import happened_of, words_for
from dekat.reports.parties import NAMES, places

_TONES = {DispatchState.WAITING: "warn", DispatchState.SENT: "ok", DispatchState.DEAD: "bad"}
_SINCE = timedelta(days=7)


@open_to(*(OFFICE | OVERSIGHT))
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Who was told what and when, what could not be told, and what is missing for it."""
    at, serial = now(), request.GET.get("alat", "")
    names = places(today(at))
    values = {
        "base": _base(request),
        "rows": [_row(card, names) for card in queries.dispatches(serial=serial)],
        "dead": [] if serial else [_row(card, names) for card in queries.dispatches(state=DispatchState.DEAD)],
        "untold": [(desk_name(one.party, one.desk, names), one.count) for one in queries.untold(since=at - _SINCE)],
        "channels": _channels(),
        "is_on": bool(carriers()),
        "offices": _offices() if _role(request) == Role.REGISTRY_HEAD else [],
        "may_repeat": _role(request) in OFFICE,
        "serial": serial,
        "nav_active": "pemberitahuan",
    }
    return render(request, "central/alerts/index.html", values)


@open_to(*(OFFICE | OVERSIGHT))
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """How I want to be told."""
    actor = actor_of(request)
    card = queries.contact_of_account(actor.account_id) if actor.account_id else None
    form = ChannelForm(request.POST or None, initial=initial_of(card, settings.ENV.telling.quiet))
    if request.method == "POST" and form.is_valid():
        try:
            contacts.choose_channel(choice=form.choice, actor=actor, now=now())
        except AddressWrong as error:
            form.add_error("address", f"{words_for(error).happened} {words_for(error).do_now}")
        else:
            messages.success(request, _("Disimpan. Giliran dan tenggat Anda dikirim ke alamat itu."))
            return redirect("alerts-mine")
    values = {"base": _base(request), "form": form, "card": card, "is_on": bool(carriers()), "channels": _channels()}
    return render(request, "central/alerts/mine.html", {**values, "nav_active": "pemberitahuan"})


@open_to(Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def office(request: HttpRequest, party: str) -> HttpResponse:
    """The address of an office whose people have no account here."""
    if party not in OFFICES:
        raise Http404
    card = next((one for one in queries.contacts() if one.party == party and one.account_id is None), None)
    form = ChannelForm(request.POST or None, initial=initial_of(card, settings.ENV.telling.quiet))
    if request.method == "POST" and form.is_valid():
        try:
            contacts.set_office(party=party, choice=form.choice, actor=actor_of(request), now=now())
        except AddressWrong as error:
            form.add_error("address", f"{words_for(error).happened} {words_for(error).do_now}")
        else:
            messages.success(request, _("Alamat kantor itu disimpan."))
            return redirect("alerts")
    values = {"base": _base(request), "form": form, "party": NAMES[party], "nav_active": "pemberitahuan"}
    return render(request, "central/alerts/office.html", values)


@open_to(*OFFICE)
@require_POST
def again(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """Send a text that was given up once more."""
    services.try_again(dispatch_id=dispatch_id, now=now())
    messages.success(request, _("Dikirim lagi. Lihat hasilnya di daftar beberapa saat lagi."))
    return redirect("alerts")


def _row(card: DispatchCard, names: dict[str, str]) -> dict[str, object]:
    return {
        "card": card,
        "to": desk_name(card.party, card.desk, names),
        "channel": CHANNELS[card.channel],
        "tone": _TONES[card.state],
        "sentences": [sentence(one, names) for one in card.alerts],
        "trouble": happened_of(card.trouble) if card.trouble else "",
    }


def _channels() -> list[tuple[str, object, bool]]:
    """Each channel: icon, name, whether it is configured."""
    ready = carriers()
    return [(*CHANNELS[channel], channel in ready) for channel in Channel]


def _offices() -> list[tuple[str, str, str]]:
    """Each office without accounts: code, name, the address so far."""
    known = {one.party: one.masked for one in queries.contacts() if one.account_id is None}
    return [(party, NAMES[party], known.get(party, "")) for party in OFFICES]


def _role(request: HttpRequest) -> str:
    return str(getattr(request.user, "role", ""))


def _base(request: HttpRequest) -> str:
    return "ui/office.html" if _role(request) in OFFICE else "ui/oversight.html"
