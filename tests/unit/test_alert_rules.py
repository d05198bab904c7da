"""When somebody is told: quiet hours, the morning's digest, the waits between tries."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest

from dekat.alerts import rules
from dekat.alerts.rules import Quiet
from tests.make.evidence import CALENDAR

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday 09.00 WIB
NIGHT = Quiet(time(20), time(6))


def at(hour, minute=0):
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("hour", "is_quiet"), [(20, True), (23, True), (5, True), (6, False), (12, False), (19, False)]
)
def test_quiet_hours_pass_midnight(hour, is_quiet):
    assert NIGHT.holds(at(hour), CALENDAR.zone) is is_quiet


def test_quiet_hours_at_noon_and_none_at_all():
    assert Quiet(time(12), time(13)).holds(at(12, 30), CALENDAR.zone)
    assert not Quiet(time(12), time(12)).holds(at(12), CALENDAR.zone)


def test_the_waits_double_to_an_hour_and_then_a_text_is_given_up():
    one = UUID(int=1)

    waits = [rules.retry_at(dispatch_id=one, attempts=n, now=NOW) for n in range(1, rules.MOST_ATTEMPTS)]

    for place, found in enumerate(waits):
        wait = min(timedelta(hours=1), timedelta(minutes=1) * 2**place)
        assert 0.8 * wait <= found - NOW <= 1.2 * wait
    assert rules.retry_at(dispatch_id=one, attempts=rules.MOST_ATTEMPTS, now=NOW) is None


def test_texts_that_failed_together_do_not_come_back_together():
    found = {rules.retry_at(dispatch_id=UUID(int=n), attempts=3, now=NOW) for n in range(20)}

    assert len(found) > 10


def test_a_digest_goes_out_once_on_a_working_morning():
    opening = at(7, 30)

    assert not rules.is_digest_due(now=at(7), last_at=None, calendar=CALENDAR)
    assert rules.is_digest_due(now=at(8), last_at=opening - timedelta(days=1), calendar=CALENDAR)
    assert not rules.is_digest_due(now=at(9), last_at=at(8), calendar=CALENDAR)
    assert not rules.is_digest_due(now=at(9) - timedelta(days=1), last_at=None, calendar=CALENDAR)
