"""Commands on applications. Each writes its step and its event with the change."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import questions
from dekat.cases.catalogue import ServiceCode, service
from dekat.cases.models import Application, ApplicationNote, ApplicationPaper, Attachment
from dekat.cases.moving import MoveForbidden as MoveForbidden
from dekat.cases.moving import found, locked, move, step, tell
from dekat.cases.papers import mark_collected as mark_collected
from dekat.cases.papers import mark_printed as mark_printed
from dekat.cases.papers import mark_unprinted as mark_unprinted
from dekat.cases.papers import note_papers as note_papers
from dekat.cases.pictures import clean_picture
from dekat.cases.queries import ApplicationCard, card_of
from dekat.cases.states import Channel, ReturnReason, State
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError

_MOST_ATTACHMENTS = 6
# What must be the same for a second press to be the first one again.
_REQUEST = ("service", "channel", "stated_nik", "stated_family_card_no", "phone", "answers")


class AlreadyActedOn(DekatError):
    """The register was changed and the papers only wait for their signature; there is no way back from here."""

    code = "cases.application.already_acted_on"


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
    answers: Mapping[str, Json]
    submitted_at: datetime


def submit(*, draft: Draft, node: str, actor: Actor, now: datetime) -> ApplicationCard:
    """Take an application in; its clock starts.

    Facts: `draft.submitted_at` is the clock of the machine where it was made, `now` is ours; ours starts the clock.
    Again: the same id with the same request returns the first application.
    Refuses: cases.answers.incomplete, cases.answers.wrong, cases.application.id_taken.
    """
    facts = {field.name: getattr(draft, field.name) for field in fields(draft) if field.name != "application_id"}
    facts["answers"] = questions.read(service(draft.service).questions, draft.answers)
    with transaction.atomic():
        row, is_new = Application.objects.get_or_create(
            id=draft.application_id, defaults={**facts, "node": node, "state": State.SUBMITTED, "received_at": now}
        )
        if is_new:
            step(row, State.SUBMITTED, "submitted", actor, now)
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
        row = locked(application_id)
        if Attachment.objects.filter(id=attachment_id).exists():
            return
        if row.attachments.count() >= _MOST_ATTACHMENTS:
            raise TooManyAttachments(most=_MOST_ATTACHMENTS)
        Attachment.objects.create(
            id=attachment_id, application=row, content=picture, sha256=sha256(picture).hexdigest(), added_at=now
        )


def add_note(*, application_id: UUID, note_id: UUID, text: str, actor: Actor, now: datetime) -> None:
    """Note something for the colleagues; the applicant never sees it.

    Again: the same `note_id` changes nothing.
    Refuses: cases.application.note_missing, cases.application.unknown.
    """
    if not text.strip():
        raise NoteMissing
    with transaction.atomic():
        row = locked(application_id)
        facts = {"application": row, "text": text.strip(), "actor": actor.label, "noted_at": now}
        _, is_new = ApplicationNote.objects.get_or_create(id=note_id, defaults=facts)
        if is_new:
            tell(row, "noted", "", actor, now)


def take(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """Begin the review.

    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    return move(application_id, State.IN_REVIEW, "taken", actor, now)


def send_back(*, application_id: UUID, reason: ReturnReason, note: str, actor: Actor, now: datetime) -> ApplicationCard:
    """Ask the applicant for something; the clock stands still until they answer.

    Facts: `note` says in plain words what to do now.
    Refuses: cases.application.note_missing, cases.application.move_forbidden.
    """
    if not note.strip():
        raise NoteMissing
    return move(application_id, State.RETURNED, "sent_back", actor, now, reason=reason, note=note.strip())


def answer(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """The applicant did what was asked; the clock runs again.

    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    return move(application_id, State.SUBMITTED, "answered", actor, now, only_from={State.RETURNED})


def approve(
    *,
    application_id: UUID,
    actor: Actor,
    now: datetime,
    decision: Mapping[str, Json] | None = None,
    needs_number: bool = False,
) -> ApplicationCard:
    """Decide that the request is right; the head's signature is still to come.

    Facts: `decision` is what the office adds, already read; with `needs_number` the national centre's turn comes first.
    Again: changes nothing.
    Refuses: cases.application.resident_unmatched, cases.application.move_forbidden.
    """
    row = found(application_id)
    if not card_of(row).is_matched:
        raise ResidentUnmatched
    if row.state == State.APPROVED:
        return card_of(row)
    to = State.NUMBERING if needs_number else State.APPROVED
    return move(
        application_id, to, "approved", actor, now,
        only_from={State.IN_REVIEW}, approved_by=actor.label, decision=dict(decision or {}),
    )  # fmt: skip


def note_numbers(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """The national centre gave every number that was missing; the head may sign.

    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    return move(application_id, State.APPROVED, "numbered", actor, now, only_from={State.NUMBERING})


def take_again(*, application_id: UUID, note: str, actor: Actor, now: datetime) -> ApplicationCard:
    """The head gives an approved application back to the review instead of signing it, and says why.

    Refuses: cases.application.note_missing, cases.application.already_acted_on, cases.application.move_forbidden.
    """
    if not note.strip():
        raise NoteMissing
    if ApplicationPaper.objects.filter(application_id=application_id).exists():
        raise AlreadyActedOn
    return move(
        application_id, State.IN_REVIEW, "taken_again", actor, now,
        only_from={State.APPROVED, State.NUMBERING}, note=note.strip(),
    )  # fmt: skip


def refuse_same_hands(*, application_id: UUID, actor: Actor) -> None:
    """Say nothing when another person than the approver acts.

    Refuses: cases.application.same_hands.
    """
    if found(application_id).approved_by == actor.label:
        raise SameHands


def mark_issued(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """What was asked for exists; the clock ends.

    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    return move(application_id, State.ISSUED, "issued", actor, now, only_from={State.APPROVED})
