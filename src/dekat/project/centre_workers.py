"""What the centre does beside its pages: the wire, the road to the national centre, unfinished documents."""

import logging
from datetime import timedelta

from django.conf import settings

from dekat.accounts.actor import machine
from dekat.accounts.queries import stations
from dekat.alerts import services as alerts
from dekat.alerts.ports import carriers
from dekat.alerts.rules import Quiet
from dekat.alerts.sending import send_waiting
from dekat.areas.working_calendar import regency_calendar
from dekat.documents import ended
from dekat.duties import answering
from dekat.duties import services as duties
from dekat.equipment import custody
from dekat.faces.alert_words import writer
from dekat.faces.clock import now
from dekat.faces.wire.server import serve_in_thread
from dekat.flows import approve_application, carry_out, follow_recording, judge_recording, print_card
from dekat.flows.gather_numbers import gather_numbers
from dekat.flows.raise_alerts import raise_alerts
from dekat.ledger.heads import publish_heads
from dekat.national.ports import NationalCentreAway, gateway
from dekat.project import memory
from dekat.project.repeat import every
from dekat.project.services_news import tell_stations
from dekat.project.station_contacts import StationContacts
from dekat.readings import days
from dekat.readings.kinds import End, Path, Serves, Why
from dekat.readings.services import note_link
from dekat.registry import services as registry
from dekat.reports import obligations
from dekat.sync import queries as sync
from dekat.sync.services import reconcile

logger = logging.getLogger(__name__)
FOLLOW_S = 2.0
PROBE_S = 60.0
CONTACTS_S = 30.0
JUDGE_S = 10.0
RESUME_S = 30.0
EXTRACTS_S = 600.0
ALERTS_S = SERVICES_S = 300.0
SEND_S = 10.0
EQUIPMENT_S = 300.0
HEADS_S = ENDED_S = 600.0
ANSWERS_S = 60.0
NEWCOMERS_S = 300.0
MEMORY_S = 600.0
# A request that issues a document is done long before; a younger intent is still in its hands.
AT_WORK = timedelta(minutes=1)


def start() -> None:
    """Start every worker of the centre."""
    reconcile(now=now())
    serve_in_thread(settings.ENV.wire_port, clock=now)
    every(RESUME_S, "unfinished-documents", finish_documents)
    every(JUDGE_S, "judge", judge_arrived)
    every(EXTRACTS_S, "extracts", renew_extracts)
    every(EQUIPMENT_S, "equipment-lists", tell_equipment)
    every(ENDED_S, "ended-documents", lambda: ended.tell_stations(now=now()))
    every(HEADS_S, "heads", lambda: publish_heads(now=now()))
    every(ANSWERS_S, "answers", keep_answers)
    every(MEMORY_S, "memory", memory.settle)
    every(NEWCOMERS_S, "instruct-newcomers", instruct_newcomers)
    every(CONTACTS_S, "station-contacts", StationContacts(clock=now).note)
    every(SERVICES_S, "services-today", tell_stations)
    if carriers():
        every(ALERTS_S, "alerts", find_alerts)
        every(SEND_S, "alert-texts", send_alerts)
    if settings.ENV.national_url:
        every(FOLLOW_S, "national-road", follow_national_road)
        every(FOLLOW_S, "national-numbers", ask_for_numbers)
        every(PROBE_S, "national-probe", probe_national_centre)


def finish_documents() -> None:
    """Finish what a crash left: first the documents, then the applications that they answer."""
    carry_out.finish_documents(actor=machine(settings.NODE_NAME), now=now(), idle_for=AT_WORK)


def renew_extracts() -> None:
    """Tell each station the whole of its kecamatan anew, when an import or many changes made that shorter."""
    registry.renew_extracts(sorted({one.kecamatan for one in stations() if one.kecamatan}), now=now())


def find_alerts() -> None:
    """Find what somebody must be told, and write it."""
    raise_alerts(hours=settings.ENV.telling.hours, now=now())
    compose_alerts()


def compose_alerts() -> None:
    """Write what waits for each officer, outside their quiet hours."""
    alerts.compose(
        write=writer(address=settings.ENV.public_url),
        calendar=regency_calendar(),
        quiet=Quiet(*settings.ENV.telling.quiet),
        channels=set(carriers()),
        now=now(),
    )


def send_alerts() -> None:
    """Hand over the texts whose time has come."""
    send_waiting(carriers=carriers(), actor=machine(settings.NODE_NAME), clock=now)


def tell_equipment() -> None:
    """Tell each station what its kecamatan holds, when the register changed."""
    custody.publish_lists(now=now())


def instruct_newcomers() -> None:
    """Send what is in force to each kecamatan that has come to hold a device it is about."""
    duties.reach_newcomers(actor=machine(settings.NODE_NAME), now=now())


def keep_answers() -> None:
    """Read what the stations said since, so that nobody waits for it at a page."""
    answering.keep(as_of=now())
    obligations.count_open(now=now())
    days.catch_up()


def judge_arrived() -> None:
    """Look at what arrived: nothing that a station judged is believed."""
    judge_recording.judge_waiting(open_content=sync.opened_packet, actor=machine(settings.NODE_NAME), now=now)


def follow_national_road() -> None:
    """Send what waits and ask for news.

    Refuses: national.centre_away, national.receipt_invalid.
    """
    actor, road = machine(settings.NODE_NAME), gateway()
    follow_recording.send_waiting(gateway=road, open_content=sync.opened_packet, actor=actor, now=now)
    print_card.release_of_age(actor=actor, now=now())
    follow_recording.ask_for_news(gateway=road, actor=actor, now=now)


def ask_for_numbers() -> None:
    """Let applications go on whose numbers came, and ask the national centre for those that are awaited.

    Refuses: national.centre_away.
    """
    actor = machine(settings.NODE_NAME)
    approve_application.take_numbers(actor=actor, now=now())
    gather_numbers(gateway=gateway(), actor=actor, now=now)


def probe_national_centre() -> None:
    """Measure the way to the national centre; the reading is evidence for whose turn it is.

    Documents are signed here, so only recordings hang on this road.
    """
    try:
        latency_ms: int | None = gateway().ping_ms()
    except NationalCentreAway:
        latency_ms = None
    note_link(
        kecamatan="",
        path=Path.NATIONAL,
        serves=Serves.RECORD,
        is_up=latency_ms is not None,
        latency_ms=latency_ms,
        why="" if latency_ms is not None else Why.AWAY,
        seen_from=End.CENTRE,
        actor=machine(settings.NODE_NAME),
        now=now(),
    )
