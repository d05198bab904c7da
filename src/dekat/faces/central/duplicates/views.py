"""Two records that may be one human: compared side by side, decided by one officer, confirmed by another."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.duplicates.forms import Finding, FindingForm, TwoNiksForm
from dekat.faces.clock import now
from dekat.faces.opening_people import note_task
from dekat.faces.refusals.words import words_for
from dekat.flows.correct_register import carry_out_correction
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.kernel.nik import Nik
from dekat.openings.states import Purpose
from dekat.registry import corrections, queries, services
from dekat.registry.correction_facts import Clearing, Correctable
from dekat.registry.corrections import CorrectionView
from dekat.registry.life.events import Merge
from dekat.registry.rules import HeadMissing
from dekat.registry.states import CorrectionKind, CorrectionState
from dekat.registry.views import ResidentView

OF_TWO_RECORDS = (CorrectionKind.MERGE, CorrectionKind.CLEARING)
NAV = {"nav_active": "ringkasan"}


@dataclass(frozen=True, repr=False)
class Line:
    """A proposal with the two people it is about; of a merger the first is the one who goes on."""

    one: CorrectionView
    first: ResidentView
    second: ResidentView
    is_own: bool


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for a second officer, and the way to compare two records."""
    return _index(request, TwoNiksForm())


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def look_up(request: HttpRequest) -> HttpResponse:
    """Find the two records; their ids go on in the address, the numbers do not."""
    form = TwoNiksForm(request.POST)
    if not form.is_valid():
        return _index(request, form, status=422)
    found: list[UUID] = []
    for field in ("first", "second"):
        try:
            found.append(queries.resident_by_nik(Nik.parse(form.cleaned_data[field]).text).id)
        except DekatError as refusal:
            form.add_error(field, _sentence(refusal))
    if not form.errors and found[0] == found[1]:
        form.add_error("second", gettext("Kedua NIK itu sama. Ketik NIK dari data yang lain."))
    if form.errors:
        return _index(request, form, status=422)
    return redirect("office-duplicates-compare", first=found[0], second=found[1])


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, first: UUID, second: UUID) -> HttpResponse:
    """Both records side by side, and what the officer finds."""
    _note_opening(request, first, second)
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_proposed(request, form, first, second):
        messages.success(request, gettext("Usul tercatat. Sekarang giliran petugas lain mengesahkan."))
        return redirect("office-duplicates")
    values = {"people": (queries.resident(first), queries.resident(second)), "form": form, **NAV}
    status = 422 if request.method == "POST" else 200
    return render(request, "central/duplicates/compare.html", values, status=status)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def show(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """One proposal: the two records, the reason, and the second officer's decision."""
    line = next((line for line in _lines(request) if line.one.id == correction_id), None)
    if line is None:
        raise Http404
    _note_opening(request, line.first.id, line.second.id)
    return render(request, "central/duplicates/show.html", {"line": line, **NAV})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def confirm(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Carry out what another officer proposed."""
    at = now()
    carry_out_correction(correction_id=correction_id, actor=actor_of(request), on=localdate(at), now=at)
    messages.success(request, gettext("Disahkan. KK yang berubah sudah terbit dan dikirim ke kecamatannya."))
    return redirect("office-duplicates")


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def withdraw(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Let a proposal fall."""
    services.withdraw_correction(correction_id=correction_id, actor=actor_of(request), now=now())
    messages.success(request, gettext("Usul ditarik. Tidak ada data yang berubah."))
    return redirect("office-duplicates")


def _note_opening(request: HttpRequest, first: UUID, second: UUID) -> None:
    """Both records are seen in full."""
    people = sorted(queries.resident(one).id for one in (first, second))
    note_task(request, task=f"duplicate:{people[0]}", people=people, purpose=Purpose.CORRECTION)


def _is_proposed(request: HttpRequest, form: FindingForm, first: UUID, second: UUID) -> bool:
    """Propose it; what may not be is said at the form, where what was typed stays."""
    at = now()
    try:
        services.propose_correction(
            correction_id=new_id(at),
            what=_found(form, first, second),
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            on=localdate(at),
            now=at,
        )
    except DekatError as refusal:
        if isinstance(refusal, HeadMissing):
            form.add_error("takes_place", gettext("KK data yang berakhir akan kehilangan kepalanya. Centang ini."))
        else:
            form.add_error("finding", _sentence(refusal))
        return False
    return True


def _sentence(refusal: DekatError) -> str:
    words = words_for(refusal)
    return f"{words.happened} {words.do_now}"


def _found(form: FindingForm, first: UUID, second: UUID) -> Correctable:
    match Finding(form.cleaned_data["finding"]):
        case Finding.KEEP_FIRST:
            return Merge(second, first, takes_place=form.cleaned_data["takes_place"])
        case Finding.KEEP_SECOND:
            return Merge(first, second, takes_place=form.cleaned_data["takes_place"])
        case Finding.TWO_PEOPLE:
            return Clearing((first, second))


def _index(request: HttpRequest, form: TwoNiksForm, *, status: int = 200) -> HttpResponse:
    values = {"lines": _lines(request), "form": form, "now": now(), **NAV}
    return render(request, "central/duplicates/index.html", values, status=status)


def _lines(request: HttpRequest) -> list[Line]:
    me = actor_of(request).label
    about = [one for one in corrections.open_corrections() if one.kind in OF_TWO_RECORDS]
    return [_line(one, is_own=one.proposed_by == me) for one in about if one.state is CorrectionState.PROPOSED]


def _line(one: CorrectionView, *, is_own: bool) -> Line:
    match one.what:
        case Merge(gone_id=second, goes_on_id=first):
            return Line(one, queries.resident(first), queries.resident(second), is_own)
        case _:
            first, second = sorted(one.what.people)
            return Line(one, queries.resident(first), queries.resident(second), is_own)
