"""The start page. It exists only in a sample regency."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from dekat.faces.access import open_to_anybody
from dekat.faces.sample import switches, tour

DAY_S = 86_400


class SwitchForm(forms.Form):
    """Which switch, and how it should stand."""

    switch = forms.RegexField(regex=r"^(line|device)/(wringin|cermee|ijen)$|^national$")
    is_on = forms.BooleanField(required=False)


class ClockForm(forms.Form):
    """How many days every node's clock runs ahead of the real time."""

    days = forms.IntegerField(min_value=-1, max_value=60)


_FIELD = {"line": "is_pulled", "device": "is_off", "national": "is_out"}


@open_to_anybody
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show the tour and the switches."""
    _sample_only()
    state = switches.state()
    context = {
        "steps": tour.steps(),
        "logins": tour.logins(),
        "password": tour.password(),
        "stations": tour.stations(state),
        "is_national_out": state["is_national_out"],
        "clock_days": round(state["clock_shift_s"] / DAY_S),
    }
    return render(request, "sample/start.html", context)


@open_to_anybody
@require_POST
def turn(request: HttpRequest) -> HttpResponse:
    """Turn one switch and come back."""
    _sample_only()
    form = SwitchForm(request.POST)
    if form.is_valid():
        switch = form.cleaned_data["switch"]
        switches.turn(switch, {_FIELD[switch.split("/")[0]]: form.cleaned_data["is_on"]})
    return HttpResponseRedirect("/contoh/#sakelar")


@open_to_anybody
@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the clock of every node and come back."""
    _sample_only()
    form = ClockForm(request.POST)
    if form.is_valid():
        switches.turn("clock", {"shift_s": form.cleaned_data["days"] * DAY_S})
    return HttpResponseRedirect("/contoh/#sakelar")


def _sample_only() -> None:
    if not (settings.ENV.is_sample and settings.ENV.sample_control_url):
        raise Http404
