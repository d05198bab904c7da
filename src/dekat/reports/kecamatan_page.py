"""One kecamatan at one instant: its devices, its network, what it has read, its stock, what it must do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dekat.areas.working_calendar import regency_calendar, regency_day
from dekat.duties import queries as duties
from dekat.duties.obligations import ObligationCard, obligations
from dekat.duties.queries import Issued, Receipt
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.readings import queries as readings
from dekat.reports.network import LinkLine, network
from dekat.reports.oversight import PERIOD_DAYS, Line, line
from dekat.reports.parties import places

_STOCK = ("equipment.consumable.ran_out", "equipment.consumable.restocked", "equipment.consumable.counted")


@dataclass(frozen=True)
class StockLine:
    """The last word on one supply: out, back, or how many were counted."""

    item: str
    about: str
    is_out: bool
    count: int | None
    at: datetime
    href: str


@dataclass(frozen=True)
class KecamatanState:
    """Everything at one instant."""

    lines: tuple[Line, ...]
    links: tuple[LinkLine, ...]
    instructions: tuple[tuple[Issued, Receipt], ...]
    stock: tuple[StockLine, ...]
    obligations: tuple[ObligationCard, ...]


def kecamatan_state(kecamatan: str, *, now: datetime) -> KecamatanState:
    """The state of one kecamatan."""
    names, zone = places(regency_day(now)), regency_calendar().zone
    answers = [
        answer for answer in duties.answers(as_of=now) if answer.kecamatan == kecamatan and not answer.is_written_off
    ]
    uses = readings.use_days(since=now - timedelta(days=PERIOD_DAYS + 1), until=now, zone=zone)
    lines = tuple(line(answer, names, [use for use in uses if use.serial == answer.serial], now) for answer in answers)
    serials = {answer.serial for answer in answers}
    return KecamatanState(
        lines=lines,
        links=tuple(link for link in network(now=now) if link.kecamatan == kecamatan),
        instructions=tuple(_instructions(kecamatan, now)),
        stock=_stock(kecamatan, serials, now),
        obligations=_obligations(kecamatan, serials, now),
    )


def _instructions(kecamatan: str, now: datetime) -> Iterable[tuple[Issued, Receipt]]:
    receipts = duties.all_receipts()
    for card in duties.issued():
        if kecamatan in card.kecamatan and card.issued_at <= now:
            mine = (found for found in receipts[card.id] if found.kecamatan == kecamatan)
            yield from ((card, found) for found in mine if found.withdrawn_at is None)


def _stock(kecamatan: str, serials: Iterable[str], now: datetime) -> tuple[StockLine, ...]:
    events = ledger.events(names=_STOCK, until=now)
    subjects = {f"kecamatan:{kecamatan}", *(f"device:{serial}" for serial in serials)}
    last: dict[tuple[str, str], SignedEvent] = {}
    for event in events:
        if event.subject in subjects:
            last[event.subject, str(event.data.get("item", ""))] = event
    return tuple(_stock_line(event) for _, event in sorted(last.items()))


def _stock_line(event: SignedEvent) -> StockLine:
    count = event.data.get("count")
    about = event.subject.partition(":")[2] if event.subject.startswith("device:") else ""
    return StockLine(
        item=str(event.data.get("item", "")),
        about=about,
        is_out=event.name == _STOCK[0],
        count=count if isinstance(count, int) else None,
        at=event.occurred_at,
        href=f"/pengawasan/catatan/{event.id}/",
    )


def _obligations(kecamatan: str, serials: Iterable[str], now: datetime) -> tuple[ObligationCard, ...]:
    """Those about the kecamatan and its devices, and those it was given; what a newer one replaced is left out."""
    about = {f"kecamatan:{kecamatan}", *(f"device:{serial}" for serial in serials)}
    party = f"KECAMATAN:{kecamatan}"
    standing = (card for card in obligations() if card.set_at <= now and not card.replaced_by)
    return tuple(card for card in standing if card.subject in about or card.party == party)
