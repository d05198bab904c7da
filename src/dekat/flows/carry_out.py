"""An approved application is carried out: the register changes, its papers are issued, the former ones end."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cards import queries as cards
from dekat.cases import queries as cases
from dekat.cases import services as case_commands
from dekat.cases.queries import ApplicationCard
from dekat.cases.queries import Paper as Asked
from dekat.cases.states import PaperState, State
from dekat.documents import queries as documents
from dekat.documents import services as document_commands
from dekat.documents.ports import Passphrase
from dekat.documents.queries import DocumentUnknown
from dekat.documents.services import IssueOutcome, IssueOvertaken
from dekat.flows.approve_application import numbers_of
from dekat.flows.deeds.deed import Order, OrderedCard, Yield
from dekat.flows.deeds.table import deed_of


def carry_out(
    *, application_id: UUID, actor: Actor, now: datetime, passphrase: Passphrase | None = None
) -> ApplicationCard:
    """Sign what another person approved.

    Facts: `passphrase` where a person signs. Outside a transaction. The decision, the change of the register and the
    intents of the papers are one transaction; the signed files follow, and with each the former paper is superseded
    and the station learns of it.
    Again: what a crash left is finished; a finished application changes nothing.
    Refuses: cases.application.same_hands, cases.application.move_forbidden, and what register and documents refuse.
    """
    application = cases.application(application_id)
    case_commands.refuse_same_hands(application_id=application_id, actor=actor)
    if application.state != State.APPROVED:
        raise case_commands.MoveForbidden(state=application.state.label)
    if not application.papers:
        numbers = numbers_of(application)
        if numbers is None:
            raise case_commands.MoveForbidden(state=application.state.label)
        with transaction.atomic(durable=True):
            yielded = deed_of(application.service.code).act(Order(application, numbers, actor, now))
            intended = [_intend(application_id, one, actor, now) for one in yielded]
            case_commands.note_papers(application_id=application_id, document_ids=intended)
    for paper in cases.application(application_id).papers:
        if not _is_settled(paper):
            _complete(paper.document_id, actor, now, passphrase)
    return _note_issued(application_id, actor, now)


def finish_documents(
    *, actor: Actor, now: datetime, idle_for: timedelta = timedelta(), passphrase: Passphrase | None = None
) -> list[IssueOutcome]:
    """Finish the documents that wait, then the applications that they answer; report each document.

    Facts: `actor` is this machine, or the official who typed the passphrase.
    Again: nothing is left to do, or the same refusal.
    """
    outcomes = document_commands.resume_issues(now=now, idle_for=idle_for, passphrase=passphrase)
    catch_up(actor=actor, now=now)
    return outcomes


def catch_up(*, actor: Actor, now: datetime) -> int:
    """Note every application whose papers all exist, or ended, while it still says approved; give their number.

    Facts: `actor` is this machine; run it after `documents.services.resume_issues`.
    Again: nothing is left to do.
    """
    behind = [
        application
        for application in cases.queue(states=[State.APPROVED], limit=None)
        if application.papers and all(_is_settled(paper) for paper in _without_dropped(application, actor, now))
    ]
    for application in behind:
        _note_issued(application.id, actor, now)
    return len(behind)


def _note_issued(application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """The application came to its papers; nobody needs to collect those that they replaced."""
    issued = case_commands.mark_issued(application_id=application_id, actor=actor, now=now)
    for paper in issued.papers:
        for former in documents.replaced_by(paper.document_id):
            case_commands.mark_ended(document_id=former, actor=actor, now=now)
    return issued


def _is_settled(paper: Asked) -> bool:
    exists = documents.find(paper.document_id) is not None or cards.card(paper.document_id) is not None
    return exists or paper.state is PaperState.ENDED


def _without_dropped(application: ApplicationCard, actor: Actor, now: datetime) -> tuple[Asked, ...]:
    """The papers, those ended that were dropped because a newer one of the same family or person came first."""
    waiting = {one.id for one in documents.unfinished()}
    dropped = [one for one in application.papers if not _is_settled(one) and one.document_id not in waiting]
    for paper in dropped:
        case_commands.mark_ended(document_id=paper.document_id, actor=actor, now=now)
    return tuple(one for one in application.papers if one not in dropped)


def _complete(document_id: UUID, actor: Actor, now: datetime, passphrase: Passphrase | None) -> None:
    """Make the paper real, unless a newer one came first: that one tells of this change too."""
    try:
        document_commands.complete(document_id=document_id, now=now, passphrase=passphrase)
    except (IssueOvertaken, DocumentUnknown):
        case_commands.mark_ended(document_id=document_id, actor=actor, now=now)


def _intend(application_id: UUID, paper: Yield, actor: Actor, now: datetime) -> UUID:
    """The id of what the application came to; a card is in the queue already."""
    if isinstance(paper, OrderedCard):
        return paper.card_id
    return document_commands.intend(
        kind=paper.kind,
        subject=paper.subject,
        kecamatan=paper.kecamatan,
        content=paper.content,
        supersedes=paper.supersedes,
        actor=actor,
        now=now,
        document_id=uuid5(application_id, f"{paper.kind} {paper.subject}"),
    )
