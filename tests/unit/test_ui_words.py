"""Values are written as Indonesian readers write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dekat.faces.ui import words
from dekat.kernel.rupiah import Rupiah

MONDAY = datetime(2026, 11, 23, 2, 12, tzinfo=UTC)


def test_a_date_has_two_digits_and_the_month_in_full():
    assert words.long_date(date(2021, 2, 5)) == "05 Februari 2021"


def test_an_instant_is_read_in_the_regency_zone():
    late = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)

    assert words.weekday_date(late) == "Senin, 23 November 2026"
    assert words.date_and_time(MONDAY) == "23 November 2026 pukul 09.12 WIB"


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(days=2, hours=4, minutes=50), "2 hari 4 jam"),
        (timedelta(days=3), "3 hari"),
        (timedelta(hours=1, minutes=5), "1 jam 5 menit"),
        (timedelta(seconds=30), "kurang dari 1 menit"),
        (61, "61 hari"),
        (0, "0 hari"),
    ],
)
def test_a_duration_shows_its_two_largest_parts(span, text):
    assert words.duration(span) == text


def test_what_is_past_and_what_is_to_come_differ():
    assert words.since(MONDAY - timedelta(hours=3), now=MONDAY) == "3 jam lalu"
    assert words.since(MONDAY + timedelta(days=1), now=MONDAY) == "dalam 1 hari"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (612_000_000, "Rp 612 juta"),
        (1_710_000_000, "Rp 1,71 miliar"),
        (67_000, "Rp 67.000"),
        (100_000_000, "Rp 100 juta"),
    ],
)
def test_headline_money_is_short(amount, text):
    assert words.short_money(Rupiah.of(amount)) == text


def test_a_masked_nik_shows_only_its_ends():
    assert words.masked_nik("9911120808090003") == "9911 ···· ···· 0003"
    assert words.masked_nik("broken") == "····"


@pytest.mark.parametrize(
    ("name", "text"), [("Rina Hidayati", "RH"), ("Suryadi", "S"), ("Moh. Ridwan Adi", "MA"), ("", "")]
)
def test_initials_are_the_first_and_the_last(name, text):
    assert words.initials(name) == text
