"""Figures against histories small enough to count by hand."""

from datetime import date, timedelta

from dekat.areas.distances import metres_between, nearest, trip_metres
from dekat.kernel.rupiah import Rupiah
from dekat.readings.queries import UseDay
from dekat.reports.losses import by_party, device_cost
from dekat.reports.served import Served, Service, count
from dekat.reports.trips import avoided
from dekat.reports.whereabouts import Whereabouts
from tests.make.evidence import CALENDAR, START, History

DAY = date(2026, 3, 10)


def test_a_use_counts_where_the_device_stood_that_day():
    places = Whereabouts({"REK-1": [(date(2026, 3, 1), "35.11.12"), (date(2026, 3, 11), "35.11.15")]})
    days = [
        UseDay("REK-1", DAY, "CAPTURE", 4),
        UseDay("REK-1", DAY + timedelta(days=1), "CAPTURE", 2),
        UseDay("REK-1", DAY, "PRINT", 9),
        UseDay("SCANNER-7", DAY, "CAPTURE", 5),
        UseDay("KKP-1", DAY, "PRINT", 3),
    ]

    found = count(days, {"REK-1": "RECORDER", "KKP-1": "KK_PRINTER"}, places)

    assert found == {(Service.RECORDED, "35.11.12", DAY): 4, (Service.RECORDED, "35.11.15", date(2026, 3, 11)): 2}


def test_trips_avoided_are_services_times_the_way_there_and_back():
    found = Served({
        (Service.RECORDED, "35.11.12", DAY): 4,
        (Service.PRINTED, "35.11.12", DAY): 3,
        (Service.CARD_COLLECTED, "35.11.12", DAY): 2,
        (Service.RECORDED, "35.11.11", DAY): 50,
    })  # fmt: skip

    [wringin] = avoided(found, ["35.11.11", "35.11.12"])

    assert (wringin.trips, wringin.round_trip_m) == (9, trip_metres("35.11.12"))
    assert wringin.metres == 9 * 2 * metres_between("35.11.12", "35.11.11")


def test_the_way_from_wringin_is_the_line_between_the_middles():
    # One degree of latitude is 111.2 km: 0.1 degrees north, 0.045 degrees west at 7.9 degrees south.
    assert abs(metres_between("35.11.12", "35.11.11") - 12_170) < 60
    assert "35.11.13" in nearest("35.11.12", count=4)


def test_days_and_money_of_a_period_add_up_by_party():
    history = History()
    history.bought(0, price=1_825_000)
    history.delivered(0)
    answer = history.answer(10)

    cost = device_cost(answer, START + timedelta(days=4), CALENDAR.zone)

    # A thousand rupiah a day; the fourth day to the ninth, all idle, all in the registry office's hands.
    assert (cost.idle_days, cost.lost, cost.worn) == (6, Rupiah.of(6000), Rupiah.of(6000))
    assert [(one.party, one.days, one.lost) for one in by_party([cost])] == [("DISPENDUKCAPIL", 6, Rupiah.of(6000))]


def test_a_use_costs_its_share_of_wear_and_upkeep():
    history = History()
    history.bought(0, price=1_825_000)
    history.delivered(0)

    cost = device_cost(history.answer(10), START + timedelta(days=4), CALENDAR.zone, 4, Rupiah.of(2000))

    assert cost.per_use == Rupiah.of(2000)
    assert device_cost(history.answer(10), START, CALENDAR.zone).per_use is None
