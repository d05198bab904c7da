"""Commands: write down who opens whose data and why. A face shows nothing before one of these has returned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from dekat.accounts import queries as accounts
from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.ledger.services import record
from dekat.openings import rules
from dekat.openings.message import MESSAGE_KIND, act_from, message_of
from dekat.openings.models import Opening
from dekat.openings.states import Outcome, Purpose
from dekat.openings.views import Act
from dekat.registry import queries as registry
from dekat.sync import services as sync

_TASKS = UUID("019acb7e-0000-7000-8000-00000000da7a")


class LivesElsewhere(DekatError):
    """The resident lives in another kecamatan; the attempt was written down."""

    code = "openings.resident.lives_elsewhere"


class OfficerElsewhere(DekatError):
    """A station tells of an opening by an officer who does not belong to its kecamatan."""

    code = "openings.officer.elsewhere"


class NobodyThere(DekatError):
    """What should be opened shows nobody's data: a paper about things, or a family that nobody was ever of."""

    code = "openings.record.nobody"


class NoteMissing(DekatError):
    """The purpose is none of the list, so it must be said in words."""

    code = "openings.note.missing"


@dataclass(frozen=True)
class Wish:
    """What an officer wants to open: whom, as what, and why."""

    subject: str
    people: tuple[UUID, ...]
    purpose: Purpose
    note: str = ""


def open_record(*, press_id: UUID, wish: Wish, actor: Actor, now: datetime, tells_centre: bool = False) -> None:
    """Write down that an officer opens somebody's data for a purpose that they named.

    Facts: outside a transaction, so that a refused attempt stays written down. `press_id` comes from a browser: the id
    of the act is made from it, so that nobody can name an act that is in the log already and stay out of it.
    Again: the same press of the same officer changes nothing.
    Refuses: openings.record.nobody, openings.note.missing, openings.resident.lives_elsewhere.
    Law: uu-27-2022
    """
    if not wish.people:
        raise NobodyThere
    if wish.purpose is Purpose.OTHER and not wish.note.strip():
        raise NoteMissing
    refuse_elsewhere(wish=wish, actor=actor, now=now, tells_centre=tells_centre)
    act_id = uuid5(press_id, f"{actor.label}/{wish.subject}")
    _keep(_act(act_id, wish, Outcome.GRANTED, actor, now), now, tells_centre)


def open_for_task(*, wish: Wish, actor: Actor, now: datetime, tells_centre: bool = False) -> None:
    """Write down that a task shows somebody's data to the officer who does it; the purpose is the task's.

    Facts: `wish.subject` is the task (`recording:…`, `application:…`).
    Again: the same officer, task, people and day is one opening. Other people are another one, so that one task
    never covers a second family.
    """
    people = ",".join(sorted(map(str, wish.people)))
    name = f"{wish.subject}/{actor.label}/{wish.purpose}/{localdate(now)}/{people}"
    _keep(_act(uuid5(_TASKS, name), wish, Outcome.GRANTED, actor, now), now, tells_centre)


def refuse_elsewhere(*, wish: Wish, actor: Actor, now: datetime, tells_centre: bool = False) -> None:
    """Say nothing when the officer may open these people for this purpose; else write the attempt down and refuse.

    Facts: outside a transaction, so that the attempt stays written down.
    Refuses: openings.resident.lives_elsewhere.
    """
    homes = registry.homes(wish.people)
    if all(rules.may_open(actor=actor, home=homes.get(one, ""), purpose=wish.purpose) for one in wish.people):
        return
    note_refused(subject=wish.subject, people=wish.people, actor=actor, now=now, tells_centre=tells_centre)
    raise LivesElsewhere


def note_refused(
    *, subject: str, people: Iterable[UUID], actor: Actor, now: datetime, tells_centre: bool = False
) -> None:
    """Write down that an officer tried to open somebody's data and was not let."""
    act = Act(new_id(now), subject, tuple(people), Outcome.REFUSED, None, "", actor, now)
    _keep(act, now, tells_centre)


def _act(act_id: UUID, wish: Wish, outcome: Outcome, actor: Actor, now: datetime) -> Act:
    return Act(act_id, wish.subject, wish.people, outcome, wish.purpose, wish.note.strip(), actor, now)


def _keep(act: Act, now: datetime, tells_centre: bool) -> None:
    if not act.people or Opening.objects.filter(act_id=act.id).exists():
        return
    with transaction.atomic():
        _write(act, received_at=now)
        _say(act, now)
        if tells_centre:
            sync.send_message(message_id=act.id, kind=MESSAGE_KIND, body=message_of(act), now=now)


def _write(act: Act, *, received_at: datetime) -> None:
    """One row for each resident of an act.

    Again: rows that are there stay as they are.
    """
    rows = [
        Opening(
            id=uuid5(act.id, str(person)),
            act_id=act.id,
            resident_id=person,
            subject=act.subject,
            outcome=act.outcome,
            purpose=act.purpose or "",
            note=act.note,
            account_id=act.actor.account_id,
            role=act.actor.role or "",
            kecamatan=act.actor.kecamatan,
            node=act.actor.node,
            opened_at=act.at,
            received_at=received_at,
        )
        for person in dict.fromkeys(act.people)
    ]
    Opening.objects.bulk_create(rows, ignore_conflicts=True)


def hear_of_opening(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep at the centre what a station wrote down (message handler); its event comes with the station's chain.

    Again: changes nothing.
    Refuses: openings.officer.elsewhere, accounts.node.unknown.
    """
    act = act_from(item_id, body, node=node, kecamatan=accounts.node(node).kecamatan)
    officer = accounts.account(act.actor.account_id) if act.actor.account_id else None
    if officer and officer.kecamatan != act.actor.kecamatan:
        raise OfficerElsewhere(node=node)
    _write(act, received_at=now)


def _say(act: Act, now: datetime) -> None:
    people: list[Json] = [str(person) for person in act.people]
    data: dict[str, Json] = {"purpose": str(act.purpose or ""), "people": people}
    name = "openings.record.opened" if act.outcome is Outcome.GRANTED else "openings.record.refused"
    record(name=name, subject=act.subject, actor=act.actor.label, data=data, event_id=act.id, now=now)
