"""Contracts, devices and lists for tests, through the real services."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from PIL import Image

from dekat.equipment import procurement, services
from dekat.equipment.kinds import DeviceKind, Funding, Purpose
from dekat.equipment.procurement import ContractTerms, Item
from dekat.kernel.rupiah import Rupiah
from tests.make.accounts import HEAD

PARTS = [("Pemindai iris", Rupiah.of(20_000_000)), ("Komputer", Rupiah.of(10_000_000))]
NUMBER = "027/118/430.9/2024"
SIGNED = date(2024, 2, 1)


def terms(*, number=NUMBER, count=3, kind=DeviceKind.RECORDER, model="Set perekaman KTP-el", **more):
    """A contract for pieces of 30 million."""
    item = Item(kind, model, count, Rupiah.of(30_000_000), PARTS)
    return ContractTerms(number, SIGNED, 2024, Funding.APBD, "DPA 2.12.01", "CV Contoh (rekaan)", [item], **more)


def signed_contract(now, **more):
    """The contract on the register."""
    made = terms(**more)
    procurement.sign_contract(terms=made, total=made.total, actor=HEAD, now=now)
    return made.number


def upkeep_contract(now, covers, number="027/300/430.9/2026"):
    """A year of upkeep for towers."""
    made = terms(
        number=number, count=1, kind=DeviceKind.TOWER, model="Pemeliharaan setahun", purpose=Purpose.MAINTENANCE,
        covers=covers, from_on=date(2026, 1, 1), until_on=date(2027, 1, 1),
    )  # fmt: skip
    procurement.sign_contract(terms=made, total=made.total, actor=HEAD, now=now)
    return made.number


def bought(now, *serials, number=NUMBER, first=1):
    """Devices of the contract, delivered on 1 March 2024."""
    procurement.add_devices(
        contract=number, item=0, serials=serials, asset_code="1.3.2.10.02.03", first_register_no=first,
        bast="BAST-P/1", delivered_on=date(2024, 3, 1), actor=HEAD, now=now,
    )  # fmt: skip


def given(now, serial, to, bast=None, on=date(2024, 4, 1)):
    """A device with a kecamatan, by a BAST on paper."""
    services.hand_over(serial=serial, to=to, bast=bast or f"BAST-K/{serial}", on=on, actor=HEAD, now=now)


def workbook(*rows):
    """Rows as XLSX bytes."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def jpeg(colour="grey"):
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "JPEG")
    return out.getvalue()
