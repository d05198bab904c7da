"""Hearings: called, with an agenda that fills itself; held; decided; packed."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.documents.kinds import DocumentKind
from dekat.documents.queries import file_bytes
from dekat.documents.services import issue
from dekat.duties import hearings
from dekat.duties.hearings import HearingCard
from dekat.duties.obligations import Source
from dekat.duties.obliging import set_obligation
from dekat.faces.access import EVERY_ROLE, actor_of, open_to, open_to_anybody
from dekat.faces.clock import now, today
from dekat.faces.oversight.deadlines import at_local
from dekat.faces.oversight.duty_forms import HearingForm, MinutesForm, ResolutionForm
from dekat.faces.oversight.hearing_pack import attached_files, evidence_of, hearing_content, words_of
from dekat.faces.oversight.obligation_views import about_choices, party_choices, task_of
from dekat.faces.oversight.reply_views import reply_address
from dekat.flows.pack_hearing import pack_hearing
from dekat.kernel.ids import new_id
from dekat.reports.hearing import Agenda, agenda
from dekat.reports.parties import places
from dekat.reports.replies import beside

CALLERS = (Role.PARLIAMENT, Role.REGIONAL_SECRETARY)


@open_to_anybody
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Hearings and site visits, the latest first."""
    role = getattr(request.user, "role", "")
    values = {
        "hearings": hearings.hearings(),
        "visits": hearings.visits(),
        "names": places(today(now())),
        "may_call": role in CALLERS,
        "may_visit": role in VISITORS,
        "nav_active": "rapat",
    }
    return render(request, "oversight/hearings.html", values)


VISITORS = (Role.PARLIAMENT, Role.REGIONAL_SECRETARY, Role.INSPECTORATE, Role.REGISTRY_HEAD)


@open_to(*CALLERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Call a hearing."""
    form = HearingForm(request.POST or None, parties=party_choices(), initial={"parties": ["DISPENDUKCAPIL"]})
    if request.method == "POST" and form.is_valid():
        said, moment = form.cleaned_data, now()
        made = new_id(moment)
        hearings.schedule_hearing(
            hearing_id=made,
            title=said["title"],
            at=at_local(said["on"], said["hour"]),
            parties=said["parties"],
            questions=[line.strip() for line in said["questions"].splitlines() if line.strip()],
            actor=actor_of(request),
            now=moment,
        )
        messages.success(request, _("Rapat dijadwalkan. Agendanya terisi sendiri dari catatan."))
        return redirect("oversight-hearing", hearing_id=made)
    return render(request, "oversight/hearing_new.html", {"form": form, "nav_active": "rapat"})


@open_to_anybody
@require_GET
def show(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """One hearing: its agenda, its minutes, what it decided and what became of that."""
    card = _known(hearing_id)
    is_caller = getattr(request.user, "role", "") in CALLERS
    found = agenda(card, now=now())
    values = {
        "card": card,
        "agenda": found,
        "is_over": card.held_at is not None,
        "replies": beside(_own_events(card)),
        "reply_url": reply_address(request, card.event_id),
        "minutes_form": MinutesForm() if is_caller and card.held_at is None else None,
        "result_form": _result_form(card, None) if is_caller and card.held_at else None,
        "may_have_pack": request.user.is_authenticated,
        "nav_active": "rapat",
    }
    return render(request, "oversight/hearing.html", values)


@open_to(*CALLERS)
@require_POST
def minutes(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """The hearing took place."""
    text = request.POST.get("minutes", "")
    hearings.hold_hearing(hearing_id=str(hearing_id), minutes=text, actor=actor_of(request), now=now())
    messages.success(request, _("Risalah disimpan. Sekarang catat keputusan, satu pihak satu tenggat."))
    return redirect("oversight-hearing", hearing_id=hearing_id)


@open_to(*CALLERS)
@require_POST
def decide(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """One resolution becomes one obligation."""
    card = hearings.check_held(str(hearing_id))
    form = _result_form(card, request)
    if form.is_valid():
        task = replace(task_of(form), source=Source.HEARING, hearing=card.id)
        moment = now()
        set_obligation(obligation_id=new_id(moment), task=task, actor=actor_of(request), now=moment)
        messages.success(request, _("Keputusan dicatat sebagai kewajiban."))
        return redirect("oversight-hearing", hearing_id=hearing_id)
    values = {"form": form, "nav_active": "rapat", "back": f"/pengawasan/rapat/{card.id}/"}
    return render(request, "oversight/duty_new.html", values)


@open_to(*EVERY_ROLE)
@require_POST
def paper(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """The pack as a signed PDF."""
    card = _known(hearing_id)
    response = HttpResponse(_paper(request, card, agenda(card, now=now())), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="berkas-rapat-{card.id[-6:]}.pdf"'
    return response


@open_to(*EVERY_ROLE)
@require_POST
def bundle(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """The pack with its proof and the program that checks it."""
    card, moment = _known(hearing_id), now()
    found = agenda(card, now=moment)
    packed = pack_hearing(
        paper=_paper(request, card, found),
        readme=render_to_string("oversight/bundle/BACA-SAYA.txt", {"card": card, "agenda": found}),
        evidence=evidence_of(card, found),
        words=words_of(evidence_of(card, found)),
        files=attached_files(found),
        since=found.former.held_at if found.former else None,
        now=moment,
    )
    response = HttpResponse(packed, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="berkas-rapat-{card.id[-6:]}.zip"'
    return response


def _paper(request: HttpRequest, card: HearingCard, found: Agenda) -> bytes:
    made = issue(
        kind=DocumentKind.HEARING_PACK,
        subject=f"hearing:{card.id}",
        kecamatan="",
        content=hearing_content(card, found, regency=settings.REGENCY, now=now()),
        actor=actor_of(request),
        now=now(),
    )
    return file_bytes(made.id)


def _known(hearing_id: UUID) -> HearingCard:
    card = hearings.hearing(str(hearing_id))
    if card is None:
        raise Http404
    return card


def _own_events(card: HearingCard) -> list[UUID]:
    return [one for one in (card.event_id, card.held_event_id) if one]


def _result_form(card: HearingCard, request: HttpRequest | None) -> ResolutionForm:
    called = [choice for choice in party_choices() if choice[0] in card.parties]
    return ResolutionForm(request.POST if request else None, parties=called, abouts=about_choices())
