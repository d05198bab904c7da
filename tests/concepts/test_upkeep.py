"""Maintenance, warranty, condition and shelves: what is due, what it cost, how long it lasts, and what nobody knows."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from dekat.duties.evidence import faults_of
from dekat.equipment import care, consumables, photos, services, upkeep
from dekat.equipment.kinds import Condition, Consumable, DeviceKind, FaultKind
from dekat.kernel.rupiah import Rupiah
from dekat.ledger import queries as ledger
from dekat.ledger.services import as_message
from dekat.readings import services as readings
from dekat.reports.upkeep import upkeep_desk
from tests.make import goods
from tests.make.accounts import HEAD, OPERATOR

pytestmark = pytest.mark.django_db
HERE = OPERATOR.kecamatan
TODAY = date(2026, 11, 23)


@pytest.fixture
def printer(identity, now):
    """A printing set in the hands of a kecamatan."""
    goods.buy(["KK-1"], now - timedelta(days=90), to=HERE, kind=DeviceKind.KK_PRINTER)
    return "KK-1"


def plan(serial, now, due_on, work_id=None):
    upkeep.plan_work(
        work_id=work_id or uuid4(), serial=serial, what="Bersihkan", due_on=due_on, actor=HEAD, now=now
    )  # fmt: skip


def test_what_is_overdue_comes_first(printer, now):
    goods.buy(["R-1"], now, number="K-2")
    plan("R-1", now, TODAY + timedelta(days=9))
    plan(printer, now, TODAY - timedelta(days=1))

    desk = upkeep_desk(now=now, today=TODAY)

    assert [(line.held.serial, line.is_overdue) for line in desk.lines] == [("KK-1", True), ("R-1", False)]
    assert desk.overdue == 1


def test_what_was_done_ends_its_plan_and_adds_to_the_cost(printer, now):
    work_id = uuid4()
    plan(printer, now, TODAY - timedelta(days=1), work_id)
    fault = uuid4()
    services.report_fault(
        serial=printer, fault_id=fault, kind=FaultKind.HARDWARE, is_under_warranty=False, actor=OPERATOR, now=now
    )
    for work, cost in ((work_id, 100_000), (uuid4(), 250_000)):
        done = upkeep.Done("Fuser", TODAY, Rupiah.of(cost), "CV Servis", is_under_warranty=False, fault=str(fault))
        upkeep.note_done(work_id=work, serial=printer, done=done, actor=HEAD, now=now)

    works = care.works(serial=printer)

    assert [work.done_on for work in works] == [TODAY, TODAY]
    assert care.repair_cost(works) == Rupiah.of(350_000)
    assert upkeep_desk(now=now, today=TODAY).overdue == 0
    assert [one.id for one in care.open_faults(printer)] == [str(fault)]


def test_a_warranty_is_known_from_a_paper_or_not_at_all(printer, now):
    assert upkeep_desk(now=now, today=TODAY).lines[0].warranty is None

    for until_on in (TODAY - timedelta(days=1), TODAY):
        upkeep.record_warranty(
            event_id=uuid4(), serial=printer, until_on=until_on, source="Kontrak pasal 9", actor=HEAD, now=now
        )

    [line] = upkeep_desk(now=now, today=TODAY).lines
    assert (line.is_under_warranty, line.warranty.source) == (True, "Kontrak pasal 9")


def test_damage_is_shown(printer, now):
    about = {"serial": printer, "actor": OPERATOR, "now": now}
    with pytest.raises(upkeep.PhotoWanted):
        upkeep.record_condition(event_id=uuid4(), condition=Condition.MAJOR_DAMAGE, photos=(), **about)
    photo = photos.keep_photo(raw=goods.jpeg(), actor=OPERATOR, now=now)

    upkeep.record_condition(event_id=uuid4(), condition=Condition.MAJOR_DAMAGE, photos=[photo], **about)

    assert [(seen.condition, seen.photos) for seen in care.conditions(printer)] == [("MAJOR_DAMAGE", (photo,))]
    assert upkeep_desk(now=now, today=TODAY).damaged == 1


def test_work_on_an_unknown_device_is_refused(printer, now):
    with pytest.raises(upkeep.WorkIncomplete):
        plan("KK-9", now, TODAY)


def test_every_word_of_upkeep_follows_the_schema(printer, now):
    plan(printer, now, TODAY)
    done = upkeep.Done("Ganti fuser", TODAY, Rupiah.of(1), "CV Servis", is_under_warranty=True)
    upkeep.note_done(work_id=uuid4(), serial=printer, done=done, actor=HEAD, now=now)
    upkeep.record_warranty(event_id=uuid4(), serial=printer, until_on=TODAY, source="x", actor=HEAD, now=now)
    count(Consumable.TONER, 0, now)

    said = [as_message(event) for event in ledger.events(name_prefix="equipment.")]

    assert [list(faults_of(line)) for line in said] == [[]] * len(said)


def count(item, number, now):
    consumables.count(event_id=uuid4(), item=item, count=number, actor=OPERATOR, now=now)


def shelf(item, now):
    return next(one for one in consumables.shelves([HERE], now=now) if one.item == item)


def prints(serial, now, days, each):
    for day in range(days):
        at = now - timedelta(days=day, hours=1)
        readings.note_use(serial=serial, use="PRINT", count=each, actor=OPERATOR, now=at)


def test_paper_lasts_as_long_as_the_print_counter_says(printer, now):
    prints(printer, now, 30, 10)
    count(Consumable.PAPER, 500, now - timedelta(days=10))

    found = shelf(Consumable.PAPER, now).forecast

    assert found.left == 400
    assert found.days_left == 40


def test_what_was_never_counted_or_measured_is_not_known(printer, now):
    assert shelf(Consumable.PAPER, now).forecast.left is None
    count(Consumable.TONER, 3, now)
    prints(printer, now, 30, 10)

    found = shelf(Consumable.TONER, now).forecast

    assert (found.left, found.per_piece, found.days_left) == (3, None, None)


def test_a_toner_lasts_as_long_as_toners_lasted_here(printer, now):
    prints(printer, now, 60, 10)
    count(Consumable.TONER, 3, now - timedelta(days=50))
    count(Consumable.TONER, 2, now - timedelta(days=10))

    found = shelf(Consumable.TONER, now).forecast

    assert found.per_piece == 400
    assert (found.left, found.days_left) == (2, 80)


def test_an_empty_shelf_stops_the_devices_that_need_it_until_it_is_filled(printer, now):
    goods.buy(["R-1"], now, to=HERE, number="K-2")

    count(Consumable.TONER, 0, now)
    count(Consumable.TONER, 0, now)
    assert shelf(Consumable.TONER, now).is_out
    count(Consumable.TONER, 2, now)

    assert not shelf(Consumable.TONER, now).is_out
    told = ledger.events(names=[consumables.RAN_OUT, consumables.RESTOCKED])
    assert sorted((event.name, event.subject) for event in told) == [
        (consumables.RAN_OUT, "device:KK-1"), (consumables.RESTOCKED, "device:KK-1"),
    ]  # fmt: skip


def test_a_shelf_cannot_hold_less_than_nothing(printer, now):
    with pytest.raises(consumables.CountNegative):
        count(Consumable.PAPER, -1, now)
