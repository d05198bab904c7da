"""What waits for the office today, across its desks."""

from dataclasses import dataclass
from datetime import datetime

from dekat.accounts import queries as accounts
from dekat.areas import queries as areas
from dekat.cards import queries as cards
from dekat.cards.states import CardState
from dekat.cases import queries as cases
from dekat.cases.states import State
from dekat.ledger import queries as ledger
from dekat.national import queries as national
from dekat.national.statuses import Status
from dekat.sync import queries as sync

OPEN_CASES = (State.SUBMITTED, State.IN_REVIEW, State.APPROVED)


@dataclass(frozen=True)
class StationLine:
    """One station and when it last said something."""

    name: str
    last_heard_at: datetime | None
    event_count: int


@dataclass(frozen=True)
class OfficeDay:
    """The counts on the office's first page."""

    applications: int
    with_national_centre: int
    need_help: int
    cards_to_print: int
    cards_to_pack: int
    blanks_in_stock: int
    put_aside: int
    stations: tuple[StationLine, ...]
    as_of: datetime


def office_day(*, now: datetime) -> OfficeDay:
    """Count what waits."""
    roads = national.counts()
    return OfficeDay(
        applications=len(cases.queue(states=OPEN_CASES)),
        with_national_centre=roads[Status.SENT_FOR_ENROLLMENT] + roads[Status.RECEIVED_AT_CENTRAL],
        need_help=roads[Status.DUPLICATE_RECORD] + roads[Status.ENROLL_FAILURE_AT_CENTRAL],
        cards_to_print=len(cards.cards_in(CardState.READY)),
        cards_to_pack=len(cards.cards_in(CardState.PRINTED)),
        blanks_in_stock=cards.blank_balance().in_stock,
        put_aside=len(sync.quarantine()),
        stations=tuple(_station(node.name, node.kecamatan, now) for node in accounts.stations()),
        as_of=now,
    )


def _station(node: str, kecamatan: str, now: datetime) -> StationLine:
    heads = [head for head in ledger.heads() if head.node.partition("/")[0] == node]
    newest = max(heads, key=lambda head: int(head.node.partition("/")[2] or 1), default=None)
    last = ledger.events(node=newest.node, after_seq=newest.last_seq - 1) if newest else []
    return StationLine(
        name=areas.display_name(kecamatan, now.date()),
        last_heard_at=last[-1].recorded_at if last else None,
        event_count=sum(head.last_seq for head in heads),
    )
