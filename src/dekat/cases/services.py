"""Commands on applications. Each writes its step and its event with the change."""

from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import rules
from dekat.cases.catalogue import ServiceCode, service
from dekat.cases.models import Application, ApplicationStep, Attachment
from dekat.cases.pictures import clean_picture
from dekat.cases.queries import ApplicationCard, ApplicationUnknown, card_of
from dekat.cases.states import Channel, ReturnReason, State
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record

_MOST_ATTACHMENTS = 6
# What must be the same for a second press to be the first one again.
_REQUEST = ("service", "channel", "stated_nik", "stated_family_card_no", "phone", "element", "new_value")


class MoveForbidden(DekatError):
    """Somebody else moved the application on meanwhile."""

    code = "cases.application.move_forbidden"


class RequestIncomplete(DekatError):
    """The service needs to know what should change, and into what."""

    code = "cases.application.request_incomplete"


class IdTaken(DekatError):
    """Another application has this id: ids are public in the log, so they open nothing."""

    code = "cases.application.id_taken"


class NoteMissing(DekatError):
    """Sending back without saying what to do helps nobody."""

    code = "cases.application.note_missing"


class ResidentUnmatched(DekatError):
    """Both numbers do not name one resident, so nothing can be decided."""

    code = "cases.application.resident_unmatched"


class SameHands(DekatError):
    """Whoever approved an application may not issue it too."""

    code = "cases.application.same_hands"


class TooManyAttachments(DekatError):
    """The application has as many pictures as it may have."""

    code = "cases.attachment.too_many"


@dataclass(frozen=True, repr=False)
class Draft:
    """What the applicant says. Made where the application is made, with its id and its tracking code."""

    application_id: UUID
    code: str
    service: ServiceCode
    channel: Channel
    kecamatan: str
    resident_id: UUID | None
    family_id: UUID | None
    stated_nik: str
    stated_family_card_no: str
    phone: str
    element: str
    new_value: str
    submitted_at: datetime


def submit(*, draft: Draft, node: str, actor: Actor, now: datetime) -> ApplicationCard:
    """Take an application in; its clock starts.

    Facts: `draft.submitted_at` is the clock of the machine where it was made, `now` is ours; ours starts the clock.
    Again: the same id with the same request returns the first application.
    Refuses: cases.application.request_incomplete, cases.application.id_taken.
    """
    if service(draft.service).names_an_element and not (draft.element and draft.new_value.strip()):
        raise RequestIncomplete
    facts = {key: value for key, value in asdict(draft).items() if key != "application_id"}
    with transaction.atomic():
        row, is_new = Application.objects.get_or_create(
            id=draft.application_id, defaults={**facts, "node": node, "state": State.SUBMITTED, "received_at": now}
        )
        if is_new:
            _step(row, State.SUBMITTED, "submitted", actor, now)
        elif any(getattr(row, name) != facts[name] for name in _REQUEST):
            raise IdTaken
        return card_of(row)


def attach(*, application_id: UUID, attachment_id: UUID, raw: bytes, now: datetime) -> None:
    """Keep a picture of an original, re-encoded.

    Again: the same `attachment_id` changes nothing.
    Refuses: cases.attachment.not_a_picture, cases.attachment.too_many, cases.application.unknown.
    """
    picture = clean_picture(raw)
    with transaction.atomic():
        row = _locked(application_id)
        if Attachment.objects.filter(id=attachment_id).exists():
            return
        if row.attachments.count() >= _MOST_ATTACHMENTS:
            raise TooManyAttachments(most=_MOST_ATTACHMENTS)
        Attachment.objects.create(
            id=attachment_id, application=row, content=picture, sha256=sha256(picture).hexdigest(), added_at=now
        )


def take(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """Begin the review.

    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    return _move(application_id, State.IN_REVIEW, "taken", actor, now)


def send_back(*, application_id: UUID, reason: ReturnReason, note: str, actor: Actor, now: datetime) -> ApplicationCard:
    """Ask the applicant for something; the clock stands still until they answer.

    Facts: `note` says in plain words what to do now.
    Refuses: cases.application.note_missing, cases.application.move_forbidden.
    """
    if not note.strip():
        raise NoteMissing
    return _move(application_id, State.RETURNED, "sent_back", actor, now, reason=reason, note=note.strip())


def answer(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """The applicant did what was asked; the clock runs again.

    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    return _move(application_id, State.SUBMITTED, "answered", actor, now, only_from={State.RETURNED})


def approve(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """Decide that the request is right; the head's signature is still to come.

    Again: changes nothing.
    Refuses: cases.application.resident_unmatched, cases.application.move_forbidden.
    """
    row = _found(application_id)
    if row.resident_id is None or row.family_id is None:
        raise ResidentUnmatched
    return _move(application_id, State.APPROVED, "approved", actor, now, approved_by=actor.label)


def refuse_same_hands(*, application_id: UUID, actor: Actor) -> None:
    """Say nothing when another person than the approver acts.

    Refuses: cases.application.same_hands.
    """
    if _found(application_id).approved_by == actor.label:
        raise SameHands


def mark_issued(*, application_id: UUID, document_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """The document exists; the clock ends.

    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    return _move(application_id, State.ISSUED, "issued", actor, now, document_id=document_id)


def mark_printed(*, document_id: UUID, actor: Actor, now: datetime) -> ApplicationCard | None:
    """A good sheet of the document lies at the kecamatan; None when no application asked for it."""
    return _move_document(document_id, State.PRINTED, "printed", actor, now)


def mark_unprinted(*, document_id: UUID, actor: Actor, now: datetime) -> ApplicationCard | None:
    """The sheet was spoiled before anybody collected it; None when no application asked for it."""
    return _move_document(document_id, State.ISSUED, "unprinted", actor, now)


def mark_collected(*, document_id: UUID, actor: Actor, now: datetime) -> ApplicationCard | None:
    """The resident has the sheet; None when no application asked for it."""
    return _move_document(document_id, State.COLLECTED, "collected", actor, now)


def _move_document(document_id: UUID, to: State, event: str, actor: Actor, now: datetime) -> ApplicationCard | None:
    row = Application.objects.filter(document_id=document_id).first()
    return _move(row.id, to, event, actor, now) if row else None


def _move(
    application_id: UUID,
    to: State,
    event: str,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    note: str = "",
    only_from: set[State] | None = None,
    **facts: str | UUID,
) -> ApplicationCard:
    with transaction.atomic():
        row = _locked(application_id)
        if row.state == to:
            return card_of(row)
        sources = [source for source in only_from or set(State) if rules.may_move(source, to)]
        if not Application.objects.filter(id=row.id, state__in=sources).update(state=to, **facts):
            raise MoveForbidden(state=State(row.state).label)
        row.refresh_from_db()
        _step(row, to, event, actor, now, reason, note)
        return card_of(row)


def _step(
    row: Application, state: State, event: str, actor: Actor, now: datetime, reason: str = "", note: str = ""
) -> None:
    ApplicationStep.objects.create(
        application=row,
        number=row.steps.count() + 1,
        state=state,
        at=now,
        actor=actor.label,
        office=actor.office,
        reason=reason,
        note=note,
    )
    data = {"service": row.service, "channel": row.channel, "kecamatan": row.kecamatan, "reason": reason}
    record(
        name=f"cases.application.{event}",
        subject=f"application:{row.id}",
        actor=actor.label,
        data={key: value for key, value in data.items() if value},
        now=now,
    )


def _locked(application_id: UUID) -> Application:
    row = Application.objects.select_for_update().filter(id=application_id).first()
    if row is None:
        raise ApplicationUnknown
    return row


def _found(application_id: UUID) -> Application:
    row = Application.objects.filter(id=application_id).first()
    if row is None:
        raise ApplicationUnknown
    return row
