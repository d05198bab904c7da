"""Book values: straight line, exact, and by the policy in force on the day asked about."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dekat.equipment.depreciation import book_value
from dekat.equipment.policy import PERIODS, PolicyWrong, UsefulLife, read_policy
from dekat.kernel.rupiah import Rupiah

BEGINS = date(2024, 3, 1)


def life(years=5, period="DAY"):
    return UsefulLife(date(2019, 1, 1), ("RECORDER",), years, period, "contoh")


def value(as_of, price=609_000_000, **more):
    return book_value(price=Rupiah.of(price), begins_on=BEGINS, as_of=as_of, life=life(**more))


def test_eight_years_of_609_million_lose_76_125_000_a_year():
    found = value(date(2025, 3, 1), years=8, period="YEAR")

    assert found.per_year == found.lost == Rupiah.of(76_125_000)


@pytest.mark.parametrize(
    ("period", "as_of", "lost"),
    [
        ("MONTH", date(2024, 4, 30), 10_150_000),
        ("YEAR", date(2025, 2, 28), 0),
        ("DAY", BEGINS + timedelta(73), 24_360_000),
    ],
)
def test_only_whole_periods_count(period, as_of, lost):
    assert value(as_of, period=period).lost == Rupiah.of(lost)


@settings(deadline=None)
@given(st.integers(0, 10**12), st.integers(-100, 9000), st.sampled_from(PERIODS), st.integers(1, 20))
def test_lost_and_left_add_up_and_never_leave_the_price(price, days, period, years):
    found = value(BEGINS + timedelta(days), price=price, years=years, period=period)
    later = value(BEGINS + timedelta(days + 40), price=price, years=years, period=period)

    assert found.lost + found.left == Rupiah.of(price)
    assert Rupiah(0) <= found.lost <= later.lost <= Rupiah.of(price)
    assert value(found.ends_on, price=price, years=years, period=period).left == Rupiah(0)


def test_a_newer_policy_changes_no_answer_of_an_earlier_day(tmp_path):
    lives = [
        {"valid_from": day, "kinds": ["RECORDER"], "years": years, "period": "DAY", "source": "Perbup contoh"}
        for day, years in (("2019-01-01", 5), ("2026-01-01", 4))
    ]
    file = tmp_path / "policy.json"
    file.write_text(json.dumps({"useful_lives": lives}))

    policy = read_policy(file)

    assert policy.life("RECORDER", on=date(2025, 12, 31)).years == 5
    assert policy.life("RECORDER", on=date(2026, 1, 1)).years == 4
    assert policy.asset_codes


@pytest.mark.parametrize("text", ["[]", "{", '{"useful_lives": [{}]}', '{"more": 1}'])
def test_a_policy_that_is_none_stops_the_start(tmp_path, text):
    file = tmp_path / "policy.json"
    file.write_text(text)

    with pytest.raises(PolicyWrong):
        read_policy(file)
