"""What changed in a month: devices at work, turns, money, deadlines, instructions, beside the month before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dekat.accounts.roles import Role
from dekat.duties import queries as duties
from dekat.duties.obligations import ObligationCard, obligations
from dekat.duties.queries import Issued, Receipt
from dekat.kernel.rupiah import Rupiah
from dekat.reports.losses import DeviceCost, device_costs
from dekat.reports.period import Period

KINDS = ("RECORDER", "KK_PRINTER")


@dataclass(frozen=True)
class MonthState:
    """One month's figures."""

    working: dict[str, int]
    idle: dict[str, int]
    idle_days: int
    lost: Rupiah
    set_count: int
    met_count: int
    overdue_count: int
    costs: tuple[DeviceCost, ...]


@dataclass(frozen=True)
class InstructionState:
    """One instruction at an instant: to how many kecamatan, where it arrived, where both desks understood it."""

    card: Issued
    addressed: int
    delivered: int
    operators: int
    heads: int
    unread: tuple[str, ...]


def month_state(month: Period, *, now: datetime, zone: ZoneInfo) -> MonthState:
    """Figures of a month up to now, and its state at its end."""
    costs = tuple(device_costs(month, now=now, zone=zone))
    since, until = month.starts_at(zone), month.as_of(now, zone)
    cards = obligations()
    return MonthState(
        working={kind: sum(cost.answer.is_in_use for cost in costs if cost.answer.kind == kind) for kind in KINDS},
        idle={kind: sum(cost.answer.is_idle for cost in costs if cost.answer.kind == kind) for kind in KINDS},
        idle_days=sum(cost.idle_days for cost in costs),
        lost=Rupiah(sum(cost.lost.sen for cost in costs)),
        set_count=sum(since <= card.set_at < until for card in cards),
        met_count=sum(card.met_at is not None and since <= card.met_at < until for card in cards),
        overdue_count=len(overdue(cards, until)),
        costs=costs,
    )


def overdue(cards: Iterable[ObligationCard], at: datetime) -> list[ObligationCard]:
    """Obligations whose deadline had passed at an instant and that were not met by then."""
    standing = (card for card in cards if card.set_at < at and not card.replaced_by)
    return [card for card in standing if card.due_at < at and (card.met_at is None or card.met_at >= at)]


def instruction_states(*, at: datetime) -> list[InstructionState]:
    """Every instruction that was issued by an instant, newest first."""
    receipts = duties.all_receipts()
    return [_instruction(card, receipts[card.id], at) for card in duties.issued(as_of=at)]


def _instruction(card: Issued, receipts: list[Receipt], at: datetime) -> InstructionState:
    def by_then(instant: datetime | None) -> bool:
        return instant is not None and instant < at

    return InstructionState(
        card=card,
        addressed=len(receipts),
        delivered=sum(by_then(one.delivered_at) for one in receipts),
        operators=sum(by_then(one.operator_at) for one in receipts),
        heads=sum(by_then(one.head_at) for one in receipts),
        unread=tuple(one.kecamatan for one in receipts if not all(map(by_then, _wanted(one)))),
    )


def _wanted(receipt: Receipt) -> list[datetime | None]:
    """When each role that must understand it did."""
    at = {
        Role.OPERATOR: receipt.operator_at,
        Role.DISTRICT_HEAD: receipt.head_at,
        Role.SECTION_HEAD: receipt.section_at,
    }
    return [at[Role(role)] for role in receipt.roles]
