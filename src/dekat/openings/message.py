"""`opening/1`: who opened whose data at a station, on its way to the centre."""

import re
from collections.abc import Mapping
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.accounts.roles import KECAMATAN_ROLES, Role
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.openings.states import Outcome, Purpose
from dekat.openings.views import Act

MESSAGE_KIND = "opening/1"
_MOST_PEOPLE = 100
_SUBJECT = re.compile(r"[a-z]{4,20}:[0-9a-f-]{36}")


def message_of(act: Act) -> dict[str, Json]:
    """The act as JSON; its id is that of the message."""
    people: list[Json] = [str(person) for person in act.people]
    return {
        "subject": act.subject,
        "people": people,
        "outcome": str(act.outcome),
        "purpose": str(act.purpose or ""),
        "note": act.note,
        "by": str(act.actor.account_id) if act.actor.account_id else "",
        "role": str(act.actor.role or ""),
        "at": iso(act.at),
    }


def act_from(act_id: UUID, body: Mapping[str, Json], *, node: str, kecamatan: str) -> Act:
    """The act that a station told of; its kecamatan is the station's, whatever it says.

    Facts: raises ValueError, KeyError or TypeError where the message is not made as its kind says.
    """
    people, subject, role = body["people"], str(body["subject"]), Role(str(body["role"]))
    if not isinstance(people, list) or len(people) > _MOST_PEOPLE or role not in KECAMATAN_ROLES:
        raise ValueError(role)
    if not _SUBJECT.fullmatch(subject):
        raise ValueError(subject)
    return Act(
        id=act_id,
        subject=subject,
        people=tuple(UUID(str(person)) for person in people),
        outcome=Outcome(str(body["outcome"])),
        purpose=Purpose(str(body["purpose"])) if body["purpose"] else None,
        note=str(body["note"]),
        actor=Actor(UUID(str(body["by"])), role, kecamatan, node),
        at=from_iso(str(body["at"])),
    )
