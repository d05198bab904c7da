"""The regency's calendar knows the nation's days off: public holidays and joint leave (cuti bersama)."""

from datetime import date

import pytest

from dekat.areas import working_calendar
from dekat.areas.working_calendar import indonesian_calendar, regency_calendar, use_calendar, use_declared_days

HOURS = dict.fromkeys(range(5), ("07:30", "15:30"))
CALENDAR = indonesian_calendar(zone="Asia/Jakarta", hours=HOURS, years=range(2021, 2027))


@pytest.mark.parametrize(
    "day",
    [
        date(2021, 5, 12),  # joint leave before Idul Fitri, the only one that was left in 2021
        date(2022, 4, 29),
        date(2023, 4, 21),
        date(2024, 4, 8),
        date(2025, 12, 26),
        date(2026, 3, 20),
        date(2026, 12, 24),
        date(2021, 8, 17),  # Independence Day
        date(2026, 3, 19),  # Nyepi
        date(2026, 8, 25),  # Maulid
    ],
)
def test_a_public_holiday_or_joint_leave_is_no_working_day(day):
    assert day.weekday() < 5
    assert not CALENDAR.is_working_day(day)


def test_the_days_beside_them_are():
    assert CALENDAR.is_working_day(date(2021, 5, 11))
    assert CALENDAR.is_working_day(date(2026, 3, 25))


@pytest.fixture
def wired():
    """The wiring of the tests, put back afterwards."""
    before = working_calendar._source
    yield
    working_calendar._source = before
    working_calendar._closed_on.cache_clear()


def test_every_clock_of_the_regency_reads_the_days_that_were_closed_by_decree(wired):
    use_calendar(lambda: CALENDAR)
    use_declared_days(lambda: frozenset({date(2026, 7, 9)}))
    assert not regency_calendar().is_working_day(date(2026, 7, 9))

    use_declared_days(frozenset)
    assert regency_calendar().is_working_day(date(2026, 7, 9))
