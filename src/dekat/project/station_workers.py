"""What a station does beside its pages: keep in step with the centre, print, measure its line."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from dekat.accounts.actor import machine
from dekat.adapters.centre_line.worker import LineState, LineStatus, SyncWorker
from dekat.faces.clock import now
from dekat.faces.ui import navigation
from dekat.faces.ui.words import duration
from dekat.flows import keep_appointment
from dekat.flows.self_test_devices import note_missed_tests
from dekat.printing.worker import PrintWorker
from dekat.project.repeat import every
from dekat.readings.kinds import End, Path
from dekat.readings.services import note_link, note_opened
from dekat.sync import ballast, second_copy
from dekat.sync import services as sync

PRINT_S = 1.0
PROBE_S = 15.0
APPOINTMENTS_S = 60.0
USB_S = 5.0
SELF_TEST_S = 3600.0
BALLAST_S = 600.0
REACHED = frozenset({LineState.UP, LineState.PORTAL, LineState.REFUSED})
_worker: SyncWorker | None = None


def start() -> None:
    """Start every worker of the station."""
    global _worker
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
        _worker = SyncWorker(centre_url=settings.ENV.centre_url, clock=now)
        navigation.use_line_state(line_in_words)
        _worker.start()
        every(PROBE_S, "line-readings", measure_line)


def status() -> LineStatus | None:
    """The line as the worker knows it; None before it started."""
    return _worker.status() if _worker else None


def measure_line() -> None:
    """Keep a reading of the line: evidence for whose turn it is."""
    found = status()
    if found is None or found.state in (LineState.NEVER_TRIED, LineState.LOCKED):
        return
    _note(Path.LOCAL, found.state in REACHED, found)
    if found.state in REACHED:
        _note(Path.CENTRE, found.is_up, found)


def free_missed_appointments() -> None:
    """Who did not come within half an hour gives the place back."""
    keep_appointment.note_missed(node=settings.NODE_NAME, now=now())


def note_missed_self_tests() -> None:
    """Tell the log which devices let their weekly test pass; it travels to the centre like everything else."""
    weekly = timedelta(days=settings.ENV.self_test_days)
    note_missed_tests(every=weekly, actor=machine(settings.NODE_NAME), now=now())


def line_in_words() -> navigation.LineState | None:
    """The line in one short sentence for the masthead."""
    found = status()
    if found is None or found.state == LineState.NEVER_TRIED:
        return None
    if found.is_up:
        return navigation.LineState("ok", "wifi", gettext("Tersambung ke Dispendukcapil"))
    words = {"since": duration(now() - found.since)}
    if found.state == LineState.PORTAL:
        text = gettext("Jaringan meminta masuk lewat halaman lain; tetap bisa bekerja")
    elif found.state == LineState.REFUSED:
        text = gettext("Dispendukcapil belum menerima komputer ini; tetap bisa bekerja")
    else:
        text = gettext("Jaringan putus %(since)s; tetap bisa bekerja") % words
    return navigation.LineState("warn", "wifi-off", text)


class KickAfterWrite:
    """What an officer just did leaves at once, not at the worker's next turn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _worker is not None:
            _worker.kick()
        return response


def _note(path: Path, is_up: bool, found: LineStatus) -> None:
    note_link(
        kecamatan=settings.ENV.kecamatan,
        path=path,
        is_up=is_up,
        latency_ms=found.latency_ms if is_up else None,
        seen_from=End.STATION,
        actor=machine(settings.NODE_NAME),
        now=now(),
    )
