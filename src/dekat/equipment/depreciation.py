"""What a device is still worth in the books: straight line, in the steps of the regency's policy. Pure."""

from dataclasses import dataclass
from datetime import date

from dekat.equipment.policy import UsefulLife
from dekat.kernel.rupiah import Rupiah


@dataclass(frozen=True)
class BookValue:
    """The worth of a device on a day; `lost` and `left` add up to its price."""

    lost: Rupiah
    left: Rupiah
    begins_on: date
    ends_on: date
    per_year: Rupiah
    life: UsefulLife


def book_value(*, price: Rupiah, begins_on: date, as_of: date, life: UsefulLife) -> BookValue:
    """The book value at the end of a day.

    Facts: the loss begins the day after the supplier's BAST; a year of days has 365, as the idle days count them.
    """
    whole = {"DAY": 365, "MONTH": 12, "YEAR": 1}[life.period] * life.years
    gone = min(max(_elapsed(begins_on, as_of, life.period), 0), whole)
    lost = price.share(gone, whole)
    return BookValue(
        lost=lost,
        left=price - lost,
        begins_on=begins_on,
        ends_on=_after(begins_on, life),
        per_year=price.share(1, life.years),
        life=life,
    )


def _elapsed(begins_on: date, as_of: date, period: str) -> int:
    if period == "DAY":
        return (as_of - begins_on).days
    months = (as_of.year - begins_on.year) * 12 + as_of.month - begins_on.month - (as_of.day < begins_on.day)
    return months if period == "MONTH" else months // 12


def _after(begins_on: date, life: UsefulLife) -> date:
    if life.period == "DAY":
        return date.fromordinal(begins_on.toordinal() + 365 * life.years)
    try:
        return begins_on.replace(year=begins_on.year + life.years)
    except ValueError:  # 29 February
        return date(begins_on.year + life.years, 3, 1)
