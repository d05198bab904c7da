"""Laws of working time, for any instant."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dekat.areas.working_calendar import indonesian_calendar
from dekat.kernel.working_time import add_working_minutes, working_minutes_between

HOURS = dict.fromkeys(range(4), ("07:30", "15:30")) | {4: ("07:30", "14:30")}
CALENDAR = indonesian_calendar(zone="Asia/Jakarta", hours=HOURS, closures=["2026-11-25"], years=range(2026, 2029))
instants = st.integers(min_value=0, max_value=60 * 24 * 700).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
minutes = st.integers(min_value=0, max_value=6000)


@given(instants, minutes)
def test_minutes_added_are_minutes_counted(start, count):
    assert working_minutes_between(start, add_working_minutes(start, count, CALENDAR), CALENDAR) == count


@given(instants, minutes, minutes)
def test_adding_in_two_pieces_is_adding_at_once(start, first, second):
    at_once = add_working_minutes(start, first + second, CALENDAR)
    in_pieces = add_working_minutes(add_working_minutes(start, first, CALENDAR), second, CALENDAR)

    # Closing time and the next opening are the same working instant.
    assert working_minutes_between(at_once, in_pieces, CALENDAR) == 0


@given(instants, instants, instants)
def test_counting_adds_up(a, b, c):
    a, b, c = sorted((a, b, c))

    parts = working_minutes_between(a, b, CALENDAR) + working_minutes_between(b, c, CALENDAR)

    assert parts == working_minutes_between(a, c, CALENDAR)


@given(instants)
@settings(max_examples=50)
def test_a_deadline_is_never_outside_office_hours(start):
    due = add_working_minutes(start, 30, CALENDAR)

    assert CALENDAR.is_open(due - timedelta(minutes=1))


def test_friday_afternoon_continues_on_monday():
    friday = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)  # 14.00 WIB

    assert add_working_minutes(friday, 60, CALENDAR) == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_holidays_and_closures_do_not_count():
    assert not CALENDAR.is_working_day(date(2026, 8, 17))
    assert not CALENDAR.is_working_day(date(2026, 11, 25))
    assert (
        working_minutes_between(datetime(2026, 11, 25, tzinfo=UTC), datetime(2026, 11, 25, 23, tzinfo=UTC), CALENDAR)
        == 0
    )


def test_an_end_before_the_start_counts_nothing():
    later = datetime(2026, 11, 23, 3, tzinfo=UTC)

    assert working_minutes_between(later, later - timedelta(hours=1), CALENDAR) == 0
