"""A sample register: contracts, devices, BAST and the claim, as evidence in the order of domain section 0.

Everything here is invented for demonstration; prices are of the size that public procurement pages show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from dekat.equipment.kinds import DeviceKind, Funding
from dekat.equipment.procurement import ContractTerms, Item, terms_data
from dekat.kernel.canonical import Json
from dekat.kernel.rupiah import Rupiah
from dekat.ledger.services import Draft

REGISTRY = "DISPENDUKCAPIL"
ALL = [f"35.11.{number:02d}" for number in range(1, 24)]
# The fourteen with a recorder; nine have none (domain section 0).
WITH_RECORDER = [f"35.11.{n:02d}" for n in (1, 2, 4, 8, 9, 10, 11, 12, 14, 15, 16, 17, 19, 22)]
RECORDERS, PRINTERS, TOWERS = "027/118/430.9/2024", "027/121/430.9/2024", "027/205/430.9/2025"


@dataclass(frozen=True)
class Story:
    """The clock of a sample: day 0 is the purchase, about two years before `now`."""

    now: datetime
    days: int = 730

    def at(self, day: float, hour: float = 2) -> datetime:
        """An instant on a day of the story; hour 2 UTC is 09.00 WIB."""
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=self.days) + timedelta(days=day, hours=hour)

    def ago(self, days: float, hour: float = 2) -> datetime:
        """An instant so many days before today."""
        return self.at(self.days - days, hour)


def say(name: str, subject: str, at: datetime, actor: str = "", /, **data: Json) -> Draft:
    """One sample event; its id follows from what it says, so the same story gives the same ids."""
    key = f"dekat-sample/{name}/{subject}/{at.isoformat()}/{sorted(data.items())}"
    event_id = uuid5(NAMESPACE_URL, key)
    return Draft(event_id, name, subject, actor or _account(str(data.get("by", ""))), at, data)


def said_id(kind: str, *about: object) -> str:
    """The id of something that sample events speak of, such as an obligation."""
    return str(uuid5(NAMESPACE_URL, f"dekat-sample-{kind}/{'/'.join(map(str, about))}"))


def _account(office: str) -> str:
    return f"account:{officer(office)}"


def officer(office: str) -> UUID:
    """The sample account that speaks for an office."""
    return uuid5(NAMESPACE_URL, f"dekat-sample-account/{office}")


def recorder(kecamatan: str) -> str:
    """The serial number of a kecamatan's recorder."""
    return f"REK-24-{kecamatan[-2:]}"


def printer(kecamatan: str) -> str:
    """The serial number of a kecamatan's set for printing family cards."""
    return f"KKP-24-{kecamatan[-2:]}"


def sets(story: Story) -> tuple[ContractTerms, ContractTerms, ContractTerms]:
    """The three contracts: recorders, printers, towers' maintenance."""
    signed = story.at(-20).date()
    recording = Item(
        DeviceKind.RECORDER,
        "Set perekaman KTP-el",
        14,
        Rupiah.of(128_500_000),
        [
            ("Pemindai sidik jari dan bantalan tanda tangan", Rupiah.of(42_600_000)),
            ("Pemindai iris", Rupiah.of(17_200_000)),
            ("Komputer dan layar", Rupiah.of(20_000_000)),
            ("Kamera, lampu, dan latar", Rupiah.of(10_500_000)),
            ("UPS, meja, dan pemasangan", Rupiah.of(38_200_000)),
        ],
    )
    printing = Item(
        DeviceKind.KK_PRINTER,
        "Set cetak KK dan akta",
        23,
        Rupiah.of(14_750_000),
        [("Pencetak laser A4", Rupiah.of(6_250_000)), ("Komputer", Rupiah.of(8_500_000))],
    )
    tower = Item(
        DeviceKind.TOWER,
        "Menara jaringan 32 m, pemeliharaan setahun",
        8,
        Rupiah.of(250_000_000),
        [("Rangka dan penangkal petir", Rupiah.of(160_000_000)), ("Radio dan catu daya", Rupiah.of(90_000_000))],
    )
    year = signed.year
    return (
        ContractTerms(
            RECORDERS, signed, year, Funding.APBD, "DPA 2.12.01.5.2.02.10", "CV Contoh Sarana Data (rekaan)",
            [recording], f"SP2D/0418/{year}", story.at(35).date(),
        ),
        ContractTerms(
            PRINTERS, signed, year, Funding.APBD, "DPA 2.12.01.5.2.02.10", "CV Contoh Sarana Data (rekaan)",
            [printing], f"SP2D/0419/{year}", story.at(35).date(),
        ),
        ContractTerms(
            TOWERS, story.at(200).date(), story.at(200).year, Funding.APBD, "DPA 2.12.01.2.09.11",
            "PT Contoh Menara (rekaan)", [tower],
        ),
    )  # fmt: skip


def register_events(story: Story, *, without_handover: frozenset[str]) -> Iterator[Draft]:
    """Contracts, purchases, deliveries, hand-overs and the claim, all said by Dispendukcapil at the centre.

    Facts: devices in `without_handover` (serial numbers) were delivered to the office and never handed over.
    """
    recorders, printers, towers = sets(story)
    for terms, day in ((recorders, -20), (printers, -20), (towers, 200)):
        subject, data = f"contract:{terms.number}", terms_data(terms)
        yield say("equipment.contract.signed", subject, story.at(day), "", **{**data, "by": REGISTRY})
    for place, kecamatan in enumerate(WITH_RECORDER, start=1):
        yield from _device(story, recorder(kecamatan), recorders, place, "1.3.2.10.02.03")
        yield _handover(story, recorder(kecamatan), kecamatan, place)
    for place, kecamatan in enumerate(ALL, start=1):
        yield from _device(story, printer(kecamatan), printers, len(WITH_RECORDER) + place, "1.3.2.10.02.03")
        if printer(kecamatan) not in without_handover:
            yield _handover(story, printer(kecamatan), kecamatan, 100 + place)
    for place in range(1, 9):
        yield from _device(story, f"MNR-{place:02d}", towers, place, "1.3.4.02", day=205)
        serves: list[Json] = [*WITH_RECORDER[place - 1 :: 8]]
        yield say("equipment.tower.assigned", f"device:MNR-{place:02d}", story.at(218), by=REGISTRY, serves=serves)
    yield say(
        "equipment.claim.made", "regency", story.ago(60), by=REGISTRY, claim="rdp-19", metric="DEVICES_HANDED_OVER",
        kind="RECORDER", value=19, said_on=story.ago(60).date().isoformat(),
        source="Jawaban lisan Kepala Dispendukcapil dalam rapat dengar pendapat, tanpa lampiran",
    )  # fmt: skip
    yield say(
        "equipment.claim.made", "regency", story.ago(60, 3), by=REGISTRY, claim="rdp-harga", metric="TOTAL_PRICE",
        kind="RECORDER", value=1_800_000_000, said_on=story.ago(60).date().isoformat(),
        source="Jawaban lisan yang sama: kalau tidak salah Rp 1,8 miliar, saya lupa",
    )  # fmt: skip
    yield say(
        "equipment.claim.made", "regency", story.ago(62), by="DPRD", claim="kunker-14", metric="DEVICES_HANDED_OVER",
        kind="RECORDER", value=14, said_on=story.ago(62).date().isoformat(),
        source="Kunjungan kerja Komisi I ke enam kecamatan",
    )  # fmt: skip


def _device(
    story: Story, serial: str, terms: ContractTerms, place: int, asset_code: str, day: int = 0
) -> Iterator[Draft]:
    item = terms.items[0]
    yield say(
        "equipment.device.bought", f"device:{serial}", story.at(day), by=REGISTRY, kind=str(item.kind),
        model=item.model, contract=terms.number, price_sen=item.unit_price.sen, asset_code=asset_code,
        register_no=f"{place:04d}",
    )  # fmt: skip
    yield say(
        "equipment.device.delivered", f"device:{serial}", story.at(day + 12), by=REGISTRY,
        bast=f"BAST/{terms.number[4:7]}/{place:02d}", on=story.at(day + 12).date().isoformat(),
    )  # fmt: skip


def _handover(story: Story, serial: str, kecamatan: str, place: int) -> Draft:
    day = 20 + place % 9
    return say(
        "equipment.device.handed_over", f"device:{serial}", story.at(day), by=REGISTRY,
        bast=f"BAST-KEC/{place:03d}/{story.at(day).year}", on=story.at(day).date().isoformat(), to=kecamatan,
        received_by=f"KECAMATAN:{kecamatan}",
    )  # fmt: skip
