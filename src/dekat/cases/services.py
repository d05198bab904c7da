"""Commands on applications. Each writes its step and its event with the change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import questions, rules
from dekat.cases.catalogue import ServiceCode, service
from dekat.cases.models import Application, ApplicationNote, ApplicationPaper, ApplicationStep, Attachment
from dekat.cases.pictures import clean_picture
from dekat.cases.queries import ApplicationCard, ApplicationUnknown, card_of
from dekat.cases.states import Channel, PaperState, ReturnReason, State
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record

_MOST_ATTACHMENTS = 6
# What must be the same for a second press to be the first one again.
_REQUEST = ("service", "channel", "stated_nik", "stated_family_card_no", "phone", "answers")


class AlreadyActedOn(DekatError):
    """The register was changed and the papers only wait for their signature; there is no way back from here."""

    code = "cases.application.already_acted_on"


class MoveForbidden(DekatError):
    """Somebody else moved the application on meanwhile."""

    code = "cases.application.move_forbidden"


class IdTaken(DekatError):
    """Another application has this id, or this code: ids are public in the log, so they open nothing."""

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
        if Application.objects.filter(code=draft.code).exclude(id=draft.application_id).exists():
            raise IdTaken
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


def add_note(*, application_id: UUID, note_id: UUID, text: str, actor: Actor, now: datetime) -> None:
    """Note something for the colleagues; the applicant never sees it.

    Again: the same `note_id` changes nothing.
    Refuses: cases.application.note_missing, cases.application.unknown.
    """
    if not text.strip():
        raise NoteMissing
    with transaction.atomic():
        row = _locked(application_id)
        facts = {"application": row, "text": text.strip(), "actor": actor.label, "noted_at": now}
        _, is_new = ApplicationNote.objects.get_or_create(id=note_id, defaults=facts)
        if is_new:
            _tell(row, "noted", "", actor, now)


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
    row = _found(application_id)
    if not card_of(row).is_matched:
        raise ResidentUnmatched
    if row.state == State.APPROVED:
        return card_of(row)
    to = State.NUMBERING if needs_number else State.APPROVED
    return _move(
        application_id, to, "approved", actor, now,
        only_from={State.IN_REVIEW}, approved_by=actor.label, decision=dict(decision or {}),
    )  # fmt: skip


def note_numbers(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """The national centre gave every number that was missing; the head may sign.

    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    return _move(application_id, State.APPROVED, "numbered", actor, now, only_from={State.NUMBERING})


def take_again(*, application_id: UUID, note: str, actor: Actor, now: datetime) -> ApplicationCard:
    """The head gives an approved application back to the review instead of signing it, and says why.

    Refuses: cases.application.note_missing, cases.application.already_acted_on, cases.application.move_forbidden.
    """
    if not note.strip():
        raise NoteMissing
    with transaction.atomic():
        if _locked(application_id).papers.exists():
            raise AlreadyActedOn
        return _move(
            application_id, State.IN_REVIEW, "taken_again", actor, now,
            only_from={State.APPROVED, State.NUMBERING}, note=note.strip(),
        )  # fmt: skip


def refuse_same_hands(*, application_id: UUID, actor: Actor) -> None:
    """Say nothing when another person than the approver acts.

    Refuses: cases.application.same_hands.
    """
    if _found(application_id).approved_by == actor.label:
        raise SameHands


def note_papers(*, application_id: UUID, document_ids: Iterable[UUID]) -> None:
    """Write down the papers that an approved application comes to, in their order; part of the deciding transaction.

    Facts: it is still approved then, whoever wanted to give it back meanwhile.
    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    row = _locked(application_id)
    if row.state != State.APPROVED:
        raise MoveForbidden(state=State(row.state).label)
    ApplicationPaper.objects.bulk_create(
        [
            ApplicationPaper(document_id=one, application_id=application_id, number=number)
            for number, one in enumerate(document_ids, start=1)
        ],
        ignore_conflicts=True,
    )


def mark_issued(*, application_id: UUID, actor: Actor, now: datetime) -> ApplicationCard:
    """What was asked for exists; the clock ends. Where every paper ended before, nothing is left to do.

    Again: changes nothing.
    Refuses: cases.application.move_forbidden.
    """
    with transaction.atomic():
        _move(application_id, State.ISSUED, "issued", actor, now, only_from={State.APPROVED})
        return _follow_papers(_locked(application_id), actor, now)


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
    """Nobody waits for this paper any more: a newer one took its place before it existed, or its owner died.

    Facts: an application that is not signed yet stays where it is.
    Again: changes nothing.
    """
    return _move_paper(document_id, PaperState.ENDED, actor, now)


_EVENTS = {
    State.PRINTED: "printed", State.ISSUED: "unprinted", State.COLLECTED: "collected", State.ENDED: "ended",
}  # fmt: skip


def _move_paper(
    document_id: UUID, to: PaperState, actor: Actor, now: datetime, receiver: str = ""
) -> ApplicationCard | None:
    """The application goes where the slowest of its papers is."""
    with transaction.atomic():
        paper = ApplicationPaper.objects.filter(document_id=document_id).first()
        if paper is None:
            return None
        row = _locked(paper.application_id)
        ApplicationPaper.objects.filter(document_id=document_id).update(state=to, receiver=receiver)
        return _follow_papers(row, actor, now)


def _follow_papers(row: Application, actor: Actor, now: datetime) -> ApplicationCard:
    state = rules.together([PaperState(one.state) for one in row.papers.all()])
    if state is None or state == row.state or row.state == State.APPROVED:
        return card_of(row)
    return _move(row.id, state, _EVENTS[state], actor, now)


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
    **facts: object,
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
    _tell(row, event, reason, actor, now)


def _tell(row: Application, event: str, reason: str, actor: Actor, now: datetime) -> None:
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
