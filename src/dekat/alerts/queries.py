"""Questions to alerts: who was told what, when, and who could not be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from dekat.alerts.models import Alert, Contact, Dispatch
from dekat.alerts.states import Channel, DispatchState, Kind
from dekat.kernel.canonical import Json


@dataclass(frozen=True)
class AlertCard:
    """One fact for one desk."""

    id: UUID
    kind: Kind
    party: str
    desk: str
    serial: str
    kecamatan: str
    facts: Mapping[str, Json]
    due_at: datetime | None
    raised_at: datetime


@dataclass(frozen=True)
class ContactCard:
    """Where an officer or an office wants to be told."""

    id: UUID
    party: str
    desk: str
    account_id: UUID | None
    channel: Channel
    address: str
    wants_digest: bool
    quiet_from: time | None
    quiet_until: time | None

    @property
    def masked(self) -> str:
        """The address as others may see it: enough to recognise, too little to write to."""
        name, at, host = self.address.partition("@")
        return f"{name[:2]}…{at}{host}" if at else f"{name[:5]}…{name[-3:]}"


@dataclass(frozen=True)
class DispatchCard:
    """One text and what became of it."""

    id: UUID
    contact: ContactCard
    party: str
    desk: str
    channel: Channel
    subject: str
    text: str
    state: DispatchState
    attempts: int
    next_at: datetime
    made_at: datetime
    ended_at: datetime | None
    trouble: str
    alerts: tuple[AlertCard, ...]


@dataclass(frozen=True)
class Untold:
    """Alerts of a desk that nobody reads, since no address is known."""

    party: str
    desk: str
    count: int


def contacts() -> list[ContactCard]:
    """Every address, by party and desk."""
    return [contact_of(row) for row in Contact.objects.all()]


def contact_of_account(account_id: UUID) -> ContactCard | None:
    """Where an officer wants to be told; None when no choice was made."""
    row = Contact.objects.filter(account_id=account_id).first()
    return contact_of(row) if row else None


def contacts_for(contacts: Sequence[Contact], *, party: str, desk: str) -> list[Contact]:
    """Who reads what is meant for a desk: that desk, else whoever is known of its party."""
    of_party = [one for one in contacts if one.party == party]
    return [one for one in of_party if one.desk == desk] or of_party


def dispatches(
    *, serial: str = "", state: DispatchState | None = None, party: str = "", limit: int = 100
) -> list[DispatchCard]:
    """Texts, newest first: about a device, in a state, or to a party."""
    rows = Dispatch.objects.select_related("contact").prefetch_related("tellings__alert")
    if serial:
        rows = rows.filter(tellings__alert__serial=serial).distinct()
    if state:
        rows = rows.filter(state=state)
    if party:
        rows = rows.filter(party=party)
    return [_dispatch(row) for row in rows[:limit]]


def dispatch_count(state: DispatchState) -> int:
    """How many texts are in a state."""
    return Dispatch.objects.filter(state=state).count()


def untold(*, since: datetime) -> list[Untold]:
    """Desks that have alerts but no address."""
    known = list(Contact.objects.all())
    counts: dict[tuple[str, str], int] = {}
    rows = Alert.objects.filter(raised_at__gte=since, over_at__isnull=True, tellings__isnull=True)
    for party, desk in rows.order_by("party", "desk", "id").values_list("party", "desk"):
        if not contacts_for(known, party=party, desk=desk):
            counts[party, desk] = counts.get((party, desk), 0) + 1
    return [Untold(party, desk, count) for (party, desk), count in counts.items()]


def alerts(*, kinds: Iterable[Kind] | None = None) -> list[AlertCard]:
    """Every fact that was raised, newest first."""
    rows = Alert.objects.all()
    return [card_of(row) for row in (rows.filter(kind__in=list(kinds)) if kinds is not None else rows)]


def card_of(row: Alert) -> AlertCard:
    """A row as a value."""
    return AlertCard(
        id=row.id,
        kind=Kind(row.kind),
        party=row.party,
        desk=row.desk,
        serial=row.serial,
        kecamatan=row.kecamatan,
        facts=row.facts,
        due_at=row.due_at,
        raised_at=row.raised_at,
    )


def contact_of(row: Contact) -> ContactCard:
    """A row as a value."""
    return ContactCard(
        id=row.id,
        party=row.party,
        desk=row.desk,
        account_id=row.account_id,
        channel=Channel(row.channel),
        address=row.address,
        wants_digest=row.wants_digest,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
    )


def _dispatch(row: Dispatch) -> DispatchCard:
    return DispatchCard(
        id=row.id,
        contact=contact_of(row.contact),
        party=row.party,
        desk=row.desk,
        channel=Channel(row.channel),
        subject=row.subject,
        text=row.text,
        state=DispatchState(row.state),
        attempts=row.attempts,
        next_at=row.next_at,
        made_at=row.made_at,
        ended_at=row.ended_at,
        trouble=row.trouble,
        alerts=tuple(card_of(telling.alert) for telling in row.tellings.all()),
    )
