"""Devices for tests: bought by one contract, in the office store or handed over on paper, through the real services."""

from datetime import date
from io import BytesIO
from uuid import uuid4

from PIL import Image

from dekat.equipment import handing_over, procurement, services
from dekat.equipment.handing_over import Terms
from dekat.equipment.kinds import DeviceKind, Funding
from dekat.equipment.offers import Person
from dekat.equipment.procurement import ContractTerms, Item
from dekat.kernel.rupiah import Rupiah
from tests.make.accounts import HEAD

PRICE = Rupiah.of(128_571_000)
STROKES = '[[{"x":1,"y":1},{"x":40,"y":30},{"x":90,"y":4}]]'
NUMBER = "027/12/APBD/2026"


def buy(serials, now, *, kind=DeviceKind.RECORDER, to="", number=NUMBER):
    """Devices of one contract; `to` a kecamatan by a paper BAST, or nobody: they lie in the office store."""
    item = Item(kind, "Set perekaman KTP-el", len(serials), PRICE, [("Set lengkap", PRICE)])
    terms = ContractTerms(number, date(2026, 1, 5), 2026, Funding.APBD, "DPA 1.02.01", "CV Contoh", [item])
    procurement.sign_contract(terms=terms, total=terms.total, actor=HEAD, now=now)
    for serial in serials:
        procurement.buy_device(
            serial=serial, kind=kind, model=item.model, contract=number, price=PRICE, actor=HEAD, now=now
        )
        if to:
            services.hand_over(
                serial=serial, to=to, bast=f"K-{serial}", on=date(2026, 2, 1), actor=HEAD, now=now
            )  # fmt: skip


def offer(serials, now, *, to, bast="800/101/BAST/2026", actor=HEAD):
    """An offer of the office; give its id."""
    offer_id = uuid4()
    terms = Terms(bast, now.date(), to, Person("Sri Contoh, S.H.", "19790101 200501 2 001"))
    handing_over.offer(offer_id=offer_id, terms=terms, serials=serials, actor=actor, now=now)
    return offer_id


def jpeg(width=800, height=600):
    """A picture as a camera gives it."""
    out = BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()
