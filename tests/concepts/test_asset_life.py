"""Owner, holder and user apart: decrees, books of both sides, write-off, scans, payments."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dekat.areas.services import load_bundled
from dekat.equipment import books, decrees, papers, procurement, queries, saying, services
from dekat.equipment.kinds import Condition, PaperKind
from dekat.equipment.policy import read_policy
from dekat.kernel.rupiah import Rupiah
from dekat.ledger import queries as ledger
from tests.make.accounts import HEAD, SEKDA
from tests.make.assets import NUMBER, SIGNED, bought, given, jpeg, signed_contract, upkeep_contract

pytestmark = pytest.mark.django_db
ZONE, POLICY = ZoneInfo("Asia/Jakarta"), read_policy()
WRINGIN, IJEN = "KECAMATAN:35.11.12", "KECAMATAN:35.11.19"


@pytest.fixture
def regency(identity, now):
    load_bundled()
    signed_contract(now)
    bought(now, "R-1", "R-2", "R-3")


def kib(owner, day):
    return [line.device.serial for line in books.kib_b(owner=owner, as_of=day, policy=POLICY, zone=ZONE).lines]


def kir(place, day):
    return [line.device.serial for line in books.kir(place=place, as_of=day, policy=POLICY, zone=ZONE).lines]


def test_many_devices_take_numbers_that_follow_one_another_and_the_suppliers_bast(regency, now):
    found = queries.devices()

    assert [card.register_no for card in found] == ["0001", "0002", "0003"]
    assert {card.delivery.on for card in found} == {date(2024, 3, 1)}
    assert queries.next_register_no("1.3.2.10.02.03") == 4
    assert {
        event.occurred_at.astimezone(ZONE).date() for event in ledger.events(names=["equipment.device.bought"])
    } == {SIGNED}


def test_adding_the_same_devices_again_changes_nothing_and_one_too_many_is_refused(regency, now):
    bought(now, "R-2", "R-1", "R-3")
    before = len(ledger.events(name_prefix="equipment."))

    with pytest.raises(procurement.MoreThanBought):
        bought(now, "R-4")
    assert len(ledger.events(name_prefix="equipment.")) == before
    assert len(queries.devices()) == 3


def test_a_transfer_moves_the_device_from_one_book_to_the_other_and_keeps_the_holder(regency, now):
    given(now, "R-1", "35.11.12")
    decrees.set_use_status(serials=["R-1"], decree="SK/1", on=date(2024, 5, 1), owner=WRINGIN, actor=SEKDA, now=now)

    decrees.transfer(
        serials=["R-1"], decree="SK/2", on=date(2025, 6, 1), to_owner=IJEN, bast="BAST-M/1", actor=SEKDA, now=now
    )

    assert kib("DISPENDUKCAPIL", date(2024, 4, 30)) == ["R-1", "R-2", "R-3"]
    assert kib(WRINGIN, date(2025, 5, 31)) == ["R-1"]
    assert kib(WRINGIN, date(2025, 6, 1)) == []
    assert kib(IJEN, date(2025, 6, 1)) == ["R-1"]
    card = queries.device("R-1")
    assert (card.owner, card.kecamatan) == (IJEN, "35.11.12")
    assert [(one.from_owner, one.to_owner) for one in card.decrees] == [("DISPENDUKCAPIL", WRINGIN), (WRINGIN, IJEN)]


def test_the_room_list_follows_the_bast_and_not_the_owner(regency, now):
    given(now, "R-1", "35.11.12")
    given(now, "R-1", "35.11.15", bast="BAST-K/9", on=date(2025, 1, 1))

    assert kir("", date(2024, 3, 31)) == ["R-1", "R-2", "R-3"]
    assert kir("35.11.12", date(2024, 12, 31)) == ["R-1"]
    assert kir("35.11.12", date(2025, 1, 1)) == []
    assert kir("35.11.15", date(2025, 1, 1)) == ["R-1"]


def test_a_condition_is_shown_only_from_the_day_somebody_looked(regency, now):
    services.note_condition(serial="R-1", condition=Condition.MINOR_DAMAGE, actor=HEAD, now=now)

    def condition(day):
        book = books.kir(place="", as_of=day, policy=POLICY, zone=ZONE)
        return next(line.condition for line in book.lines if line.device.serial == "R-1")

    assert condition(now.date() - timedelta(days=1)) == ""
    assert condition(now.date()) == "MINOR_DAMAGE"


def test_only_the_sekda_sets_a_use_status_and_writes_off(regency, now):
    with pytest.raises(decrees.NotYourDecree):
        decrees.set_use_status(serials=["R-1"], decree="S", on=date(2024, 5, 1), owner=IJEN, actor=HEAD, now=now)
    with pytest.raises(decrees.NotYourDecree):
        decrees.write_off(serials=["R-1"], decree="S", on=date(2024, 5, 1), reason="x", actor=HEAD, now=now)


def test_a_written_off_device_leaves_the_books_and_takes_nothing_more(regency, now):
    facts = {"serials": ["R-1"], "decree": "SK/9", "on": date(2026, 1, 5), "reason": "Rusak berat", "actor": SEKDA}
    decrees.write_off(**facts, now=now)
    decrees.write_off(**facts, now=now)

    assert kib("DISPENDUKCAPIL", date(2026, 1, 4)) == ["R-1", "R-2", "R-3"]
    assert kib("DISPENDUKCAPIL", date(2026, 1, 5)) == ["R-2", "R-3"]
    assert len(ledger.events(names=["equipment.device.written_off"])) == 1
    with pytest.raises(saying.DeviceWrittenOff):
        given(now, "R-1", "35.11.12")


@pytest.mark.parametrize(
    ("number", "on", "refusal"),
    [
        ("SK/1", date(2024, 5, 2), decrees.DecreeAlreadyUsed),
        ("SK/0", date(2024, 4, 1), decrees.DecreeTooEarly),
        ("SK/3", date(2031, 1, 1), saying.DayInTheFuture),
    ],
)
def test_a_decree_that_contradicts_is_refused(regency, now, number, on, refusal):
    decrees.set_use_status(serials=["R-1"], decree="SK/1", on=date(2024, 5, 1), owner=WRINGIN, actor=SEKDA, now=now)

    with pytest.raises(refusal):
        decrees.set_use_status(serials=["R-1"], decree=number, on=on, owner=IJEN, actor=SEKDA, now=now)


def test_a_decree_for_many_devices_holds_for_all_or_none(regency, now):
    with pytest.raises(saying.DeviceUnknown):
        decrees.transfer(
            serials=["R-1", "R-9"], decree="SK/1", on=date(2025, 1, 1), to_owner=IJEN, bast="B", actor=SEKDA, now=now
        )

    assert queries.device("R-1").owner == "DISPENDUKCAPIL"


def test_an_sp2d_that_came_later_fills_what_was_missing(regency, now):
    assert "PAYMENT_ORDER" in queries.contract(NUMBER).missing

    for _again in range(2):
        procurement.note_payment(contract=NUMBER, payment_order="SP2D/1", paid_on=date(2024, 4, 4), actor=HEAD, now=now)

    card = queries.contract(NUMBER)
    assert (card.missing, card.payment_order, card.paid_on) == ((), "SP2D/1", date(2024, 4, 4))
    assert len(ledger.events(names=["equipment.contract.paid"])) == 1


def test_a_maintenance_contract_buys_no_device_and_lacks_none(regency, now):
    number = upkeep_contract(now, covers=["M-1"])

    assert queries.contract(number).missing == ("PAYMENT_ORDER",)
    assert queries.contract(number).difference == Rupiah(0)


def test_a_scan_is_kept_once_under_its_digest_without_the_cameras_words(regency, now):
    for _again in range(2):
        papers.attach_paper(subject="device:R-1", kind=PaperKind.BAST, number="B", content=jpeg(), actor=HEAD, now=now)

    [card] = queries.papers(["device:R-1"])
    content, media_type = papers.read_paper(card.event_id)
    assert (media_type, len(content)) == ("image/jpeg", card.size_bytes)
    assert [event.data["sha256"] for event in ledger.events(names=["equipment.paper.attached"])] == [card.sha256]


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"%PDF-1.7 broken", b"<svg/>", b"GIF89a"])
def test_what_is_no_scan_is_refused(regency, now, content):
    with pytest.raises(papers.PaperUnreadable):
        papers.attach_paper(
            subject=f"contract:{NUMBER}", kind=PaperKind.CONTRACT, number="", content=content, actor=HEAD, now=now
        )


def test_a_scan_that_changed_on_the_disk_is_not_shown(regency, now, settings):
    papers.attach_paper(subject="device:R-1", kind=PaperKind.PHOTO, number="", content=jpeg("red"), actor=HEAD, now=now)
    [card] = queries.papers(["device:R-1"])
    (settings.ENV.data_dir / "papers" / card.sha256[:2] / card.sha256).write_bytes(b"other")

    with pytest.raises(papers.PaperDamaged):
        papers.read_paper(card.event_id)


def test_the_register_rebuilt_from_its_events_is_the_same(regency, now):
    from dekat.equipment.models import Decree, Device
    from dekat.equipment.register import keep

    given(now, "R-1", "35.11.12")
    decrees.set_use_status(serials=["R-1"], decree="SK/1", on=date(2024, 5, 1), owner=WRINGIN, actor=SEKDA, now=now)
    services.note_condition(serial="R-1", condition=Condition.MAJOR_DAMAGE, actor=HEAD, now=now)
    before = queries.devices()
    Decree.objects.all().delete()
    Device.objects.all().delete()

    for _again in range(2):
        for event in ledger.events(name_prefix="equipment."):
            keep(event)

    assert queries.devices() == before


def test_a_book_value_waits_for_the_suppliers_bast(regency, now):
    procurement.buy_device(
        serial="OLD-1", kind=queries.device("R-1").kind, model="Lama", contract="", price=Rupiah.of(1), actor=HEAD,
        now=now, listed=procurement.Listed(year=2019),
    )  # fmt: skip
    day = date(2026, 3, 1)

    assert books.value_on(queries.device("OLD-1"), as_of=day, policy=POLICY) is None
    assert books.value_on(queries.device("R-1"), as_of=day, policy=POLICY).left == Rupiah.of(18_000_000)
    assert "OLD-1" in kib("DISPENDUKCAPIL", date(2020, 1, 1))


def test_a_day_that_came_is_the_day_it_occurred(regency, now):
    given(now, "R-1", "35.11.12", on=date(2024, 4, 1))

    [event] = ledger.events(names=["equipment.device.handed_over"])
    assert event.occurred_at == datetime(2024, 4, 1, tzinfo=ZONE)
    assert event.recorded_at == now
