"""Questions to the ledger. They read, and return what the nodes signed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncDate

from dekat.kernel.signing import VerifyKey
from dekat.ledger import rules
from dekat.ledger.models import Chain, Event
from dekat.ledger.rules import Fault, SignedEvent

# One signature proves all events before it; this many are kept in memory to name the first bad one.
_SIGNATURES_EVERY = 2000


@dataclass(frozen=True)
class ChainHead:
    """Where a node's chain ends here."""

    node: str
    last_seq: int
    last_hash: bytes
    verify_key: VerifyKey


def events(
    *,
    names: Iterable[str] | None = None,
    name_prefix: str | None = None,
    subject: str | None = None,
    node: str | None = None,
    after_seq: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
) -> list[SignedEvent]:
    """The events that fit every given condition, by time, node and number.

    Facts: `since` and `until` (exclusive) mean when a thing occurred; `after_seq` wants `node`.
    """
    rows = _rows(names, name_prefix, subject, node, after_seq, since, until).order_by("occurred_at", "node", "seq")
    return [from_row(row) for row in rows[:limit]]


def stream(
    *,
    names: Iterable[str] | None = None,
    subject: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[SignedEvent]:
    """The same events one by one, read in pieces: a log of years fits no memory."""
    rows = _rows(names, None, subject, None, None, since, until).order_by("occurred_at", "node", "seq")
    return map(from_row, rows.iterator(chunk_size=2000))


def backwards(*, name: str, subject: str, until: datetime) -> Iterator[SignedEvent]:
    """The events of one name about one subject up to an instant (inclusive), the last one first."""
    rows = Event.objects.filter(name=name, subject=subject, occurred_at__lte=until).order_by("-occurred_at", "-id")
    return map(from_row, rows.iterator(chunk_size=5))


def _rows(
    names: Iterable[str] | None,
    name_prefix: str | None,
    subject: str | None,
    node: str | None,
    after_seq: int | None,
    since: datetime | None,
    until: datetime | None,
) -> QuerySet[Event]:
    rows = Event.objects.all()
    if names is not None:
        rows = rows.filter(name__in=list(names))
    if name_prefix is not None:
        rows = rows.filter(name__startswith=name_prefix)
        if connection.vendor == "sqlite":
            # Its LIKE reads every row; as a span the beginning of a name is found in the index.
            rows = rows.filter(name__gte=name_prefix, name__lt=f"{name_prefix}\x7f")
    if subject is not None:
        rows = rows.filter(subject=subject)
    if node is not None:
        rows = rows.filter(node=node)
    if after_seq is not None:
        rows = rows.filter(seq__gt=after_seq)
    if since is not None:
        rows = rows.filter(occurred_at__gte=since)
    if until is not None:
        rows = rows.filter(occurred_at__lt=until)
    return rows


def first_times(*, name: str, since: datetime, **data: str) -> dict[str, datetime]:
    """When an event of this name was first told of each subject, counted in the database: years of them stay quick.

    Facts: `data` are texts that the event's data must hold.
    """
    wanted = {f"data__{key}": value for key, value in data.items()}
    rows = Event.objects.filter(name=name, occurred_at__gte=since, **wanted)
    return dict(rows.order_by("subject").values_list("subject").annotate(first=Min("occurred_at")))


def counts_by_day(*, name: str, since: datetime, until: datetime, zone: ZoneInfo) -> dict[tuple[str, date], int]:
    """How many events of a name each node told on each day of a zone, counted in the database (end exclusive).

    Facts: nodes by their name without the number of their chain.
    """
    rows = Event.objects.filter(name=name, occurred_at__gte=since, occurred_at__lt=until).order_by()
    by_day = rows.values("node", day=TruncDate("occurred_at", tzinfo=zone)).annotate(count=Count("id"))
    found: Counter[tuple[str, date]] = Counter()
    for row in by_day:
        found[row["node"].partition("/")[0], row["day"]] += row["count"]
    return dict(found)


def event(event_id: UUID) -> SignedEvent | None:
    """One event by its id."""
    row = Event.objects.filter(id=event_id).first()
    return from_row(row) if row else None


def subjects(*, names: Iterable[str]) -> list[str]:
    """Everything of which an event of these names tells, in order."""
    rows = Event.objects.filter(name__in=list(names)).order_by("subject")
    return list(rows.values_list("subject", flat=True).distinct())


def by_ids(event_ids: Sequence[UUID]) -> list[SignedEvent]:
    """The events with these ids, by time, node and number; unknown ones are left out."""
    return [from_row(row) for row in Event.objects.filter(id__in=event_ids).order_by("occurred_at", "node", "seq")]


def latest(*, limit: int, names: Iterable[str] | None = None) -> list[SignedEvent]:
    """The events (of some names) that happened last, newest first."""
    found: list[SignedEvent] = []
    for name in _names() if names is None else names:
        # Name by name the index finds them; the few of all names are put in order here.
        rows = Event.objects.filter(name=name).order_by("-occurred_at", "node", "-seq")
        found.extend(map(from_row, rows[:limit]))
    found.sort(key=lambda event: (event.node, -event.seq))
    found.sort(key=lambda event: event.occurred_at, reverse=True)
    return found[:limit]


def _names() -> Iterator[str]:
    """Every name in the log, each found by one step in the index and not by reading all events."""
    rows, name = Event.objects.order_by("name").values_list("name", flat=True), ""
    while name := rows.filter(name__gt=name).first() or "":
        yield name


def last_told(*, names: Iterable[str]) -> dict[str, datetime]:
    """When each node last told one of these events, by its name without the number of its chain."""
    found: dict[str, datetime] = {}
    for node in Chain.objects.values_list("node", flat=True):
        rows = Event.objects.filter(node=node, name__in=list(names)).order_by("-seq")
        at, speaker = rows.values_list("occurred_at", flat=True).first(), node.partition("/")[0]
        if at:
            found[speaker] = max(at, found.get(speaker, at))
    return found


def heads() -> list[ChainHead]:
    """The chains held here and where each ends."""
    return [
        ChainHead(row.node, row.last_seq, bytes(row.last_hash), VerifyKey(bytes(row.verify_key)))
        for row in Chain.objects.order_by("node")
    ]


def chain(node: str, *, after_seq: int = 0) -> Iterator[SignedEvent]:
    """A node's events in order of their number, read in pieces."""
    for row in Event.objects.filter(node=node, seq__gt=after_seq).order_by("seq").iterator(chunk_size=2000):
        yield from_row(row)


def faults() -> list[Fault]:
    """Check every chain held here from its first event; empty when all are whole."""
    found: list[Fault] = []
    for head in heads():
        fault = rules.first_fault(
            chain(head.node), node=head.node, key=head.verify_key, signatures_every=_SIGNATURES_EVERY
        )
        last = Event.objects.filter(node=head.node).order_by("-seq").first()
        if fault:
            found.append(fault)
        elif (last.seq if last else 0) != head.last_seq:
            found.append(Fault(head.node, head.last_seq, "missing"))
    return found


def from_row(row: Event) -> SignedEvent:
    """The row as the value its node signed."""
    return SignedEvent(
        id=row.id,
        node=row.node,
        seq=row.seq,
        name=row.name,
        version=row.version,
        subject=row.subject,
        actor=row.actor,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        data=row.data,
        prev_hash=bytes(row.prev_hash),
        hash=bytes(row.hash),
        signature=bytes(row.signature),
    )
