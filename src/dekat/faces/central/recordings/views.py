"""The list of recordings and one recording with every hop."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.cards.states import CardState
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.recordings.looks import look_facts
from dekat.faces.central.templatetags.roads import office_name
from dekat.faces.clock import now
from dekat.faces.ui.pieces import Moment
from dekat.faces.ui.words import date_and_time
from dekat.national.domicile import domicile_of, pass_on
from dekat.reports import recordings
from dekat.reports.recordings import Row


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The newest recordings, with how many stand where."""
    return render(request, "central/recordings.html", {"report": recordings.office_list(now=now())})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def detail(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """One recording: hops, packet, receipts, card."""
    found = recordings.office_detail(recording_id, now=now())
    if found is None:
        raise Http404
    moments = [
        Moment(title=str(hop.status.label), at=date_and_time(hop.at), note=office_name(hop.said_by))
        for hop in found.road.hops
    ]
    moments.append(_now(found))
    values = {"recording": found, "moments": moments, "look": look_facts(found.road.look)}
    values |= {"domicile": domicile_of(recording_id), "now": now()}
    return render(request, "central/recording.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def passed_on(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """The resident's choice of domicile went to the national centre."""
    pass_on(recording_id=recording_id, actor=actor_of(request), now=now())
    return redirect("office-recording", recording_id=recording_id)


def _now(row: Row) -> Moment:
    """Where it is now: the card's place once there is a card, before that who is waited for."""
    if row.card is None:
        awaited = gettext("Menunggu %(office)s") % {"office": office_name(row.road.waits_for)}
        return Moment(title=awaited, at=date_and_time(row.since), state="current")
    is_over = row.card.state in (CardState.HANDED_OVER, CardState.ENDED)
    title = gettext("Kartu: %(state)s") % {"state": row.state}
    return Moment(title=title, at=date_and_time(row.since), state="done" if is_over else "current")
