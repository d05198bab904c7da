"""Look a code up; answer what was asked."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.actor import machine
from dekat.areas.working_calendar import regency_calendar
from dekat.desk import appointments
from dekat.documents.qr import qr_svg
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.resident.quota import count_request
from dekat.faces.resident.tracking import recording_words, words
from dekat.faces.resident.tracking.forms import AnswerForm, CodeForm
from dekat.flows import submit_application
from dekat.kernel.ids import CodeMistyped, new_id, read_code, spaced
from dekat.national.domicile import choose_domicile
from dekat.national.statuses import Domicile, Status
from dekat.reports import tracking
from dekat.reports.parties import NAMES
from dekat.reports.tracking import ApplicationTrack, RecordingTrack


@open_to_anybody
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or go to what it stands for."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        try:
            return HttpResponseRedirect(reverse("track", args=[read_code(form.cleaned_data["kode"])]))
        except CodeMistyped:
            form.add_error("kode", gettext("Kode itu salah ketik. Periksa lagi setiap huruf dan angka pada bukti."))
    return render(request, "resident/track_find.html", {"form": form})


@open_to_anybody
@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Where the thing stands that this code belongs to."""
    count_request(request, name="track", per_hour=300)
    calendar, moment = regency_calendar(), now()
    track = tracking.track(code, calendar=calendar, now=moment)
    if track is None and appointments.is_known(code):
        return HttpResponseRedirect(reverse("appointment", args=[code]))
    if track is None:
        return render(request, "resident/track_unknown.html", {"form": CodeForm(), "code": code}, status=404)
    today = moment.astimezone(calendar.zone).date()
    page = {"track": track, "code": spaced(track.code), "is_open": calendar.is_open(moment)}
    if isinstance(track, RecordingTrack):
        return render(request, "resident/track_recording.html", {**page, **_recording(track, today)})
    return render(request, "resident/track.html", {**page, **_application(track, today)})


def _application(track: ApplicationTrack, today: date) -> dict[str, object]:
    return {
        "headline": words.headline(track, today=today),
        "moments": words.moments(track, today=today),
        "what_to_do": words.what_to_do(track),
        "place": words.place_name(track, today=today),
        "papers": words.paper_lines(track, today=today),
        "is_for_home": any(paper.is_for_home for paper in track.papers),
        "form": AnswerForm(),
    }


def _recording(track: RecordingTrack, today: date) -> dict[str, object]:
    address = f"{settings.ENV.public_url.rstrip('/')}/lacak/{track.code}"
    return {
        # Our own drawing of our own address: nothing typed by anybody is in it.
        "qr": mark_safe(qr_svg(address)),  # noqa: S308
        "headline": recording_words.headline(track, today=today),
        "moments": recording_words.moments(track, today=today),
        "place": recording_words.place_name(track, today=today),
        "owner": NAMES[track.domicile.owner] if track.domicile else "",
    }


@open_to_anybody
@require_http_methods(["GET", "POST"])
def domicile(request: HttpRequest, code: str) -> HttpResponse:
    """One choice: which of two records somebody keeps."""
    count_request(request, name="track", per_hour=300)
    found = tracking.track(code, calendar=regency_calendar(), now=now())
    is_held = isinstance(found, RecordingTrack) and found.stage == Status.DUPLICATE_RECORD
    if found is None or not is_held or getattr(found, "domicile", None):
        return HttpResponseRedirect(reverse("track", args=[code]))
    chosen = request.POST.get("pilihan", "")
    if chosen in Domicile.values:
        choose_domicile(
            tracking_code=found.code,
            choice=Domicile(chosen),
            calendar=regency_calendar(),
            actor=machine(settings.NODE_NAME),
            now=now(),
        )
        messages.success(request, gettext("Pilihan Anda dicatat. Halaman ini menunjukkan siapa yang mengurusnya."))
        return HttpResponseRedirect(reverse("track", args=[code]))
    values = {"track": found, "code": spaced(found.code), "choices": list(Domicile)}
    return render(request, "resident/domicile.html", values)


@open_to_anybody
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Take the picture that was asked for; the office's clock runs again."""
    count_request(request, name="answer", per_hour=30)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, gettext("Pilih dahulu foto buktinya."))
    else:
        submit_application.answer_from_home(
            code=code,
            attachment_id=new_id(now()),
            picture=form.cleaned_data["picture"].read(),
            node=settings.NODE_NAME,
            now=now(),
        )
        messages.success(request, gettext("Terima kasih. Permohonan Anda dilanjutkan."))
    return HttpResponseRedirect(reverse("track", args=[code]))
