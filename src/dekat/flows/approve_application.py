"""A reviewer decides: first it is rehearsed on the register, then numbers are asked for where any are needed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from dekat.accounts.actor import Actor
from dekat.cases import queries as cases
from dekat.cases import questions
from dekat.cases import services as case_commands
from dekat.cases.queries import ApplicationCard
from dekat.cases.states import State
from dekat.flows.deeds.deed import NumberAsked, Order, OrderedCard, Paper
from dekat.flows.deeds.table import deed_of
from dekat.kernel.errors import DekatError
from dekat.national import queries as national
from dekat.national import services as national_commands
from dekat.national.numbers import reference_of


@dataclass(frozen=True, repr=False)
class Rehearsal:
    """What an application would come to; `stand_ins` are numbers of nowhere in it, `cards` KTP-el to be printed."""

    papers: tuple[Paper, ...]
    stand_ins: frozenset[str]
    cards: tuple[OrderedCard, ...] = ()


def approve(*, application_id: UUID, said: Mapping[str, object], actor: Actor, now: datetime) -> ApplicationCard:
    """Decide that a request is right, with what the office adds to it.

    Facts: what the register would refuse when the head signs is refused here already, in the reviewer's hands.
    Again: changes nothing.
    Refuses: cases.answers.incomplete, cases.answers.wrong, cases.application.resident_unmatched,
    cases.application.move_forbidden, and whatever the deed refuses.
    """
    application = cases.application(application_id)
    if not application.is_matched:
        raise case_commands.ResidentUnmatched
    deed = deed_of(application.service.code)
    decision = questions.read(deed.asks_office(application), said)
    decided = replace(application, decision=decision)
    rehearse(decided, actor=actor, now=now)
    with transaction.atomic():
        asked = deed.numbers(decided)
        for number in asked:
            national_commands.ask_number(
                kind=number.kind,
                reference=reference_of(application_id, number.purpose),
                facts={**number.facts, "recorded_on": localdate(now).isoformat()},
                actor=actor,
                now=now,
            )
        return case_commands.approve(
            application_id=application_id, decision=decision, needs_number=bool(asked), actor=actor, now=now
        )


def rehearse(application: ApplicationCard, *, actor: Actor, now: datetime) -> Rehearsal:
    """Carry out an application and take it all back, so that a refusal is known before anybody signs.

    Facts: where a number is still awaited a stand-in takes its place; `Rehearsal.stand_ins` names them.
    Refuses: whatever the deed refuses.
    """
    deed = deed_of(application.service.code)
    stand_ins = {asked.purpose: stand_in(application.id, asked) for asked in deed.numbers(application)}
    with transaction.atomic():
        yielded = deed.act(Order(application, stand_ins, actor, now))
        transaction.set_rollback(True)
    papers = tuple(one for one in yielded if isinstance(one, Paper))
    cards = tuple(one for one in yielded if isinstance(one, OrderedCard))
    return Rehearsal(papers, frozenset(stand_ins.values()), cards)


def stand_in(application_id: UUID, asked: NumberAsked) -> str:
    """A number of nowhere for the rehearsal; it is never kept."""
    year, serial = divmod(reference_of(application_id, asked.purpose).int % 999_900, 9_999)
    return f"9999990101{year:02d}{serial + 1:04d}"


def numbers_of(application: ApplicationCard) -> dict[str, str] | None:
    """The numbers that an application waited for, by purpose; None while one is missing."""
    found: dict[str, str] = {}
    for asked in deed_of(application.service.code).numbers(application):
        given = national.number(reference_of(application.id, asked.purpose))
        if given is None or not given.number:
            return None
        found[asked.purpose] = given.number
    return found


def _may_go_on(application: ApplicationCard) -> bool:
    """Whether all numbers came; what the register no longer allows goes on too: the head sees why and gives it back."""
    try:
        return numbers_of(application) is not None
    except DekatError:
        return True


def take_numbers(*, actor: Actor, now: datetime) -> int:
    """Let every application whose numbers have all arrived go on to the head; give how many did.

    Again: nothing is left to do.
    """
    ready = [one for one in cases.queue(states=[State.NUMBERING]) if _may_go_on(one)]
    for application in ready:
        case_commands.note_numbers(application_id=application.id, actor=actor, now=now)
    return len(ready)
