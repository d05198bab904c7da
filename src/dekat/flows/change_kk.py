"""An approved application about a KK is carried out: the register changes, the new KK is issued, the old one ends."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import queries as cases
from dekat.cases import services as case_commands
from dekat.cases.queries import ApplicationCard
from dekat.cases.states import State
from dekat.documents import queries as documents
from dekat.documents import services as document_commands
from dekat.documents.ports import Passphrase
from dekat.documents.services import IssueOutcome
from dekat.flows.issue_kk import intend_kk
from dekat.registry import services as registry
from dekat.registry.states import Element


def carry_out(
    *, application_id: UUID, actor: Actor, now: datetime, passphrase: Passphrase | None = None
) -> ApplicationCard:
    """Sign what another person approved.

    Facts: `passphrase` where a person signs. Outside a transaction. The decision, the change of the register and the
    intent of the document are one transaction; the signed file follows, and with it the former KK is superseded and
    the station learns of it.
    Again: what a crash left is finished; a finished application changes nothing.
    Refuses: cases.application.same_hands, cases.application.move_forbidden, and what register and documents refuse.
    """
    application = cases.application(application_id)
    case_commands.refuse_same_hands(application_id=application_id, actor=actor)
    if application.state != State.APPROVED or application.resident_id is None or application.family_id is None:
        raise case_commands.MoveForbidden(state=application.state.label)
    with transaction.atomic(durable=True):
        if application.service.names_an_element:
            registry.change_element(
                application_id=application_id,
                resident_id=application.resident_id,
                element=Element(application.element),
                value=application.new_value,
                actor=actor,
                now=now,
            )
        intended = intend_kk(
            document_id=document_of(application_id),
            family_id=application.family_id,
            actor=actor,
            now=now,
        )
    document_commands.complete(document_id=intended, now=now, passphrase=passphrase)
    return case_commands.mark_issued(application_id=application_id, document_id=intended, actor=actor, now=now)


def document_of(application_id: UUID) -> UUID:
    """The id of the document that answers an application: known before it exists, so that a retry finds it."""
    return uuid5(application_id, "document")


def finish_documents(
    *, actor: Actor, now: datetime, idle_for: timedelta = timedelta(), passphrase: Passphrase | None = None
) -> list[IssueOutcome]:
    """Finish the documents that wait, then the applications that they answer; report each document.

    Facts: `actor` is whoever finishes: this machine, or the official who typed the passphrase.
    Again: nothing is left to do, or the same refusal.
    """
    outcomes = document_commands.resume_issues(now=now, idle_for=idle_for, passphrase=passphrase)
    catch_up(actor=actor, now=now)
    return outcomes


def catch_up(*, actor: Actor, now: datetime) -> int:
    """Note every document that exists while its application still says approved; give their number.

    Facts: `actor` is this machine, or who signed; run it after `documents.services.resume_issues`.
    Again: nothing is left to do.
    """
    behind = [
        application
        for application in cases.queue(states=[State.APPROVED])
        if documents.find(document_of(application.id)) is not None
    ]
    for application in behind:
        case_commands.mark_issued(
            application_id=application.id, document_id=document_of(application.id), actor=actor, now=now
        )
    return len(behind)
