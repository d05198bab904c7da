"""Periods: how addresses name them, where they begin and end."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dekat.reports.period import PeriodUnreadable, between, last_month, read_period

WIB = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("text", "first", "last", "before"),
    [
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026-11"),
        ("2026-01", date(2026, 1, 1), date(2026, 1, 31), "2025-12"),
        ("2026-K4", date(2026, 10, 1), date(2026, 12, 31), "2026-K3"),
        ("2026-K1", date(2026, 1, 1), date(2026, 3, 31), "2025-K4"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2025"),
        ("2026-02-03..2026-02-05", date(2026, 2, 3), date(2026, 2, 5), "2026-01-31..2026-02-02"),
    ],
)
def test_an_address_names_whole_days(text, first, last, before):
    found = read_period(text)

    assert (found.first, found.last, found.key, found.before.key) == (first, last, text, before)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-K5", "kemarin", "2026-02-30..2026-03-01", "2026-03-02..2026-03-01"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(PeriodUnreadable):
        read_period(text)


def test_a_running_month_is_told_up_to_now():
    now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    assert read_period("2026-11").as_of(now, WIB) == now
    assert read_period("2026-10").as_of(now, WIB) == datetime(2026, 11, 1, tzinfo=WIB)
    assert last_month(date(2026, 11, 23)).key == "2026-10"


def test_a_chosen_span_touches_its_months():
    assert [month.key for month in between(date(2026, 11, 20), date(2027, 1, 2)).months()] == [
        "2026-11", "2026-12", "2027-01",
    ]  # fmt: skip
