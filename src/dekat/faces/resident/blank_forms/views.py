"""List the forms, answer an old number, give a form to be written by hand."""

import re
from dataclasses import dataclass

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dekat.cases.catalogue import OLD_FORMS, Service, service
from dekat.cases.forms import TITLES, FormNo
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.paper_forms import form_no, letterhead, pdf_file
from dekat.faces.resident.quota import count_request
from dekat.flows.deeds.table import offered
from dekat.flows.fill_form import blank_form

_NUMBER = re.compile(r"F?[\s.-]*([12])[\s.,-]*(\d\d)", re.IGNORECASE)


class FormNumberForm(django_forms.Form):
    """The number on a form that somebody holds."""

    nomor = django_forms.CharField(
        label=gettext_lazy("Nomor formulir yang Anda pegang atau diminta"),
        help_text=gettext_lazy("Di pojok kertas, misalnya F-1.21"),
        max_length=12,
        widget=django_forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True)
class PaperForm:
    """One form: its number, its title, the numbers that it had before, and for what it is used."""

    number: FormNo
    title: str
    former: tuple[str, ...]
    services: tuple[Service, ...]


@open_to_anybody
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All forms; an old number leads to the form that took its place."""
    typed = request.GET.get("nomor", "")
    number = _read(typed)
    new = OLD_FORMS.get(number, number)
    values = {
        "search": FormNumberForm(request.GET if typed else None),
        "typed": typed,
        "number": number,
        "found": next((one for one in _forms() if one.number == new), None),
        "forms": _forms(),
    }
    return render(request, "resident/forms.html", values)


@open_to_anybody
@require_GET
def blank(request: HttpRequest, service_slug: str, form: str) -> HttpResponse:
    """One form of one service, ticked for it and otherwise empty."""
    count_request(request, name="blank-form", per_hour=120)
    asked = next((one for one in _services() if one.slug == service_slug), None)
    if asked is None:
        raise Http404
    pdf = blank_form(form=form_no(form), service=asked, head=letterhead(), now=now())
    return pdf_file(pdf, name=f"formulir-{form}-{asked.slug}")


def _read(typed: str) -> str:
    """`f 1.21` as the law writes it: `F-1.21`; empty when it is no number of a form."""
    found = _NUMBER.fullmatch(typed.strip())
    return f"F-{found[1]}.{found[2]}" if found else ""


def _services() -> list[Service]:
    return [service(code) for code in offered()]


def _forms() -> list[PaperForm]:
    return [
        PaperForm(
            number=number,
            title=TITLES[number],
            former=tuple(old for old, new in OLD_FORMS.items() if new == number),
            services=tuple(one for one in _services() if number in one.forms),
        )
        for number in FormNo
    ]
