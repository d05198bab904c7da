"""This machine's clock, given to the domain by faces and workers; the sample regency can move it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate


def now() -> datetime:
    """The present instant, UTC. Only where `DEKAT_CLOCK_FILE` names a file is it moved by the seconds in it."""
    shift = 0
    if settings.ENV.clock_file and settings.ENV.is_sample:
        try:
            shift = int(Path(settings.ENV.clock_file).read_text())
        except (OSError, ValueError):
            shift = 0
    return datetime.now(UTC) + timedelta(seconds=shift)


def today(at: datetime) -> date:
    """The day of an instant in the regency's zone."""
    return localdate(at)
