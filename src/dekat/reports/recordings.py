"""Recordings across concepts: the resident (masked), the road, the card."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dekat.areas import queries as areas
from dekat.cards import queries as cards
from dekat.cards.queries import CardView
from dekat.national import queries as national
from dekat.national.queries import SubmissionCard
from dekat.national.statuses import Status
from dekat.registry import queries as registry
from dekat.reports.card_desk import OUT_OF_DOMICILE

TONES = {
    Status.PRINT_READY_RECORD: "ok",
    Status.DUPLICATE_RECORD: "bad",
    Status.ENROLL_FAILURE_AT_CENTRAL: "bad",
    Status.ADJUDICATE_RECORD: "warn",
    Status.SEARCH_FAILURE_AT_CENTRAL: "warn",
}


@dataclass(frozen=True)
class Row:
    """One recording in the office's list."""

    road: SubmissionCard
    name: str
    place: str
    card: CardView | None

    @property
    def state(self) -> str:
        """Where it is now, in words: the card's place once there is a card."""
        return str(self.card.state.label) if self.card else str(self.road.status.label)

    @property
    def since(self) -> datetime:
        """Since when it is there."""
        return self.card.state_since if self.card else self.road.status_since

    @property
    def tone(self) -> str:
        """How a badge shows it."""
        return TONES.get(self.road.status, "info")


@dataclass(frozen=True)
class Count:
    """How many recordings stand at a status."""

    label: str
    value: int


@dataclass(frozen=True)
class OfficeList:
    """The newest recordings and the counts above them."""

    rows: tuple[Row, ...]
    counts: tuple[Count, ...]
    as_of: datetime


def office_list(*, now: datetime) -> OfficeList:
    """What the office sees of its recordings."""
    found = national.counts()
    return OfficeList(
        rows=tuple(_row(road, now.date()) for road in national.submissions()),
        counts=tuple(Count(str(status.label), found[status]) for status in Status if found[status]),
        as_of=now,
    )


def office_detail(recording_id: UUID, *, now: datetime) -> Row | None:
    """One recording, or None."""
    road = national.submission(recording_id)
    return _row(road, now.date()) if road else None


def _row(road: SubmissionCard, on: date) -> Row:
    return Row(
        road=road,
        name=person.name if (person := registry.masked_resident(road.resident_id, on=on)) else OUT_OF_DOMICILE,
        place=areas.display_name(road.kecamatan, on),
        card=cards.card(road.recording_id),
    )
