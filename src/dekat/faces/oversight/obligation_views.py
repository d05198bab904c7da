"""Obligations: all of them with filters, the story of each, set, reported, accepted, sent back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.duties import obliging
from dekat.duties.obligations import ObligationCard, State, obligation
from dekat.duties.obliging import Task
from dekat.duties.texts import keep_file
from dekat.equipment import queries as equipment
from dekat.faces.access import EVERY_ROLE, actor_of, open_to, open_to_anybody
from dekat.faces.clock import now, today
from dekat.faces.oversight import words
from dekat.faces.oversight.deadlines import end_of_work
from dekat.faces.oversight.duty_forms import FilterForm, ReportForm, ResolutionForm, WhyForm
from dekat.faces.oversight.reply_views import reply_address
from dekat.faces.ui.words import date_and_time
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.reports.obligations import Duty, all_duties
from dekat.reports.parties import NAMES, places
from dekat.reports.replies import beside

JUDGES = (Role.REGIONAL_SECRETARY, Role.PARLIAMENT, Role.INSPECTORATE)
_SHOWN_EVENTS = 12


@open_to_anybody
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every obligation, from rules and from people, each once."""
    moment = now()
    form = FilterForm(request.GET or None, parties=party_choices(), places=list(places(today(moment)).items()))
    found = all_duties(now=moment)
    shown = [duty for duty in found if _fits(duty, form.cleaned_data)] if form.is_bound and form.is_valid() else found
    open_ones = [duty for duty in shown if not duty.is_over]
    values = {
        "form": form,
        "open": open_ones,
        "done": [duty for duty in shown if duty.is_over],
        "missed_count": sum(duty.state is State.MISSED for duty in open_ones),
        "may_set": getattr(request.user, "role", "") == Role.REGIONAL_SECRETARY,
        "nav_active": "kewajiban",
    }
    return render(request, "oversight/duties.html", values)


def _fits(duty: Duty, wanted: dict[str, str]) -> bool:
    return (
        (not wanted["pihak"] or duty.concerns([wanted["pihak"]]))
        and wanted["kecamatan"] in ("", duty.kecamatan)
        and wanted["sumber"] in ("", duty.source)
        and wanted["keadaan"] in ("", duty.state)
    )


@open_to_anybody
@require_GET
def show(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """The story of one obligation, and what the reader may do about it."""
    card, moment = _known(obligation_id), now()
    duty = next(one for one in all_duties(now=moment) if one.card and one.card.id == card.id)
    office = actor_of(request).office if request.user.is_authenticated else ""
    is_open = card.met_at is None and not card.replaced_by
    values = {
        "card": card,
        "duty": duty,
        "is_missed": duty.state is State.MISSED,
        "names": places(today(moment)),
        "replies": beside(step.event.id for step in card.steps),
        "reply_url": reply_address(request, card.event_id),
        "report_form": _report_form(card) if is_open and obliging.may_report(card, office) else None,
        "why_form": WhyForm() if card.is_reported and obliging.may_judge(card, office) else None,
        "may_judge": is_open and obliging.may_judge(card, office),
        "nav_active": "kewajiban",
    }
    return render(request, "oversight/duty.html", values)


@open_to(Role.REGIONAL_SECRETARY)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set an obligation by hand."""
    form = ResolutionForm(request.POST or None, parties=party_choices(), abouts=about_choices())
    if request.method == "POST" and form.is_valid():
        moment = now()
        made = new_id(moment)
        obliging.set_obligation(obligation_id=made, task=task_of(form), actor=actor_of(request), now=moment)
        messages.success(request, _("Kewajiban ditetapkan. Pihak itu sekarang memegang gilirannya."))
        return redirect("oversight-obligation", obligation_id=made)
    return render(request, "oversight/duty_new.html", {"form": form, "nav_active": "kewajiban"})


@open_to(*EVERY_ROLE)
@require_POST
def report(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """The one obliged says that it is done."""
    card = _known(obligation_id)
    form = _report_form(card, request)
    if not form.is_valid():
        messages.error(request, _("Laporan belum lengkap: tulis apa yang sudah dilakukan."))
        return redirect("oversight-obligation", obligation_id=obligation_id)
    said, moment, actor = form.cleaned_data, now(), actor_of(request)
    if not obliging.may_report(card, actor.office):
        raise obliging.ObligationNotYours
    proof = list(said.get("proof", []))
    if said["file"]:
        proof.append(obliging.FILE + keep_file(said["file"].read(), now=moment))
    obliging.report_obligation(obligation_id=card.id, text=said["text"], proof=proof, actor=actor, now=moment)
    messages.success(request, _("Laporan dikirim. Sekarang giliran yang menetapkan untuk menerimanya."))
    return redirect("oversight-obligation", obligation_id=obligation_id)


@open_to(*JUDGES)
@require_POST
def accept(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """It is done indeed."""
    obliging.accept_obligation(obligation_id=str(obligation_id), actor=actor_of(request), now=now())
    messages.success(request, _("Diterima. Kewajiban ini dipenuhi."))
    return redirect("oversight-obligation", obligation_id=obligation_id)


@open_to(*JUDGES)
@require_POST
def send_back(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """It is not done, and why."""
    why = request.POST.get("why", "")
    obliging.send_back(obligation_id=str(obligation_id), why=why, actor=actor_of(request), now=now())
    messages.success(request, _("Laporan dikembalikan dengan alasannya. Tenggatnya tetap."))
    return redirect("oversight-obligation", obligation_id=obligation_id)


def _known(obligation_id: UUID) -> ObligationCard:
    card = obligation(str(obligation_id))
    if card is None:
        raise Http404
    return card


def _report_form(card: ObligationCard, request: HttpRequest | None = None) -> ReportForm:
    found = ledger.events(subject=card.subject, since=card.set_at)
    events = [one for one in found if not one.name.startswith("duties.obligation.")][-_SHOWN_EVENTS:]
    choices = [(str(one.id), f"{words.event_title(one)}, {date_and_time(one.occurred_at)}") for one in reversed(events)]
    if request is None:
        return ReportForm(events=choices)
    return ReportForm(request.POST, request.FILES, events=choices)


def party_choices() -> list[tuple[str, object]]:
    """Every party that may be obliged or called, kecamatan included."""
    offices: list[tuple[str, object]] = [(code, name) for code, name in NAMES.items() if code != "DPRD"]
    return offices + [(f"KECAMATAN:{code}", f"Kecamatan {name}") for code, name in places(today(now())).items()]


def about_choices() -> list[tuple[str, object]]:
    """What an obligation may be about: the regency, a kecamatan, a device."""
    names = places(today(now()))
    devices = [
        (f"device:{one.serial}", f"{one.model}, {names.get(one.kecamatan, _('gudang'))}, {one.serial}")
        for one in equipment.devices()
    ]
    kecamatan = [(f"kecamatan:{code}", f"Kecamatan {name}") for code, name in names.items()]
    return [("regency", _("Seluruh kabupaten")), (_("Kecamatan"), kecamatan), (_("Alat"), devices)]


def task_of(form: ResolutionForm) -> Task:
    """What a filled-in form asks."""
    said = form.cleaned_data
    return Task(said["about"], said["party"], said["what"], end_of_work(said["due_on"]))
