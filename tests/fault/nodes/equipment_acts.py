"""What a node can be told about equipment in a fault test: buy, offer, answer, count, and what came of it."""

from datetime import date
from io import BytesIO
from uuid import UUID

from PIL import Image

from dekat.accounts.actor import Actor
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import Role
from dekat.areas.working_calendar import use_calendar
from dekat.equipment import custody, handing_over, heard, offers, photos, procurement, queries, stock_take, telling
from dekat.equipment.drawing import as_svg
from dekat.equipment.handing_over import Receipt, Said, Terms
from dekat.equipment.kinds import Condition, DeviceKind, Funding
from dekat.equipment.offers import Person
from dekat.equipment.procurement import ContractTerms, Item
from dekat.equipment.upkeep_kinds import Refusal
from dekat.flows import hear_of_equipment
from dekat.kernel.rupiah import Rupiah
from dekat.ledger import queries as ledger
from dekat.sync import ports
from tests.fault.nodes import acts
from tests.make.evidence import CALENDAR

use_calendar(lambda: CALENDAR)
ports.on_feed(custody.LIST_FEED, custody.apply_list)
ports.on_feed(offers.FEED_KIND, heard.apply_offer)
ports.on_feed(stock_take.FEED_KIND, stock_take.apply_round)
ports.on_message(telling.MESSAGE_KIND, hear_of_equipment.hear_of_equipment)
ports.on_packet(photos.PACKET_KIND, photos.take_photo)
STROKES = '[[{"x":1,"y":1},{"x":40,"y":30}]]'
ON = date(2026, 11, 23)
PRICE = Rupiah.of(30_000_000)


def buy(serials):
    """Recorders of one contract, in the office store."""
    item = Item(DeviceKind.RECORDER, "Set perekaman", len(serials), PRICE, [("Komputer", PRICE)])
    terms = ContractTerms("K-1", date(2026, 1, 5), 2026, Funding.APBD, "DPA 1", "CV Contoh", [item])
    procurement.sign_contract(terms=terms, total=terms.total, actor=_who(), now=acts.now())
    for serial in serials:
        procurement.buy_device(
            serial=serial, kind=DeviceKind.RECORDER, model="Set perekaman", contract="K-1", price=PRICE, actor=_who(),
            now=acts.now(),
        )  # fmt: skip


def offer_devices(offer_id, serials, to, bast):
    """Offer devices to a kecamatan (empty: back to the office store)."""
    terms = Terms(bast, ON, to, Person("Sri Contoh", "", as_svg(STROKES)))
    handing_over.offer(offer_id=UUID(offer_id), terms=terms, serials=serials, actor=_who(), now=acts.now())


def answer_offer(offer_id, accepted, declined=()):
    """Accept these devices, the first as slightly damaged with a photo, and decline those."""
    picture = BytesIO()
    Image.new("RGB", (640, 480), "grey").save(picture, "JPEG")
    photo = photos.keep_photo(raw=picture.getvalue(), actor=_who(), now=acts.now())
    said = [Said(accepted[0], Condition.MINOR_DAMAGE, (photo,))] if accepted else []
    said += [Said(serial, Condition.GOOD) for serial in accepted[1:]]
    said += [Said(serial, refusal=Refusal.INCOMPLETE, why="tanpa kabel") for serial in declined]
    receipt = Receipt(Person("Rina Contoh", "", as_svg(STROKES)), "Camat Contoh")
    handing_over.answer(offer_id=UUID(offer_id), said=said, receipt=receipt, actor=_who(), now=acts.now())
    return photo


def waiting_offers():
    """The hand-overs that this node's office must answer."""
    return [card.bast for card in offers.waiting_for(_who().office)]


def offer_state(offer_id):
    """Each device of a hand-over with its answer, and who signed."""
    card = offers.offer(UUID(offer_id))
    if card is None:
        return None
    signed = bool(card.given_by.signature), bool(card.received_by.signature)
    return {"items": {item.serial: item.state for item in card.items}, "by": card.received_by.name, "signed": signed}


def in_hands():
    """What this node's place holds, with its condition."""
    return {held.serial: held.condition for held in custody.held_by(_who().kecamatan)}


def in_register(serial):
    """At the centre: the holder and every BAST of a device."""
    card = queries.device(serial)
    return [card.kecamatan, card.condition, [one.bast for one in card.handovers]]


def has_photo(name):
    """Whether a picture is here."""
    return photos.photo(name) is not None


def said_of(serial):
    """Every event about a device in the log of this node: its name and the machine that signed it."""
    return [[event.name, event.speaker] for event in ledger.events(subject=f"device:{serial}")]


def open_count(round_id):
    """Open a stock-take everywhere."""
    stock_take.open_round(round_id=UUID(round_id), actor=_who(), now=acts.now())


def scan(labels):
    """See these labels here; give where each should be."""
    [card] = stock_take.takes(kecamatan=_who().kecamatan)[:1]
    return [
        stock_take.note_seen(take_id=card.id, label=label, actor=_who(), now=acts.now()).spot for label in labels
    ]  # fmt: skip


def close_count():
    """Sign what was found here."""
    [card] = stock_take.takes(kecamatan=_who().kecamatan)[:1]
    stock_take.close(take_id=card.id, actor=_who(), now=acts.now())


def counted(kecamatan):
    """A place's newest stock-take: spot by serial number, and whether it is closed."""
    [card] = stock_take.takes(kecamatan=kecamatan)[:1]
    return {"lines": {line.serial: line.spot for line in card.lines}, "closed": card.closed_at is not None}


def _who():
    own = own_identity().node
    role = Role.OPERATOR if own.kecamatan else Role.REGISTRY_HEAD
    return Actor(UUID(int=7), role, own.kecamatan, own.name)


_ALL = (
    buy, offer_devices, answer_offer, waiting_offers, offer_state, in_hands, in_register, has_photo, said_of,
    open_count, scan, close_count, counted,
)  # fmt: skip
ACTS = {one.__name__: one for one in _ALL}
