"""Book, look at and give back an appointment. The code is all that ties it to anybody."""

from datetime import date, datetime
from uuid import uuid5

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.areas import queries as areas
from dekat.areas.working_calendar import regency_calendar
from dekat.desk import appointments
from dekat.desk.appointments import AppointmentCard, AppointmentOver, AppointmentUnknown, SlotTaken, Wish
from dekat.desk.slots import Slot, days_offered
from dekat.desk.states import AppointmentState, Priority, Service
from dekat.documents.qr import qr_svg
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.refusals.words import words_for
from dekat.faces.resident.appointments.forms import BookForm
from dekat.faces.resident.appointments.places import capacity_of, elsewhere, open_places, place_of
from dekat.faces.resident.appointments.words import said_of
from dekat.faces.resident.quota import count_request
from dekat.faces.resident.tracking.forms import CodeForm
from dekat.faces.service_words import NAMES
from dekat.flows import keep_appointment
from dekat.kernel.clock import as_utc
from dekat.kernel.ids import CodeMistyped, new_code, new_id, read_code, spaced
from dekat.reports import services_today
from dekat.reports.readiness import Place


@open_to_anybody
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which kecamatan; those that stand still are named with the reason."""
    moment = now()
    found = services_today.all_places(now=moment)
    values = {
        "open": open_places(found),
        "closed": [place for place in found[Service.RECORD] if not place.is_serving],
        "form": CodeForm(),
        "now": moment,
    }
    return render(request, "resident/appointments/choose.html", values)


@open_to_anybody
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, kecamatan: str) -> HttpResponse:
    """What for and when; booking leads to the code."""
    moment = now()
    opened = place_of(kecamatan, now=moment)
    form = BookForm(request.POST, services=opened.services) if request.method == "POST" else None
    refusal = None
    if form:
        count_request(request, name="appointment", per_hour=20)
        if form.is_valid():
            try:
                return HttpResponseRedirect(reverse("appointment", args=[_book(form, kecamatan, moment)]))
            except SlotTaken as error:
                refusal = words_for(error)
    days = days_offered(regency_calendar(), now=moment)
    day = _day_of(request, days)
    values = {
        "place": opened.place,
        "missing": [NAMES[one] for one in NAMES if one not in opened.services],
        "days": days,
        "day": day,
        "slots": _slots(kecamatan, day, moment) if day else [],
        "services": opened.services,
        "priorities": Priority,
        "form": form,
        "refusal": refusal,
        "chosen": request.POST,
        "new_id": new_id(moment),
    }
    return render(request, "resident/appointments/book.html", values, status=409 if refusal else 200)


@open_to_anybody
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Go to the appointment of a code."""
    form = CodeForm(request.GET)
    if form.is_valid():
        try:
            return HttpResponseRedirect(reverse("appointment", args=[read_code(form.cleaned_data["kode"])]))
        except CodeMistyped:
            messages.warning(request, gettext("Kode itu salah ketik. Periksa lagi setiap huruf dan angka."))
    return HttpResponseRedirect(reverse("appointments"))


@open_to_anybody
@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The slip of an appointment and what became of it."""
    count_request(request, name="track", per_hour=300)
    try:
        card = appointments.by_code(code)
    except AppointmentUnknown:
        return render(request, "resident/track_unknown.html", {"form": CodeForm(), "code": code}, status=404)
    address = f"{settings.ENV.public_url.rstrip('/')}{reverse('appointment', args=[card.code])}"
    values = {
        "appointment": card,
        "code": spaced(card.code),
        "place": areas.display_name(card.kecamatan, on=now().date()),
        "said": said_of(card),
        "elsewhere": _elsewhere(card),
        # Our own drawing of our own address: nothing typed by anybody is in it.
        "qr": mark_safe(qr_svg(address)),  # noqa: S308
    }
    return render(request, "resident/appointments/show.html", values)


@open_to_anybody
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the half hour, or the first free one of that day, at a place that serves; give the old one back."""
    count_request(request, name="appointment", per_hour=20)
    moment, to = now(), request.POST.get("ke", "")
    card = appointments.by_code(code)
    opened = place_of(to, now=moment)
    day = card.slot_at.astimezone(regency_calendar().zone).date()
    free = [slot.starts_at for slot in _slots(to, day, moment) if slot.left_count]
    slot_at = next((at for at in free if at >= card.slot_at), free[-1] if free else card.slot_at)
    # The page made the id from the old appointment: a second press moves once.
    wish = Wish(uuid5(card.id, to), new_code(), to, card.service, card.priority, slot_at)
    try:
        if card.service not in opened.services:
            raise SlotTaken
        new = keep_appointment.move_from_home(
            code=code, wish=wish, capacity=capacity_of(to), node=settings.NODE_NAME, now=moment
        )
    except (SlotTaken, AppointmentOver) as error:
        words = words_for(error)
        messages.warning(request, f"{words.happened} {words.do_now}")
        return HttpResponseRedirect(reverse("appointment", args=[code]))
    messages.success(request, gettext("Janji dipindahkan. Simpan kode yang baru; yang lama tidak berlaku lagi."))
    return HttpResponseRedirect(reverse("appointment", args=[new.code]))


@open_to_anybody
@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Give the half hour back to others."""
    count_request(request, name="appointment", per_hour=20)
    try:
        keep_appointment.cancel_from_home(code=code, node=settings.NODE_NAME, now=now())
    except AppointmentOver as error:
        words = words_for(error)
        messages.warning(request, f"{words.happened} {words.do_now}")
    return HttpResponseRedirect(reverse("appointment", args=[code]))


def _elsewhere(card: AppointmentCard) -> list[Place] | None:
    """None unless the appointment still stands and its place does not serve."""
    is_standing = card.state in (AppointmentState.BOOKED, AppointmentState.RECEIVED)
    return elsewhere(card, now=now()) if is_standing else None


def _book(form: BookForm, kecamatan: str, moment: datetime) -> str:
    said = form.cleaned_data
    wish = Wish(
        appointment_id=said["appointment_id"],
        code=new_code(),
        kecamatan=kecamatan,
        service=Service(said["service"]),
        priority=Priority(said["priority"]),
        slot_at=as_utc(said["slot"]),
    )
    card = keep_appointment.book_from_home(
        wish=wish, capacity=capacity_of(kecamatan), node=settings.NODE_NAME, now=moment
    )
    return card.code


def _day_of(request: HttpRequest, days: list[date]) -> date | None:
    wanted = request.GET.get("hari", "")
    return next((day for day in days if day.isoformat() == wanted), days[0] if days else None)


def _slots(kecamatan: str, day: date, moment: datetime) -> list[Slot]:
    return appointments.free_slots(
        kecamatan, day, calendar=regency_calendar(), capacity=capacity_of(kecamatan), now=moment
    )
