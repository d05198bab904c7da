"""Print a paper, look at the sheet, hand it over."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.documents import queries as documents
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.opening_people import note_task
from dekat.faces.station.printing.forms import AskForm, CopyForm, CountForm, HandOverForm, SpoiledForm
from dekat.faces.station.printing.words import CONDITIONS
from dekat.flows import account_for_sheet
from dekat.kernel.ids import new_id
from dekat.openings.states import Purpose
from dekat.printing import services
from dekat.printing.states import Collector, CopyReason, SpoilReason
from dekat.reports import print_desk, records

HOME = "/cetak/"


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The desk: printer, papers to print, sheets to check, sheets to hand over."""
    desk = print_desk.print_desk(kecamatan=settings.ENV.kecamatan, now=now())
    papers = [(paper, new_id(now())) for paper in desk.ready]
    printer = (desk.printer, CONDITIONS[desk.printer.condition]) if desk.printer else None
    return render(
        request,
        "station/printing/desk.html",
        {"desk": desk, "papers": papers, "printer": printer},
    )


@open_to(Role.OPERATOR)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Put one sheet into the outbox."""
    form = AskForm(request.POST)
    if form.is_valid():
        _note_opening(request, form.cleaned_data["document_id"], Purpose.PRINTING)
        services.ask_print(**form.cleaned_data, kecamatan=settings.ENV.kecamatan, actor=actor_of(request), now=now())
        messages.success(request, gettext("Cetakan dikirim ke printer. Lihat lembarnya saat keluar."))
    return HttpResponseRedirect(HOME)


@open_to(Role.OPERATOR)
@require_GET
def preview(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The signed PDF on the screen, before a sheet is spent."""
    _note_opening(request, document_id, Purpose.PRINTING)
    return HttpResponse(documents.file_bytes(document_id), content_type="application/pdf")


@open_to(Role.OPERATOR)
@require_POST
def cancel(request: HttpRequest, print_id: UUID) -> HttpResponse:
    """Take back a sheet that was not sent yet."""
    services.cancel(print_id=print_id, actor=actor_of(request), now=now())
    messages.success(request, gettext("Cetakan dibatalkan. Tidak ada kertas yang terpakai."))
    return HttpResponseRedirect(HOME)


@open_to(Role.OPERATOR)
@require_POST
def tray(request: HttpRequest, print_id: UUID) -> HttpResponse:
    """Say how many sheets of this job came out."""
    form = CountForm(request.POST)
    if form.is_valid():
        account_for_sheet.count_sheets(print_id=print_id, **form.cleaned_data, actor=actor_of(request), now=now())
    return HttpResponseRedirect(HOME)


@open_to(Role.OPERATOR)
@require_POST
def late(request: HttpRequest, print_id: UUID) -> HttpResponse:
    """Say how many sheets came out after the count."""
    form = CountForm(request.POST)
    if form.is_valid():
        services.account_late(print_id=print_id, **form.cleaned_data, actor=actor_of(request), now=now())
        messages.success(request, gettext("Lembar susulan tercatat. Robek sebelum dibuang."))
    return HttpResponseRedirect(HOME)


@open_to(Role.OPERATOR)
@require_POST
def leave(request: HttpRequest, print_id: UUID) -> HttpResponse:
    """Wait no longer for the printer."""
    services.leave_alone(print_id=print_id, actor=actor_of(request), now=now())
    return HttpResponseRedirect(HOME)


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Print a paper again that its resident already has."""
    _note_opening(request, document_id, Purpose.PRINTING)
    form = CopyForm(request.POST or None, initial={"print_id": new_id(now())})
    if form.is_valid():
        services.ask_print(
            print_id=form.cleaned_data["print_id"],
            document_id=document_id,
            kecamatan=settings.ENV.kecamatan,
            actor=actor_of(request),
            now=now(),
            copy_reason=CopyReason(form.cleaned_data["reason"]),
        )
        messages.success(request, gettext("Cetakan dikirim ke printer. Lihat lembarnya saat keluar."))
        return HttpResponseRedirect(HOME)
    return render(request, "station/printing/copy.html", {"form": form, "paper": print_desk.paper_of(document_id)})


@open_to(Role.OPERATOR)
@require_POST
def good(request: HttpRequest, print_id: UUID) -> HttpResponse:
    """The sheet is good: it waits for its resident."""
    account_for_sheet.confirm_sheet(print_id=print_id, actor=actor_of(request), now=now())
    messages.success(request, gettext("Lembar tercatat baik dan siap diambil pemohon."))
    return HttpResponseRedirect(HOME)


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def spoiled(request: HttpRequest, print_id: UUID) -> HttpResponse:
    """Write a sheet off with its reason; its paper returns to the list."""
    form = SpoiledForm(request.POST or None)
    if form.is_valid():
        account_for_sheet.spoil_sheet(
            print_id=print_id, reason=SpoilReason(form.cleaned_data["reason"]), actor=actor_of(request), now=now()
        )
        messages.success(request, gettext("Lembar rusak tercatat. Dokumennya bisa dicetak lagi."))
        return HttpResponseRedirect(HOME)
    return render(request, "station/printing/spoiled.html", {"form": form, "sheet": print_desk.sheet(print_id)})


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, print_id: UUID) -> HttpResponse:
    """Give the sheet to the person whose face and card were compared."""
    form = HandOverForm(request.POST or None)
    if form.is_valid():
        _note_opening(request, print_desk.sheet(print_id).paper.document.id, Purpose.HANDOVER)
        account_for_sheet.hand_over_sheet(
            print_id=print_id,
            collector=Collector(form.cleaned_data["collector"]),
            receiver_name=form.cleaned_data["receiver_name"],
            actor=actor_of(request),
            now=now(),
        )
        messages.success(request, gettext("Lembar sudah diserahkan. Ingatkan penerima: layanan ini gratis."))
        return HttpResponseRedirect(HOME)
    return render(request, "station/printing/hand_over.html", {"form": form, "sheet": print_desk.sheet(print_id)})


def _note_opening(request: HttpRequest, document_id: UUID, purpose: Purpose) -> None:
    """Whoever stands on the paper is seen, on the screen or on the sheet."""
    people = records.people_of_paper(document_id)
    note_task(request, task=f"document:{document_id}", people=people, purpose=purpose)
