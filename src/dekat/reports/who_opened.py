"""Who opened somebody's data, as offices and people read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dekat.accounts import queries as accounts
from dekat.accounts.roles import Role
from dekat.national import queries as national
from dekat.openings import queries as openings
from dekat.openings.states import Outcome, Purpose
from dekat.openings.views import Act
from dekat.registry import queries as registry
from dekat.reports.parties import node_name, party_name, places


@dataclass(frozen=True)
class OpeningLine:
    """One act: when, who, from which machine, why, and whether the data were shown.

    Facts: `name` is the officer's, for the head of the office alone; `what` is the kind of thing that was opened;
    `purpose` is None where the attempt was refused before one was given.
    """

    at: datetime
    what: str
    subject_id: UUID | None
    office: str
    role: Role | None
    name: str
    machine: str
    purpose: Purpose | None
    note: str
    outcome: Outcome

    @property
    def is_refused(self) -> bool:
        return self.outcome is Outcome.REFUSED


def openings_about(people: Iterable[UUID], *, on: date) -> list[OpeningLine]:
    """Who opened the data of these residents, the newest first; also in records that were merged into theirs."""
    asked = {record for one in people for record in registry.records_of(one)}
    recordings = (f"recording:{one}" for one in national.recordings_of(asked))
    return _lines(openings.acts_about(asked, subjects=recordings), on)


def openings_on(subject: str, *, on: date) -> list[OpeningLine]:
    """Who opened one thing, the newest first."""
    return _lines(openings.acts_on(subject), on)


def newest_openings(*, is_refused: bool, on: date) -> list[OpeningLine]:
    """The newest openings of anybody, or the attempts that were refused."""
    return _lines(openings.refused_acts() if is_refused else openings.latest_acts(), on)


def _lines(acts: list[Act], on: date) -> list[OpeningLine]:
    names, officers = places(on), _officers(act.actor.account_id for act in acts)
    return [_line(act, names, officers) for act in acts]


def _line(act: Act, names: dict[str, str], officers: dict[UUID, str]) -> OpeningLine:
    what, _, subject_id = act.subject.partition(":")
    return OpeningLine(
        at=act.at,
        what=what,
        subject_id=UUID(subject_id) if subject_id else None,
        office=party_name(act.actor.office, names),
        role=act.actor.role,
        name=officers.get(act.actor.account_id, "") if act.actor.account_id else "",
        machine=node_name(act.actor.node, names),
        purpose=act.purpose,
        note=act.note,
        outcome=act.outcome,
    )


def _officers(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    found = (accounts.account(one) for one in {one for one in ids if one})
    return {card.id: card.full_name for card in found if card}
