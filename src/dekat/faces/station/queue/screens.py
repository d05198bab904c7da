"""The screens of the waiting room: where a number is taken, and where it is seen. No log-in, no personal data."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from dekat.accounts.actor import Actor
from dekat.desk import queries, services
from dekat.desk.states import Origin, Priority, Service
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now, today
from dekat.faces.resident.quota import count_request
from dekat.faces.service_words import sentence
from dekat.faces.station.queue.desk import new_ticket
from dekat.faces.station.queue.forms import TakeForm
from dekat.kernel.ids import new_id
from dekat.reports import services_today


def down(at: datetime) -> list[str]:
    """What is not given here today, why, and where else: said before anybody waits."""
    return [sentence(one) for one in services_today.here(now=at) if one.code]


@open_to_anybody
@require_http_methods(["GET", "POST"])
def kiosk(request: HttpRequest) -> HttpResponse:
    """Take a number: one press on what one came for."""
    at = now()
    form = TakeForm(request.POST or None)
    if form.is_valid():
        # A child that plays with the buttons must not fill the day's numbers.
        count_request(request, name="kiosk", per_hour=240)
        actor = Actor(account_id=None, role=None, kecamatan=settings.ENV.kecamatan, node=settings.NODE_NAME)
        ticket = services.take_ticket(new=new_ticket(form, Origin.KIOSK), day=today(at), actor=actor, now=at)
        return HttpResponseRedirect(f"{reverse('queue-slip', args=[ticket.id])}?layar=1")
    board = queries.board(today(at), now=at)
    values = {"services": Service, "priorities": list(Priority), "board": board, "new_id": new_id(at), "down": down(at)}
    return render(request, "station/queue/kiosk.html", values)


@open_to_anybody
@require_GET
def slip(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """The number on paper; on the screen where it was taken the first page comes back by itself."""
    ticket = queries.ticket(ticket_id)
    line = queries.line(today(now()), now=now())
    place = next((one for one in line if one.ticket.id == ticket.id), None)
    values = {"ticket": ticket, "place": place, "is_kiosk": "layar" in request.GET, "now": now()}
    return render(request, "station/queue/slip.html", values)


@open_to_anybody
@require_GET
def display(request: HttpRequest) -> HttpResponse:
    """The number that is called, huge; fetched anew every three seconds."""
    at = now()
    values = {"board": queries.board(today(at), now=at), "now": at, "down": down(at)}
    is_partial = request.headers.get("HX-Request") == "true"
    return render(request, "station/queue/_board.html" if is_partial else "station/queue/display.html", values)
