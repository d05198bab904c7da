"""Instants: always aware, always stored in UTC."""

from datetime import UTC, datetime

from dekat.kernel.errors import DekatError


class NaiveInstant(DekatError):
    """An instant came without its zone, so nobody can say when it was."""

    code = "kernel.clock.naive_instant"


def as_utc(instant: datetime) -> datetime:
    """Give the same instant in UTC.

    Refuses: kernel.clock.naive_instant.
    """
    if instant.tzinfo is None:
        raise NaiveInstant
    return instant.astimezone(UTC)


def iso(instant: datetime) -> str:
    """Write an instant for events and messages: UTC, microseconds, `Z`."""
    return as_utc(instant).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """Read what `iso` wrote (any aware ISO 8601 text).

    Refuses: kernel.clock.naive_instant, ValueError.
    """
    try:
        return as_utc(datetime.fromisoformat(text))
    except OverflowError as error:
        # The first and the last day of the calendar, seen from another zone.
        raise ValueError(text) from error
