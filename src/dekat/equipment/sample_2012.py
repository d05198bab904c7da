"""The earlier generation of domain section 0: recorders that the centre bought in 2012, broken by 2017, written off.

27 sets: one for each kecamatan, four at the office. In December 2017 only those of Bondowoso, Tamanan, Jambesari Darus
Sholah and the office worked; all left the books before the regency bought its own. No payment order was ever shown.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dekat.equipment.kinds import Condition, DeviceKind, Funding
from dekat.equipment.procurement import ContractTerms, Item, terms_data
from dekat.equipment.sample import ALL, REGISTRY, say
from dekat.kernel.canonical import Json
from dekat.kernel.rupiah import Rupiah
from dekat.ledger.services import Draft

CONTRACT = "APBN/PTK/2012 (rekaan)"
STILL_WORKED = frozenset({"35.11.02", "35.11.11", "35.11.23"})
AT_THE_OFFICE = 4
_MODEL = "Set perekaman generasi pertama"
_PRICE = Rupiah.of(90_000_000)
_BOUGHT, _GIVEN, _BROKEN, _CHECKED, _GONE = (
    datetime(2012, 3, 5, 2, tzinfo=UTC),
    datetime(2012, 4, 16, 2, tzinfo=UTC),
    datetime(2016, 5, 2, 2, tzinfo=UTC),
    datetime(2017, 12, 11, 2, tzinfo=UTC),
    datetime(2019, 7, 8, 2, tzinfo=UTC),
)
_DECREE = "188.45/412/430.4.2/2019 (rekaan)"


def earlier_recorder(number: int) -> str:
    """The serial number of a set of 2012."""
    return f"REK-12-{number:02d}"


def earlier_events() -> Iterator[Draft]:
    """Bought, delivered, handed over, found broken, written off; said by the offices that answer for it."""
    item = Item(DeviceKind.RECORDER, _MODEL, len(ALL) + AT_THE_OFFICE, _PRICE, [])
    terms = ContractTerms(
        CONTRACT, _BOUGHT.date(), 2012, Funding.APBN, "APBN 2012, pengadaan pusat", "Pengadaan pusat (rekaan)", [item]
    )
    data = {**terms_data(terms), "by": REGISTRY}
    yield say("equipment.contract.signed", f"contract:{CONTRACT}", _BOUGHT, "", **data)
    for number, kecamatan in enumerate([*ALL, *[""] * AT_THE_OFFICE], start=1):
        yield from _life(number, kecamatan)


def _life(number: int, kecamatan: str) -> Iterator[Draft]:
    serial = earlier_recorder(number)
    device, on = f"device:{serial}", _GIVEN.date().isoformat()
    yield say(
        "equipment.device.bought", device, _BOUGHT, by=REGISTRY, kind="RECORDER", model=_MODEL, contract=CONTRACT,
        price_sen=_PRICE.sen, asset_code="1.3.2.10.02.03", register_no=f"{number:04d}",
    )  # fmt: skip
    yield say("equipment.device.delivered", device, _GIVEN, by=REGISTRY, bast=f"BAST-PUSAT/{number:02d}/2012", on=on)
    if kecamatan:
        yield say(
            "equipment.device.handed_over", device, _GIVEN + timedelta(hours=1), by=REGISTRY,
            bast=f"BAST-KEC/{number:02d}/2012", on=on, to=kecamatan, received_by=f"KECAMATAN:{kecamatan}",
        )  # fmt: skip
    if kecamatan and kecamatan not in STILL_WORKED:
        yield say(
            "equipment.fault.reported", device, _BROKEN, by=f"KECAMATAN:{kecamatan}", fault=f"2012-{number}",
            kind="HARDWARE", under_warranty=False,
        )  # fmt: skip
        broken: Json = str(Condition.MAJOR_DAMAGE)
        yield say("equipment.device.condition_recorded", device, _CHECKED, by=REGISTRY, condition=broken)
    yield say(
        "equipment.device.written_off", device, _GONE, by="SEKDA", decree=_DECREE, on=_GONE.date().isoformat(),
        reason="Aplikasi tidak diperbarui lagi; rusak atau usang",
    )  # fmt: skip
