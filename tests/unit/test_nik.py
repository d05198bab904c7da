"""The two sixteen-digit numbers: what they may be, what they mean, what they hide."""

from datetime import date

import pytest

from dekat.kernel.errors import DekatError
from dekat.kernel.nik import Doubt, FamilyCardNo, Nik
from dekat.kernel.partial_date import PartialDate

TODAY = date(2021, 12, 31)


def code_of(function, *args):
    with pytest.raises(DekatError) as refused:
        function(*args)
    return refused.value.code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("351112410187000", "kernel.nik.not_sixteen_digits"),
        ("35111241018700031", "kernel.nik.not_sixteen_digits"),
        ("３５１１１２４１０１８７０００３", "kernel.nik.not_sixteen_digits"),
        ("", "kernel.nik.not_sixteen_digits"),
        ("3.51112410187E+15", "kernel.nik.spreadsheet_rounded"),
        ("3511124101870003.0", "kernel.nik.spreadsheet_rounded"),
        ("3511124101870000", "kernel.nik.serial_zero"),
        ("3511123201870003", "kernel.nik.date_impossible"),
        ("3511124001870003", "kernel.nik.date_impossible"),
        ("3511127201870003", "kernel.nik.date_impossible"),
        ("3511120001870003", "kernel.nik.date_impossible"),
        ("3511120113870003", "kernel.nik.date_impossible"),
        ("3511123104870003", "kernel.nik.date_impossible"),
        ("3511122902870003", "kernel.nik.date_impossible"),
    ],
)
def test_a_number_that_cannot_exist_is_refused(typed, code):
    assert code_of(Nik.parse, typed) == code


def test_spaces_and_dots_of_typing_are_dropped():
    assert Nik.parse(" 3511 1241 0187 0003 ").text == "3511124101870003"
    assert Nik.parse("351112.410187.0003").text == "3511124101870003"


def test_a_day_above_forty_is_a_woman():
    nik = Nik.parse("3511124101870003")

    assert nik.is_female
    assert nik.region == "35.11.12"
    assert nik.birth_days(today=TODAY) == (date(1987, 1, 1),)


def test_two_digits_of_a_year_are_two_years():
    assert Nik.parse("3511120101100001").birth_days(today=TODAY) == (date(1910, 1, 1), date(2010, 1, 1))


def test_the_leap_day_of_year_00_is_only_of_2000():
    assert Nik.parse("3511122902000001").birth_days(today=TODAY) == (date(2000, 2, 29),)


def test_a_disagreement_with_the_register_is_a_doubt_and_no_refusal():
    nik = Nik.parse("3511124101870003")

    assert nik.doubts(born_on=PartialDate(1987, 1, 1), is_female=True, today=TODAY) == ()
    assert nik.doubts(born_on=PartialDate(1987), is_female=True, today=TODAY) == ()
    assert nik.doubts(born_on=PartialDate(1988, 1, 1), is_female=False, today=TODAY) == (
        Doubt.SEX_DIFFERS,
        Doubt.BIRTH_DATE_DIFFERS,
    )


def test_a_family_number_has_no_female_day_and_is_no_nik():
    assert code_of(FamilyCardNo.parse, "3511124101870003") == "kernel.nik.date_impossible"
    assert FamilyCardNo.parse("3511120101150001").recording_days(today=TODAY) == (date(1915, 1, 1), date(2015, 1, 1))
    assert FamilyCardNo.parse("3511120101150001") != Nik.parse("3511120101150001")


def test_a_number_is_masked_wherever_it_is_printed():
    nik = Nik.parse("3511124101870003")

    assert f"{nik}" == nik.masked == "351112******0003"
    assert repr(nik) == "Nik(351112******0003)"
    assert str(FamilyCardNo.parse("3511120101150001")) == "351112******0001"


def test_sample_numbers_are_of_province_99():
    assert Nik.parse("9911124101870003").is_sample
    assert not Nik.parse("3511124101870003").is_sample


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1990-03-17", "1990-03-17"),
        ("17-03-1990", "1990-03-17"),
        ("17/3/1990", "1990-03-17"),
        ("00-00-1950", "1950-00-00"),
    ],
)
def test_days_are_read_in_both_orders(text, iso):
    assert PartialDate.parse(text).iso == iso


@pytest.mark.parametrize("text", ["", "1990", "31-02-1990", "17-00-1990", "1990-13-01", "00-00-0000"])
def test_a_day_outside_the_calendar_is_refused(text):
    assert code_of(PartialDate.parse, text) == "kernel.partial_date.impossible"


def test_nobody_comes_of_age_by_an_unknown_birthday():
    assert PartialDate(2004).age_on(date(2021, 12, 30)) == 16
    assert PartialDate(2004).age_on(date(2021, 12, 31)) == 17
    assert PartialDate(2004, 7).age_on(date(2021, 7, 31)) == 17
