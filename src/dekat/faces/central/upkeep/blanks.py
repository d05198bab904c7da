"""The ledger of card blanks: what came, what became of each, how long the stock lasts."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, ngettext

from dekat.accounts.roles import Role
from dekat.cards import blanks
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.equipment_forms import day_input
from dekat.ledger import queries as ledger

FATES = {
    "SPOILED": blanks.spoil_blank,
    "RETURNED": blanks.return_blank,
    "LOST": blanks.lose_blank,
    "FOUND": blanks.find_blank,
}


class ReceiveForm(forms.Form):
    """A box of blanks from the national centre."""

    prefix = "receive"
    first = forms.CharField(label=gettext_lazy("Nomor pertama"), max_length=30)
    last = forms.CharField(label=gettext_lazy("Nomor terakhir"), max_length=30)
    on = forms.DateField(label=gettext_lazy("Diterima tanggal"), widget=day_input())
    note = forms.CharField(label=gettext_lazy("Nomor surat pengantar"), max_length=60)


class FateForm(forms.Form):
    """What became of one blank that is no card."""

    prefix = "fate"
    serial = forms.CharField(label=gettext_lazy("Nomor blangko"), max_length=30)
    fate = forms.ChoiceField(
        label=gettext_lazy("Nasibnya"),
        choices=[
            ("SPOILED", gettext_lazy("Rusak saat cetak")),
            ("RETURNED", gettext_lazy("Dikembalikan ke pusat")),
            ("LOST", gettext_lazy("Hilang")),
            ("FOUND", gettext_lazy("Ditemukan lagi")),
        ],
    )
    reason = forms.CharField(label=gettext_lazy("Sebab atau nomor surat"), max_length=200)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
def index(request: HttpRequest) -> HttpResponse:
    """The ledger; a post takes a box in or gives one blank its fate."""
    at, chosen = now(), request.POST.get("do", "")
    receive = ReceiveForm(request.POST if chosen == "receive" else None, initial={"on": today(at)})
    fate = FateForm(request.POST if chosen == "fate" else None)
    if chosen == "receive" and receive.is_valid():
        given = receive.cleaned_data
        serials = blanks.serials_between(given["first"], given["last"])
        count = blanks.receive_blanks(
            serials=serials, on=given["on"], delivery_note=given["note"], actor=actor_of(request), now=at
        )
        text = ngettext("%(count)d blangko masuk gudang.", "%(count)d blangko masuk gudang.", count)
        messages.success(request, text % {"count": count})
        return redirect("office-blanks")
    if chosen == "fate" and fate.is_valid():
        given = fate.cleaned_data
        FATES[given["fate"]](serial=given["serial"], reason=given["reason"], actor=actor_of(request), now=at)
        messages.success(request, gettext("Nasib blangko tercatat."))
        return redirect("office-blanks")
    values = {
        "balance": blanks.blank_balance(),
        "forecast": blanks.blank_forecast(now=at),
        "deliveries": list(reversed(ledger.events(names=[blanks.RECEIVED])))[:20],
        "fated": blanks.fated_blanks(limit=30),
        "receive": receive,
        "fate": fate,
        "nav_active": "kartu",
    }
    return render(request, "central/upkeep/blanks.html", values)
