"""Small counts stay closed, and nobody finds them again by subtracting."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from dekat.reports.open_counts import ALL_SERVICES, EVERYWHERE, OUTSIDE_TOWN, closed
from dekat.reports.period import read_period
from dekat.reports.served import Service
from dekat.reports.small_cells import LEAST, Sum, closed_cells

TOTAL = Sum("total", ("a", "b", "c"))


def test_nothing_is_closed_when_every_count_is_large():
    assert closed_cells({"a": 5, "b": 9, "c": 0, "total": 14}, [TOTAL]) == frozenset()


def test_one_small_count_takes_the_next_smallest_with_it():
    assert closed_cells({"a": 2, "b": 9, "c": 40, "total": 51}, [TOTAL]) == {"a", "b"}


def test_two_small_counts_that_are_few_together_take_a_third():
    assert closed_cells({"a": 1, "b": 2, "c": 40, "total": 43}, [TOTAL]) == {"a", "b", "c"}


def test_with_zeros_beside_it_the_total_is_closed_too():
    assert closed_cells({"a": 3, "b": 0, "c": 0, "total": 3}, [TOTAL]) == {"a", "total"}


def test_over_time_the_total_is_closed_and_no_month_that_was_published():
    found = closed_cells({"a": 9, "b": 3, "c": 9, "total": 21}, [Sum("total", ("a", "b", "c"), is_total_first=True)])

    assert found == {"b", "total"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=3, max_size=5))
def test_no_closed_count_follows_from_the_published_ones(rows):
    values, sums = _grid(rows)

    hidden = closed_cells(values, sums)

    assert all(key in hidden for key, value in values.items() if 0 < value < LEAST)
    assert not _determined(values, sums, hidden)


def test_a_year_of_a_regency_closes_what_its_quarter_would_tell():
    places = ["35.11.01", "35.11.02", "35.11.11", "35.11.12"]
    counts = {(Service.RECORDED, place, date(2026, month, 1)): 20 for place in places for month in range(1, 13)}
    counts[Service.RECORDED, "35.11.12", date(2026, 5, 1)] = 3

    hidden = closed(counts, places=places, year=read_period("2026"))

    assert ("RECORDED", "35.11.12", "2026-05") in hidden
    assert ("RECORDED", "35.11.12", "2026-K2") in hidden
    assert ("RECORDED", "35.11.12", "2026-04") not in hidden
    assert ("RECORDED", EVERYWHERE, "2026-05") not in hidden
    assert (ALL_SERVICES, "35.11.12", "2026-05") in hidden
    assert len([key for key in hidden if key[1] not in (EVERYWHERE, OUTSIDE_TOWN, "35.11.12")]) > 0


def _grid(rows):
    width = len(rows[0])
    values = {(r, c): rows[r][c] for r in range(len(rows)) for c in range(width)}
    sums = [Sum((r, "sum"), tuple((r, c) for c in range(width))) for r in range(len(rows))]
    sums += [Sum(("sum", c), tuple((r, c) for r in range(len(rows)))) for c in [*range(width), "sum"]]
    for one in sums:
        values[one.total] = sum(values[part] for part in one.parts)
    return values, sums


def _determined(values, sums, hidden):
    """The hidden keys that linear algebra fixes: those whose column is a pivot without free columns in its row."""
    keys = sorted(hidden, key=str)
    rows = []
    for one in sums:
        signs = {one.total: Fraction(-1)}
        for part in one.parts:
            signs[part] = signs.get(part, Fraction(0)) + 1
        row = [signs.get(key, Fraction(0)) for key in keys]
        if any(row):
            rows.append(row)
    reduced = _reduce(rows, len(keys))
    return [keys[next(i for i, x in enumerate(row) if x)] for row in reduced if sum(1 for x in row if x) == 1]


def _reduce(rows, width):
    place = 0
    for column in range(width):
        pivot = next((r for r in range(place, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [x / rows[place][column] for x in rows[place]]
        for r in range(len(rows)):
            if r != place and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[place], strict=True)]
        place += 1
    return [row for row in rows if any(row)]
