"""What a station does beside its pages: keep in step with the centre, print, measure its line."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dekat.accounts.actor import machine
from dekat.adapters.centre_line.budget import Budget
from dekat.adapters.centre_line.status import LineStatus
from dekat.adapters.centre_line.worker import SyncWorker
from dekat.faces.clock import now
from dekat.faces.station.line_words import line_words
from dekat.faces.ui import navigation
from dekat.flows import keep_appointment
from dekat.flows.self_test_devices import note_missed_tests
from dekat.printing.worker import PrintWorker
from dekat.project.line_readings import LineReadings
from dekat.project.repeat import every
from dekat.readings.links import moved_bytes
from dekat.readings.moved import NOTHING
from dekat.readings.services import note_opened
from dekat.sync import ballast, queries, second_copy
from dekat.sync import services as sync

PRINT_S = 1.0
PROBE_S = 15.0
APPOINTMENTS_S = 60.0
USB_S = 5.0
SELF_TEST_S = 3600.0
BALLAST_S = 600.0
LOOK_S = 1.0
MB = 1_000_000
_worker: SyncWorker | None = None
_budget: Budget | None = None


def start() -> None:
    """Start every worker of the station."""
    global _worker, _budget
    sync.reconcile(now=now())
    note_opened(kecamatan=settings.ENV.kecamatan, actor=machine(settings.NODE_NAME), now=now())
    every(BALLAST_S, "ballast", ballast.hold)
    printing = PrintWorker(clock=now)
    every(SELF_TEST_S, "self-tests", note_missed_self_tests)
    if settings.ENV.printer_url:
        every(PRINT_S, "printing", printing.run_once)
    every(APPOINTMENTS_S, "appointments", free_missed_appointments)
    if settings.ENV.usb_folders:
        every(USB_S, "second-copy", lambda: second_copy.round_once(settings.ENV.usb_folders, now=now()))
    if settings.ENV.centre_url:
        _budget = Budget(settings.ENV.line_budget_mb * MB, ZoneInfo(settings.TIME_ZONE), now, spent_since)
        _worker = SyncWorker(
            centre_url=settings.ENV.centre_url,
            clock=now,
            ca_file=settings.ENV.centre_ca,
            may_spend=_budget.may_spend,
            proxy_url=settings.ENV.proxy_url,
            way_file=settings.ENV.data_dir / "way.json",
        )
        navigation.use_line_state(line_in_words)
        _worker.start()
        every(LOOK_S, "line-meter", _worker.look)
        every(PROBE_S, "line-readings", LineReadings(_worker, clock=now).note)


def status() -> LineStatus | None:
    """The line as the worker knows it; None before it started."""
    return _worker.status() if _worker else None


def spent_since(midnight: datetime) -> int:
    """What the line carried since then, as its readings say, with what moved since the last of them."""
    noted = moved_bytes(kecamatan=settings.ENV.kecamatan, since=midnight, until=midnight + timedelta(days=1))
    pending = _worker.moved_since_taken if _worker else NOTHING
    return noted + pending.up_bytes + pending.down_bytes


def free_missed_appointments() -> None:
    """Who did not come within half an hour gives the place back."""
    keep_appointment.note_missed(node=settings.NODE_NAME, now=now())


def note_missed_self_tests() -> None:
    """Tell the log which devices let their weekly test pass; it travels to the centre like everything else."""
    weekly = timedelta(days=settings.ENV.self_test_days)
    note_missed_tests(every=weekly, actor=machine(settings.NODE_NAME), now=now())


def line_in_words() -> navigation.LineState | None:
    """The line in one plain sentence, for every page of this station."""
    found = status()
    if found is None:
        return None
    paused_until = _budget.paused_until() if _budget else None
    return line_words(found, queries.outbox_summary(), paused_until=paused_until, now=now())


class KickAfterWrite:
    """What an officer just did leaves at once, not at the worker's next turn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _worker is not None:
            _worker.kick()
        return response
