"""An approved application is carried out: the register changes, its papers are issued, the former ones end."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import queries as cases
from dekat.cases import services as case_commands
from dekat.cases.queries import ApplicationCard
from dekat.cases.states import State
from dekat.documents import queries as documents
from dekat.documents import services as document_commands
from dekat.flows.approve_application import numbers_of
from dekat.flows.deeds.deed import Order, Paper
from dekat.flows.deeds.table import deed_of


def carry_out(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """Sign what another person approved.

    Facts: outside a transaction. The decision, the change of the register and the intents of the papers are one
    transaction; the signed files follow, and with each the former paper is superseded and the station learns of it.
    Again: what a crash left is finished; a finished application changes nothing.
    Refuses: cases.application.same_hands, cases.application.move_forbidden, and what register and documents refuse.
    """
    application = cases.application(application_id)
    case_commands.refuse_same_hands(application_id=application_id, actor=actor)
    numbers = numbers_of(application) if application.state == State.APPROVED else None
    if numbers is None:
        raise case_commands.MoveForbidden(state=application.state.label)
    if not application.papers:
        with transaction.atomic(durable=True):
            papers = deed_of(application.service.code).act(Order(application, numbers, actor, now))
            intended = [_intend(application_id, paper, actor, now) for paper in papers]
            case_commands.note_papers(application_id=application_id, document_ids=intended)
    for paper in cases.application(application_id).papers:
        document_commands.complete(document_id=paper.document_id, now=now)
    return case_commands.mark_issued(application_id=application_id, actor=actor, now=now)


def catch_up(*, actor: Actor, now: datetime) -> int:
    """Note every application whose papers all exist while it still says approved; give their number.

    Facts: `actor` is this machine; run it after `documents.services.resume_issues`.
    Again: nothing is left to do.
    """
    behind = [
        application
        for application in cases.queue(states=[State.APPROVED])
        if application.papers and all(documents.find(paper.document_id) for paper in application.papers)
    ]
    for application in behind:
        case_commands.mark_issued(application_id=application.id, actor=actor, now=now)
    return len(behind)


def _intend(application_id: UUID, paper: Paper, actor: Actor, now: datetime) -> UUID:
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
