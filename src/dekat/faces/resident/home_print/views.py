"""One page: both numbers, and a button for each file. A file comes only by POST; no number stands in an address."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dekat.areas.working_calendar import regency_calendar
from dekat.cases.catalogue import service
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.paper_forms import letterhead, pdf_file
from dekat.faces.question_fields import NUMERIC, SIXTEEN
from dekat.faces.refusals.words import words_for
from dekat.faces.resident.quota import count_request, count_wrong, refuse_after_wrong
from dekat.flows import print_at_home
from dekat.flows.print_at_home import Claim, NothingThere, Revoked, Superseded
from dekat.kernel.ids import CodeMistyped, spaced
from dekat.reports import tracking
from dekat.reports.tracking import ApplicationTrack

_MOST_WRONG = 10
_PAPER, _FORM = "dokumen", "formulir"


class NumbersForm(forms.Form):
    """Both numbers as the applicant wrote them."""

    nik = forms.CharField(
        label=gettext_lazy("NIK"),
        help_text=gettext_lazy("Yang ditulis waktu mengajukan"),
        validators=[SIXTEEN],
        widget=forms.TextInput(attrs=NUMERIC),
    )
    family_card_no = forms.CharField(
        label=gettext_lazy("Nomor KK"),
        help_text=gettext_lazy("Yang ditulis waktu mengajukan, walaupun sekarang nomornya sudah lain"),
        validators=[SIXTEEN],
        widget=forms.TextInput(attrs=NUMERIC),
    )


@dataclass(frozen=True)
class File:
    """One file that may be fetched: the button's value and its text."""

    value: str
    name: str


@sensitive_post_parameters("nik", "family_card_no")
@open_to_anybody
@require_http_methods(["GET", "POST"])
def fetch(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for both numbers, or give the file that was chosen."""
    count_request(request, name="home-print", per_hour=120)
    try:
        track = tracking.track(code, calendar=regency_calendar(), now=now())
    except CodeMistyped:
        track = None
    if not isinstance(track, ApplicationTrack):
        return HttpResponseRedirect(reverse("track-find"))
    form = NumbersForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refuse_after_wrong(what=f"home-print/{track.code}", most=_MOST_WRONG)
        try:
            said = form.cleaned_data
            return _file(Claim(track.code, said["nik"], said["family_card_no"]), request.POST.get("pilih", ""))
        except (NothingThere, Superseded, Revoked) as refused:
            if isinstance(refused, NothingThere):
                count_wrong(what=f"home-print/{track.code}")
            words = words_for(refused)
            form.add_error(None, f"{words.happened} {words.do_now}")
    return _page(request, track, form)


def _page(request: HttpRequest, track: ApplicationTrack, form: NumbersForm) -> HttpResponse:
    values = {
        "form": form,
        "track": track,
        "code": spaced(track.code),
        "papers": [File(f"{_PAPER}:{one.number}", str(one.kind.label)) for one in track.papers if one.is_for_home],
        "forms": [File(f"{_FORM}:{one}", one) for one in service(track.service).forms],
    }
    return render(request, "resident/fetch.html", values, status=400 if form.is_bound else 200)


def _file(claim: Claim, chosen: str) -> HttpResponse:
    what, _, which = chosen.partition(":")
    if what == _FORM:
        pdf = print_at_home.fetch_form(claim=claim, form=which, head=letterhead(), now=now())
        return pdf_file(pdf, name=f"formulir-{which}")
    number = int(which) if what == _PAPER and which.isdecimal() else 0
    paper = print_at_home.fetch_paper(claim=claim, number=number, node=settings.NODE_NAME, now=now())
    return pdf_file(paper.pdf, name=slugify(str(paper.kind.label)))
