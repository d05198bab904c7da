"""What stands aside at this station: every item that does not simply travel, with why and whether it may go again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q

from dekat.ledger import queries as ledger
from dekat.sync import files
from dekat.sync.models import OutItem, Unapplied
from dekat.sync.outbox import FILE_DAMAGED, LOST, NumberTaken
from dekat.sync.rules import TOLD_FROM_ATTEMPTS, WAITING, Carrier, OutState


@dataclass(frozen=True)
class AsideHere:
    """One item of this station.

    Facts: `is_at_centre` when the centre's signed receipt is here; `is_resting` when the line tries it again by itself
    at `next_at`; `may_send` when an officer may ask for another try; `seq` is 0 for a file without a row.
    """

    id: UUID
    kind: str
    seq: int
    code: str
    since: datetime
    is_at_centre: bool
    is_resting: bool
    may_send: bool
    next_at: datetime | None


def asides_here() -> list[AsideHere]:
    """Everything that stands aside here, oldest first."""
    aside = Q(state__in=(OutState.QUARANTINED, OutState.HELD)) | Q(code=LOST)
    refused = Q(state__in=WAITING, attempts__gte=TOLD_FROM_ATTEMPTS)
    found = [*map(_of_item, OutItem.objects.filter(aside | refused)), *_orphans()]
    return sorted(found, key=lambda one: (one.since, str(one.id)))


def unread_news() -> dict[str, int]:
    """How many entries of the feed wait here because nobody could take them, by code."""
    counts: dict[str, int] = {}
    for code in Unapplied.objects.values_list("code", flat=True):
        counts[code] = counts.get(code, 0) + 1
    return counts


def _of_item(item: OutItem) -> AsideHere:
    is_at_centre = bool(item.receipt) and item.state == OutState.QUARANTINED
    is_resting = item.state in WAITING
    has_bytes = item.carrier == Carrier.MESSAGE or files.outbox_path(item.id).exists()
    return AsideHere(
        id=item.id,
        kind=item.kind,
        seq=item.seq,
        code=item.code,
        since=item.aside_at or item.sealed_at,
        is_at_centre=is_at_centre,
        is_resting=is_resting,
        may_send=has_bytes and not is_at_centre and item.code not in (LOST, FILE_DAMAGED),
        next_at=item.next_at if is_resting else None,
    )


def _orphans() -> list[AsideHere]:
    found = []
    for path in sorted(files.orphan_path("x").parent.glob("*.dkp")):
        said = ledger.events(names=["sync.packet.orphaned"], subject=f"packet:{path.stem}", limit=1)
        if not said:
            continue
        found.append(
            AsideHere(
                id=UUID(path.stem),
                kind="",
                seq=0,
                code=NumberTaken.code,
                since=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC),
                is_at_centre=False,
                is_resting=False,
                may_send=False,
                next_at=None,
            )
        )
    return found
