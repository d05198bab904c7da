"""The numbers of the simulated national centre: province 99, each given once, serials by day and place."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from dekat.adapters.national.client import NUMBER_CONTEXT, number_text
from dekat.kernel.clock import iso
from dekat.kernel.nik import SAMPLE_PROVINCE
from dekat.kernel.partial_date import PartialDate
from dekat.kernel.signing import SigningKey
from dekat.national.statuses import NumberKind

# The people of the sample regency have lower serials (`registry.sample`).
_FIRST_SERIAL = 5001
_FEMALE_OFFSET = 40
_TABLE = """CREATE TABLE IF NOT EXISTS number (
    reference TEXT PRIMARY KEY, kind TEXT, stem TEXT, asked_at TEXT, number TEXT UNIQUE, given_at TEXT)"""


class SimulatedNumbers:
    """Its memory; the caller holds a lock around every call."""

    def __init__(self, db: sqlite3.Connection, key: SigningKey, pace_s: Callable[[], float]) -> None:
        self._db, self._key, self._pace_s = db, key, pace_s
        db.execute(_TABLE)

    def ask(self, reference: UUID, kind: str, facts: Mapping[str, str]) -> bool:
        """Hold a question once; False when its facts give no number."""
        try:
            stem = _stem(NumberKind(kind), facts)
        except (KeyError, ValueError, AttributeError):
            return False
        with self._db:
            held = (str(reference), kind, stem, datetime.now(UTC).isoformat())
            self._db.execute("INSERT OR IGNORE INTO number VALUES (?, ?, ?, ?, NULL, NULL)", held)
        return True

    def told(self, reference: UUID) -> dict[str, object]:
        """What the centre says of a question by now; it gives the number when its time has come."""
        row = self._row(reference)
        if row is None:
            return {"is_known": False}
        kind, stem, asked_at, number, given_at = row
        if number is None:
            if (datetime.now(UTC) - datetime.fromisoformat(str(asked_at))).total_seconds() < self._pace_s():
                return {"is_known": True, "number": None}
            number, given_at = self._give(reference, str(stem))
        text = number_text(reference=reference, kind=str(kind), number=number, given_at=str(given_at))
        signature = self._key.sign(context=NUMBER_CONTEXT, message=text).hex()
        return {"is_known": True, "number": number, "given_at": given_at, "signature": signature}

    def count(self) -> int:
        """How many questions the centre holds."""
        return int(self._db.execute("SELECT count(*) FROM number").fetchone()[0])

    def _row(self, reference: UUID) -> tuple[str, str, str, str | None, str | None] | None:
        asked = "SELECT kind, stem, asked_at, number, given_at FROM number WHERE reference = ?"
        found = self._db.execute(asked, (str(reference),)).fetchone()
        return tuple(found) if found else None

    def _give(self, reference: UUID, stem: str) -> tuple[str, str]:
        with self._db:
            given = "SELECT count(*) FROM number WHERE stem = ? AND number IS NOT NULL"
            serial = _FIRST_SERIAL + int(self._db.execute(given, (stem,)).fetchone()[0])
            number, at = f"{stem}{serial:04d}", iso(datetime.now(UTC))
            write = "UPDATE number SET number = ?, given_at = ? WHERE reference = ?"
            self._db.execute(write, (number, at, str(reference)))
        return number, at


def _stem(kind: NumberKind, facts: Mapping[str, str]) -> str:
    """The twelve digits before the serial; what is unknown of a day counts as the first."""
    is_person = kind is NumberKind.NIK
    day = PartialDate.parse(facts["born_on" if is_person else "recorded_on"])
    offset = _FEMALE_OFFSET if is_person and facts["sex"] == "FEMALE" else 0
    _, regency, kecamatan = facts["kecamatan"].split(".")
    region = f"{SAMPLE_PROVINCE}{int(regency):02d}{int(kecamatan):02d}"
    return f"{region}{(day.day or 1) + offset:02d}{day.month or 1:02d}{day.year % 100:02d}"
