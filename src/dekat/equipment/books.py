"""The asset books on a day: KIB B of an owner, KIR of a place. Read from dated moves, so every past day answers too."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dekat.equipment import queries
from dekat.equipment.depreciation import BookValue, book_value
from dekat.equipment.kinds import Acquisition, Condition, DeviceKind
from dekat.equipment.policy import Policy
from dekat.equipment.register_cards import ContractCard, DeviceCard
from dekat.kernel.rupiah import Rupiah


@dataclass(frozen=True)
class BookLine:
    """One device in a book, with what the columns ask."""

    number: int
    device: DeviceCard
    year: int | None
    source: str
    condition: str
    value: BookValue | None
    remark: str


@dataclass(frozen=True)
class Book:
    """A book on a day."""

    title: str
    party: str
    as_of: date
    location_code: str
    lines: tuple[BookLine, ...]

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(line.device.price.sen for line in self.lines))

    @property
    def book_total(self) -> Rupiah | None:
        """What the devices are still worth together; None while the value of one is unknown."""
        values = [line.value.left.sen if line.value else None for line in self.lines]
        return None if None in values else Rupiah(sum(value for value in values if value is not None))


def kib_b(*, owner: str, as_of: date, policy: Policy, zone: ZoneInfo) -> Book:
    """KIB B (equipment and machines) of an agency at the end of a day.

    Facts: towers stand in KIB D (networks), so they are not here.
    Law: permendagri-19-2016
    """
    cards = [card for card in _alive(as_of, zone) if card.kind != DeviceKind.TOWER and card.owner_on(as_of) == owner]
    return _book("KIB B", owner, cards, as_of, policy, zone)


def kir(*, place: str, as_of: date, policy: Policy, zone: ZoneInfo) -> Book:
    """KIR of a place at the end of a day: what a kecamatan holds, or the office store (`place` empty)."""
    cards = [card for card in _alive(as_of, zone) if card.kind != DeviceKind.TOWER and card.place_on(as_of) == place]
    return _book("KIR", f"KECAMATAN:{place}" if place else "DISPENDUKCAPIL", cards, as_of, policy, zone)


def owners() -> list[str]:
    """Every agency that owns or owned a device."""
    found = {card.owner for card in queries.devices()}
    for card in queries.devices():
        found |= {one for decree in card.decrees for one in (decree.from_owner, decree.to_owner) if one}
    return sorted(found | {"DISPENDUKCAPIL"})


def value_on(card: DeviceCard, *, as_of: date, policy: Policy) -> BookValue | None:
    """What a device is worth on a day; None where no BAST says when it arrived, and after its end."""
    life = policy.life(card.kind, on=as_of)
    is_gone = card.written_off_on is not None and card.written_off_on <= as_of
    if life is None or is_gone or card.delivery is None or card.delivery.on > as_of:
        return None
    return book_value(price=card.price, begins_on=card.delivery.on, as_of=as_of, life=life)


def _alive(as_of: date, zone: ZoneInfo) -> list[DeviceCard]:
    """What the regency had on a day; of an old list only the year is known, so it counts from the next one."""
    end = datetime.combine(as_of + timedelta(days=1), time(), zone)
    return [
        card
        for card in queries.devices()
        if (card.bought_at < end or (card.year and card.year < as_of.year))
        and not (card.written_off_on and card.written_off_on <= as_of)
    ]


def _book(title: str, party: str, cards: list[DeviceCard], as_of: date, policy: Policy, zone: ZoneInfo) -> Book:
    contracts = {contract.number: contract for contract in queries.contracts()}
    ordered = sorted(cards, key=lambda card: (card.asset_code, card.register_no, card.serial))
    lines = [
        _line(place, card, contracts.get(card.contract), as_of, policy, zone)
        for place, card in enumerate(ordered, start=1)
    ]
    return Book(title, party, as_of, policy.locations.get(party, ""), tuple(lines))


def _line(
    number: int, card: DeviceCard, contract: ContractCard | None, as_of: date, policy: Policy, zone: ZoneInfo
) -> BookLine:
    end = datetime.combine(as_of + timedelta(days=1), time(), zone)
    source = str(Acquisition(card.acquisition).label)
    return BookLine(
        number=number,
        device=card,
        year=card.year or (contract.budget_year if contract else None),
        source=f"{source} {contract.funding}" if contract else source,
        condition=card.condition_on(end),
        value=value_on(card, as_of=as_of, policy=policy),
        remark=card.note,
    )


CONDITION_LETTERS = {Condition.GOOD: "B", Condition.MINOR_DAMAGE: "RR", Condition.MAJOR_DAMAGE: "RB"}
