"""The papers of an application: what it came to, and where each of them is."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import rules
from dekat.cases.models import ApplicationPaper
from dekat.cases.moving import locked, move
from dekat.cases.queries import ApplicationCard, card_of
from dekat.cases.states import PaperState, State

_EVENTS = {State.PRINTED: "printed", State.ISSUED: "unprinted", State.COLLECTED: "collected"}


def note_papers(*, application_id: UUID, document_ids: Iterable[UUID]) -> None:
    """Write down the papers that an approved application comes to, in their order; part of the deciding transaction.

    Again: changes nothing.
    """
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


def _move_paper(
    document_id: UUID, to: PaperState, actor: Actor, now: datetime, receiver: str = ""
) -> ApplicationCard | None:
    """The application goes where the slowest of its papers is."""
    with transaction.atomic():
        paper = ApplicationPaper.objects.filter(document_id=document_id).first()
        if paper is None:
            return None
        row = locked(paper.application_id)
        # The resident may have the paper from home while a sheet of it is still printed, spoiled or counted.
        if paper.state == PaperState.COLLECTED and to != PaperState.COLLECTED:
            return card_of(row)
        ApplicationPaper.objects.filter(document_id=document_id).update(state=to, receiver=receiver)
        papers = [PaperState(one.state) for one in row.papers.all()]
        state = rules.together(papers)
        if state is None or state == row.state:
            return card_of(row)
        return move(row.id, state, _EVENTS[state], actor, now)
