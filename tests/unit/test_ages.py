"""From which day a person is recorded, and from which a card may be printed; the latest possible birthday counts."""

from dataclasses import replace
from datetime import date

import pytest

from dekat.enrolment.ages import TooYoung, card_from, check_age
from dekat.kernel.partial_date import PartialDate
from tests.make.recordings import biodata

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        ("2010-05-06", 17, date(2027, 5, 6)),
        ("2010-05-00", 17, date(2027, 5, 31)),
        ("2010-02-00", 17, date(2027, 3, 1)),
        ("2010-00-00", 17, date(2027, 12, 31)),
        ("2008-02-29", 17, date(2025, 3, 1)),
        ("2008-02-29", 16, date(2024, 2, 29)),
    ],
)
def test_a_birthday_is_the_first_day_on_which_the_age_is_certain(born, age, day):
    known = PartialDate.parse(born)

    assert known.birthday(age) == day
    assert known.age_on(day) == age
    assert known.age_on(date.fromordinal(day.toordinal() - 1)) == age - 1


def young(born_on: str, marital_status: str = "BELUM KAWIN"):
    return replace(biodata(born_on=born_on), marital_status=marital_status)


def test_who_is_not_yet_sixteen_is_told_from_which_day():
    with pytest.raises(TooYoung) as refused:
        check_age(young("2010-11-24"), on=TODAY)

    assert refused.value.facts == {"first_day": "24-11-2026"}


@pytest.mark.parametrize(
    "who",
    [
        young("2010-11-23"),
        young("2012-01-01", "KAWIN TERCATAT"),
        young("2012-01-01", "CERAI MATI"),
        young("1921-03-12"),
    ],
)
def test_sixteen_or_ever_married_is_recorded(who):
    check_age(who, on=TODAY)


def test_a_year_alone_counts_from_its_last_day():
    with pytest.raises(TooYoung):
        check_age(young("2010-00-00"), on=TODAY)


@pytest.mark.parametrize(
    ("born_on", "marital_status", "day"),
    [
        ("2010-01-05", "BELUM KAWIN", date(2027, 1, 5)),
        ("2010-00-00", "BELUM KAWIN", date(2027, 12, 31)),
        ("2009-11-23", "BELUM KAWIN", None),
        ("2010-01-05", "KAWIN", None),
    ],
)
def test_a_pemula_has_a_card_from_the_seventeenth_birthday(born_on, marital_status, day):
    assert card_from(born_on=born_on, marital_status=marital_status, on=TODAY) == day
