"""What a line carried, and what it may still carry today."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dekat.adapters.centre_line.budget import Budget
from dekat.adapters.centre_line.meter import Meter
from dekat.readings.moved import Moved

WIB = ZoneInfo("Asia/Jakarta")


def test_only_the_time_in_which_something_moved_counts():
    meter = Meter()
    for now_s, sent in ((0, 0), (1, 16_000), (2, 32_000), (3, 32_000), (600, 32_000), (601, 48_000)):
        meter.look(sent_bytes=sent, received_bytes=0, resent_count=sent // 16_000, now_s=now_s)

    assert meter.up_bytes_s == 16_000
    assert meter.take() == Moved(48_000, 3000, 0, 0, 3)
    assert meter.take() == Moved()


@pytest.mark.row(37)
def test_a_day_s_bytes_end_at_midnight_of_the_regency():
    at = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # 23.30 WIB
    asked = []

    def spent(since):
        asked.append(since)
        return 50_000_000

    budget = Budget(50_000_000, WIB, lambda: at, spent)

    assert not budget.may_spend()
    assert budget.paused_until() == datetime(2026, 11, 24, 0, 0, tzinfo=WIB)
    assert set(asked) == {datetime(2026, 11, 23, 0, 0, tzinfo=WIB)}
    assert Budget(50_000_001, WIB, lambda: at, spent).may_spend()
    assert Budget(0, WIB, lambda: at, spent).may_spend()
