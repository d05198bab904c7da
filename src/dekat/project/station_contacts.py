"""The centre's readings of its stations' lines: whom it hears, whom it does not, and what came."""

import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from dekat.accounts import queries as accounts
from dekat.accounts.actor import machine
from dekat.faces.wire.contacts import CONTACTS, Contacts, Heard
from dekat.readings.kinds import End, Path, Why
from dekat.readings.services import note_link

# A station asks for news every 25 s and greets each minute; three questions missed in a row are a silence.
SILENT_AFTER_S = 90.0


class StationContacts:
    """Keeps for each station whether it is heard; a silence is told when it begins, not each hour of the night."""

    def __init__(self, *, clock: Callable[[], datetime], contacts: Contacts = CONTACTS) -> None:
        self._clock, self._contacts = clock, contacts
        self._silent: set[str] = set()

    def note(self) -> None:
        """Keep a reading of each station that was ever heard by this process."""
        heard, now_s = self._contacts.take(), time.monotonic()
        for station in accounts.stations():
            if station.kecamatan and (of_it := heard.get(station.name)):
                self._note(station.name, station.kecamatan, of_it, now_s)

    def _note(self, node: str, kecamatan: str, heard: Heard, now_s: float) -> None:
        silent_s = now_s - heard.last_s
        is_up = silent_s < SILENT_AFTER_S
        if not is_up and node in self._silent:
            return
        (self._silent.discard if is_up else self._silent.add)(node)
        note_link(
            kecamatan=kecamatan,
            path=Path.CENTRE,
            is_up=is_up,
            latency_ms=None,
            seen_from=End.CENTRE,
            actor=machine(settings.NODE_NAME),
            now=self._clock(),
            why="" if is_up else Why.SILENT,
            moved=heard.moved,
            gap_s=max(heard.gap_s, 0 if is_up else int(silent_s)),
        )
