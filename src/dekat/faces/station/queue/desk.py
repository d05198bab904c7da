"""The officer's queue: give numbers, call, start, park, send on, finish. One press, one move."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.areas.working_calendar import regency_calendar
from dekat.desk import appointments, queries, services
from dekat.desk.numbers import numbers_of
from dekat.desk.queries import TicketCard
from dekat.desk.services import NewTicket
from dekat.desk.states import Origin, Priority, Service, TicketState
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.press import press_id
from dekat.faces.refusals.words import words_for
from dekat.faces.service_words import sentence
from dekat.faces.station.queue.counter import MOST_COUNTERS, choose_counter, counter_of
from dekat.faces.station.queue.forms import CheckInForm, TakeForm
from dekat.faces.station.queue.panel import panel, work_of
from dekat.flows import keep_appointment
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import CodeMistyped, new_id, read_code
from dekat.reports import services_today

Move = Callable[..., TicketCard]
_MOVES: dict[str, Move] = {
    "panggil-lagi": services.recall,
    "mulai": services.start,
    "tunda": services.park,
    "tidak-hadir": services.note_no_show,
    "kembali": services.bring_back,
    "batal": services.cancel,
    "selesai": services.finish,
}
_WAYS_BACK = ("/", "/antrean/")


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The whole queue of today; the same list comes by itself every few seconds."""
    at, actor = now(), actor_of(request)
    day, calendar = today(at), regency_calendar()
    values = {
        "now": at,
        "queue": panel(request, day=day, now=at),
        "parked": queries.tickets_in(day, TicketState.PARKED),
        "missed": queries.tickets_in(day, TicketState.NO_SHOW),
        "elsewhere": _elsewhere(queries.tickets_in(day, *_AT_COUNTERS), counter_of(request)),
        "appointments": appointments.of_day(actor.kecamatan, day, calendar=calendar),
        "numbers": numbers_of(day, zone=calendar.zone),
        "services": Service,
        "priorities": [one for one in Priority if one],
        "counters": range(1, MOST_COUNTERS + 1),
        "new_id": new_id(at),
        "down": [sentence(one) for one in services_today.here(now=at) if one.code],
        "nav_active": "antrean",
    }
    is_partial = request.headers.get("HX-Request") == "true"
    return render(request, "station/queue/_lists.html" if is_partial else "station/queue/desk.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def changed(request: HttpRequest) -> HttpResponse:
    """Have a page that shows the queue loaded anew, if the queue is no longer as the page shows it."""
    at = now()
    is_changed = panel(request, day=today(at), now=at).seen != request.GET.get("seen", "")
    return HttpResponse(status=204, headers={"HX-Refresh": "true"} if is_changed else {})


@open_to(Role.OPERATOR)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Give somebody who walked in a number; its slip can be printed."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, gettext("Pilih dahulu keperluannya."))
        return HttpResponseRedirect("/antrean/")
    ticket = services.take_ticket(
        new=new_ticket(form, Origin.OPERATOR), day=today(now()), actor=actor_of(request), now=now()
    )
    messages.success(request, gettext("Nomor %s. Sebutkan kepada warga, atau cetak slipnya.") % ticket.label)
    return HttpResponseRedirect(_way_back(request))


@open_to(Role.OPERATOR)
@require_POST
def check_in(request: HttpRequest) -> HttpResponse:
    """Somebody with an appointment is here: the code gives a number."""
    form = CheckInForm(request.POST)
    try:
        if not form.is_valid():
            raise CodeMistyped
        ticket = keep_appointment.check_in(
            code=read_code(form.cleaned_data["code"]),
            ticket_id=form.cleaned_data["ticket_id"],
            day=today(now()),
            actor=actor_of(request),
            now=now(),
        )
    except DekatError as error:
        _say(request, error)
    else:
        messages.success(request, gettext("Janji dicatat datang: nomor %s.") % ticket.label)
    return HttpResponseRedirect("/antrean/")


@open_to(Role.OPERATOR)
@require_POST
def call_next(request: HttpRequest) -> HttpResponse:
    """Call whose turn it is."""
    call = partial(services.call_next, day=today(now()), counter=counter_of(request))
    return _pressed(request, call)


@open_to(Role.OPERATOR)
@require_POST
def press(request: HttpRequest, ticket_id: UUID, act: str) -> HttpResponse:
    """Move one ticket on; starting leads to where its owner is served."""
    if act == "panggil":
        return _pressed(request, partial(services.call, ticket_id=ticket_id, counter=counter_of(request)))
    if act == "pindah":
        to = request.POST.get("service", "")
        if to not in Service.values:
            messages.warning(request, gettext("Pilih dahulu ke layanan mana."))
            return HttpResponseRedirect(_way_back(request))
        return _pressed(request, partial(services.transfer, ticket_id=ticket_id, to=Service(to)))
    if act not in _MOVES:
        raise Http404
    return _pressed(request, partial(_MOVES[act], ticket_id=ticket_id), is_leading=act == "mulai")


@open_to(Role.OPERATOR)
@require_POST
def counter(request: HttpRequest) -> HttpResponse:
    """Work at another counter."""
    choose_counter(request, request.POST.get("counter", ""))
    return HttpResponseRedirect("/antrean/")


def new_ticket(form: TakeForm, origin: Origin) -> NewTicket:
    """The ticket that a form asks for."""
    said = form.cleaned_data
    return NewTicket(said["ticket_id"], Service(said["service"]), Priority(said["priority"]), origin)


_AT_COUNTERS = (TicketState.CALLED, TicketState.SERVING)


def _elsewhere(tickets: list[TicketCard], counter: int) -> list[TicketCard]:
    return [one for one in tickets if one.counter != counter]


def _pressed(request: HttpRequest, move: Move, *, is_leading: bool = False) -> HttpResponse:
    at, actor = now(), actor_of(request)
    try:
        ticket = move(move_id=press_id(request, "move_id"), actor=actor, now=at)
    except DekatError as error:
        _say(request, error)
        return HttpResponseRedirect(_way_back(request))
    return HttpResponseRedirect(work_of(ticket) if is_leading else _way_back(request))


def _say(request: HttpRequest, error: DekatError) -> None:
    words = words_for(error)
    messages.warning(request, f"{words.happened} {words.do_now}")


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("from", "")
    return wanted if wanted in _WAYS_BACK else "/antrean/"
