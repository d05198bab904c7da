"""The papers of an application: what it came to, and where each of them is."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import rules
from dekat.cases.models import Application, ApplicationPaper
from dekat.cases.moving import MoveForbidden, locked, move
from dekat.cases.queries import ApplicationCard, card_of
from dekat.cases.states import PaperState, State

_EVENTS = {
    State.PRINTED: "printed", State.ISSUED: "unprinted", State.COLLECTED: "collected", State.ENDED: "ended",
}  # fmt: skip


def note_papers(*, application_id: UUID, document_ids: Iterable[UUID]) -> None:
    """Write down the papers that an approved application comes to, in their order; part of the deciding transaction.

    Facts: it is still approved then, whoever wanted to give it back meanwhile.
    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    row = locked(application_id)
    if row.state != State.APPROVED:
        raise MoveForbidden(state=State(row.state).label)
    ApplicationPaper.objects.bulk_create(
        [
            ApplicationPaper(document_id=one, application_id=application_id, number=number)
            for number, one in enumerate(document_ids, start=1)
        ],
        ignore_conflicts=True,
    )


def mark_printed(*, document_id: UUID, actor: Actor, now: datetime) -> ApplicationCard | None:
    """A good sheet of the paper lies at the kecamatan; None when no application asked for it."""
    return _move_paper(document_id, PaperState.PRINTED, actor, now)


def mark_unprinted(*, document_id: UUID, actor: Actor, now: datetime) -> ApplicationCard | None:
    """The sheet was spoiled before anybody collected it; None when no application asked for it."""
    return _move_paper(document_id, PaperState.ISSUED, actor, now)


def mark_collected(*, document_id: UUID, actor: Actor, now: datetime, receiver: str = "") -> ApplicationCard | None:
    """The resident has the paper; None when no application asked for it.

    Facts: `receiver` is who signed, where this office handed it over itself.
    """
    return _move_paper(document_id, PaperState.COLLECTED, actor, now, receiver)


def mark_ended(*, document_id: UUID, actor: Actor, now: datetime) -> ApplicationCard | None:
    """Nobody waits for this paper any more: a newer one took its place before it was collected, or its owner died.

    Facts: an application that is not signed yet stays where it is.
    Again: changes nothing.
    """
    return _move_paper(document_id, PaperState.ENDED, actor, now)


def _move_paper(
    document_id: UUID, to: PaperState, actor: Actor, now: datetime, receiver: str = ""
) -> ApplicationCard | None:
    """The application goes where the slowest of its papers is."""
    with transaction.atomic():
        paper = ApplicationPaper.objects.filter(document_id=document_id).first()
        if paper is None:
            return None
        row = locked(paper.application_id)
        # The resident may have the paper from home while a sheet of it is still printed, spoiled or counted; and of a
        # paper that ended a station may still tell.
        if paper.state == PaperState.ENDED or (paper.state == PaperState.COLLECTED and to != PaperState.COLLECTED):
            return card_of(row)
        ApplicationPaper.objects.filter(document_id=document_id).update(state=to, receiver=receiver)
        return follow_papers(row, actor, now)


def follow_papers(row: Application, actor: Actor, now: datetime) -> ApplicationCard:
    """Bring an application that is signed to where the slowest of its papers is."""
    state = rules.together([PaperState(one.state) for one in row.papers.all()])
    if state is None or state == row.state or row.state == State.APPROVED:
        return card_of(row)
    return move(row.id, state, _EVENTS[state], actor, now)
