"""The closed lists of readings."""

import re
from enum import StrEnum


class Use(StrEnum):
    """What a device did."""

    CAPTURE = "CAPTURE"
    PRINT = "PRINT"


class Path(StrEnum):
    """Which line was probed: out of the kecamatan, to the regency's centre, to the national centre."""

    LOCAL = "LOCAL"
    CENTRE = "CENTRE"
    NATIONAL = "NATIONAL"


class End(StrEnum):
    """From which end it was probed."""

    STATION = "STATION"
    CENTRE = "CENTRE"


class Serves(StrEnum):
    """What hangs on a line that is not everybody's: the road of recordings, or that of documents to print."""

    RECORD = "RECORD"
    PRINT = "PRINT"


class Why(StrEnum):
    """What a probe without an answer of the centre met instead.

    NO_ROUTE and SILENT: this machine has no way out, or nobody out there answers. PORTAL and INTERCEPTED: somebody
    else answers in the centre's place. PROXY: the office's proxy lets nothing through. AWAY: the way is fine and no
    centre answers. REFUSED: the centre said no.
    """

    NO_ROUTE = "NO_ROUTE"
    SILENT = "SILENT"
    PORTAL = "PORTAL"
    INTERCEPTED = "INTERCEPTED"
    PROXY = "PROXY"
    AWAY = "AWAY"
    REFUSED = "REFUSED"


class SelfTestResult(StrEnum):
    """How a self-test ended: WEAK means that the device answered, but with pictures below what was asked."""

    PASSED = "PASSED"
    WEAK = "WEAK"
    FAILED = "FAILED"


USED = "readings.device.used"
SELF_TESTED = "readings.device.self_tested"
TEST_MISSED = "readings.device.test_missed"
PROBED = "readings.link.probed"
OPENED = "readings.station.opened"
CLOCK_JUMPED = "readings.clock.jumped"
REGENCY = "regency"


_ODD_LETTERS = re.compile(r"[^A-Za-z0-9._/-]")


def device(serial: str) -> str:
    """The subject of a reading about a device; letters that no serial number should have become hyphens."""
    return f"device:{_ODD_LETTERS.sub('-', serial)[:60]}"


def place(kecamatan: str) -> str:
    """The subject of a reading about a kecamatan, or about the whole regency when empty."""
    return f"kecamatan:{kecamatan}" if kecamatan else REGENCY
