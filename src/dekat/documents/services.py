"""Commands: issue a document in two phases, finish what a crash left, withdraw one.

First the intent is written down; then, without a transaction, the file is made and put safely on the disk; last, in one
transaction, the document appears as ACTIVE, the former one becomes SUPERSEDED, and the intent goes.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from dekat.accounts.actor import Actor
from dekat.documents import archive, contents, feed, ports, rules
from dekat.documents.kinds import DocumentKind, DocumentStatus, RevocationReason
from dekat.documents.making import Draft, Made, make
from dekat.documents.models import Document, Issue, StampKeyRecord
from dekat.documents.papers import PAPERS
from dekat.documents.ports import Passphrase, PassphraseNeeded, SignsNothing
from dekat.documents.queries import DocumentCard, DocumentUnknown, card_of
from dekat.documents.stamp import key_id
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_code, new_id
from dekat.ledger.services import record

logger = logging.getLogger(__name__)


class IssueOvertaken(DekatError):
    """A newer version of the same document was issued while this one waited; this one was dropped."""

    code = "documents.issue.overtaken"


class NotActive(DekatError):
    """The document is no longer valid, so it cannot be withdrawn."""

    code = "documents.document.not_active"


@dataclass(frozen=True)
class IssueOutcome:
    """How finishing one intent went: `refusal` is the error's code, empty when the document exists."""

    document_id: UUID
    refusal: str


def issue(
    *,
    kind: DocumentKind,
    subject: str,
    kecamatan: str,
    content: Mapping[str, Json],
    actor: Actor,
    now: datetime,
    document_id: UUID | None = None,
    supersedes: Sequence[UUID] = (),
) -> DocumentCard:
    """Render, sign and register a document; the former one of the same kind and subject is superseded.

    Facts: call it outside a transaction; `content` as `contents.py` shapes it (day, official and regency of a
    resident's paper are filled in here); `supersedes` names former documents of
    other subjects that this one replaces (a family that got a new number).
    Again: the same `document_id` returns the first document.
    Refuses: documents.workshop.not_an_issuer, documents.content.incomplete, documents.render.*, documents.signer.*,
    documents.issue.overtaken.
    Law: permendagri-104-2019
    """
    intended = intend(
        kind=kind,
        subject=subject,
        kecamatan=kecamatan,
        content=content,
        actor=actor,
        now=now,
        document_id=document_id,
        supersedes=supersedes,
    )
    return complete(document_id=intended, now=now)


def intend(
    *,
    kind: DocumentKind,
    subject: str,
    kecamatan: str,
    content: Mapping[str, Json],
    actor: Actor,
    now: datetime,
    document_id: UUID | None = None,
    supersedes: Sequence[UUID] = (),
) -> UUID:
    """Write down that a document shall be issued; give its id. Belongs into the transaction of the decision.

    Again: the same `document_id` changes nothing.
    Refuses: documents.workshop.not_an_issuer, documents.content.incomplete.
    """
    full = _completed(kind, content, now)
    contents.check(kind, full)
    with transaction.atomic():
        if document_id and (_known(Issue, document_id) or _known(Document, document_id)):
            return document_id
        return Issue.objects.create(
            id=document_id or new_id(now),
            kind=kind,
            subject=subject,
            kecamatan=kecamatan,
            version=_next_version(kind, subject),
            serial=new_code(),
            content=full,
            supersedes=[str(former) for former in supersedes],
            actor=actor.label,
            intended_at=now,
        ).id


def complete(*, document_id: UUID, now: datetime, passphrase: Passphrase | None = None) -> DocumentCard:
    """Make an intended document real.

    Facts: `passphrase` where a person signs; it goes to the signer and nowhere else.
    Again: a document that exists is returned as it is.
    Refuses: documents.document.unknown, documents.issue.overtaken, and what making it refuses.
    """
    if existing := Document.objects.filter(id=document_id).first():
        return card_of(existing)
    intent = Issue.objects.filter(id=document_id).first()
    if intent is None:
        raise DocumentUnknown
    kind = DocumentKind(intent.kind)
    draft = Draft(intent.id, kind, intent.serial, intent.content, intent.intended_at)
    made = make(draft, now=now, passphrase=passphrase)
    feed.offer_file(kind=intent.kind, kecamatan=intent.kecamatan, pdf=made.pdf)
    card = _register(intent, made, now)
    archive.keep_only(ports.workshop().archive, document_id, card.sha256 if card else "")
    if card is None:
        raise IssueOvertaken
    return card


def resume_issues(
    *, now: datetime, idle_for: timedelta = timedelta(), passphrase: Passphrase | None = None
) -> list[IssueOutcome]:
    """Finish every intent that a crash or a refusal left; report each.

    Facts: intents younger than `idle_for` are left to the request that is at work on them. Where a person signs, only
    their `passphrase` finishes one. When the signer signs nothing now, the rest is reported without being tried:
    each try of a wrong passphrase or PIN counts, and each wait for a silent server lasts.
    Again: an intent that still cannot be finished stays and is reported again.
    """
    outcomes, stopped = [], ""
    idle = Issue.objects.filter(intended_at__lte=now - idle_for).order_by("intended_at", "id")
    for document_id in idle.values_list("id", flat=True):
        refusal = stopped
        if not stopped:
            try:
                complete(document_id=document_id, now=now, passphrase=passphrase)
            except DekatError as error:
                refusal = error.code
                stopped = refusal if isinstance(error, SignsNothing) else ""
                # That a person has not signed yet is no trouble, and would be written every half minute.
                if not isinstance(error, PassphraseNeeded):
                    logger.warning("documents.issue.unfinished", extra={"document": str(document_id), "code": refusal})
        outcomes.append(IssueOutcome(document_id, refusal))
    return outcomes


def revoke(*, document_id: UUID, reason: RevocationReason, actor: Actor, now: datetime) -> DocumentCard:
    """Withdraw a valid document; whoever checks it learns so at once.

    Again: a revoked document stays as it is.
    Refuses: documents.document.unknown, documents.document.not_active.
    """
    with transaction.atomic():
        row = Document.objects.select_for_update().filter(id=document_id).first()
        if row is None:
            raise DocumentUnknown
        if row.status == DocumentStatus.REVOKED:
            return card_of(row)
        if not rules.may_become(DocumentStatus(row.status), DocumentStatus.REVOKED):
            raise NotActive
        row.status, row.revocation_reason, row.changed_at = DocumentStatus.REVOKED, reason, now
        row.save(update_fields=["status", "revocation_reason", "changed_at"])
        _tell(row, "documents.document.revoked", actor.label, {"reason": reason.value}, now)
        return card_of(row)


def note_fetched(*, document_id: UUID, actor: Actor, now: datetime) -> None:
    """Write down that its applicant has the file at home; the station learns that nobody waits for a sheet.

    Again: every time is told in the log, the first one stands.
    Refuses: documents.document.unknown.
    """
    with transaction.atomic():
        row = Document.objects.select_for_update().filter(id=document_id).first()
        if row is None:
            raise DocumentUnknown
        subject = f"document:{row.id}"
        record(name="documents.document.fetched", subject=subject, actor=actor.label, data={"kind": row.kind}, now=now)
        if row.fetched_at is None:
            row.fetched_at = now
            row.save(update_fields=["fetched_at"])
            feed.publish_fetched(row, now=now)


def _completed(kind: DocumentKind, content: Mapping[str, Json], now: datetime) -> dict[str, Json]:
    office = ports.authority()
    if not PAPERS[kind].is_by_office:
        return dict(content)
    own: dict[str, Json] = {
        "issued_on": localdate(now).strftime("%d-%m-%Y"),
        "official": asdict(office.official),
        "regency": office.regency,
    }
    return {**own, **content}


def _register(intent: Issue, made: Made, now: datetime) -> DocumentCard | None:
    with transaction.atomic(durable=True):
        still = Issue.objects.select_for_update().filter(id=intent.id).first()
        if still is None:
            existing = Document.objects.filter(id=intent.id).first()
            return card_of(existing) if existing else None
        newest = Document.objects.filter(kind=intent.kind, subject=intent.subject).aggregate(top=Max("version"))["top"]
        still.delete()
        if rules.is_overtaken(intent.version, newest):
            _tell_dropped(intent, now)
            return None
        _remember_stamp_key(now)
        _supersede(intent, now)
        row = Document.objects.create(
            id=intent.id,
            kind=intent.kind,
            subject=intent.subject,
            kecamatan=intent.kecamatan,
            version=intent.version,
            serial=intent.serial,
            status=DocumentStatus.ACTIVE,
            sha256=made.sha256,
            size_bytes=len(made.pdf),
            page_count=made.page_count,
            stamp=made.stamp,
            signer=made.signer,
            is_specimen=made.is_specimen,
            issued_at=intent.intended_at,
            changed_at=now,
        )
        facts: dict[str, Json] = {"kind": row.kind, "of": row.subject, "version": row.version, "sha256": row.sha256}
        _tell(row, "documents.document.issued", intent.actor, facts, now)
        return card_of(row)


def _supersede(intent: Issue, now: datetime) -> None:
    active = Document.objects.select_for_update().filter(status=DocumentStatus.ACTIVE)
    former = active.filter(kind=intent.kind, subject=intent.subject) | active.filter(id__in=intent.supersedes)
    for row in former.order_by("id"):
        row.status, row.superseded_by, row.changed_at = DocumentStatus.SUPERSEDED, intent.id, now
        row.save(update_fields=["status", "superseded_by", "changed_at"])
        _tell(row, "documents.document.superseded", intent.actor, {"by": str(intent.id)}, now)


def _tell(row: Document, name: str, actor: str, data: Mapping[str, Json], now: datetime) -> None:
    record(name=name, subject=f"document:{row.id}", actor=actor, data=data, now=now)
    feed.publish(row, now=now)


def _tell_dropped(intent: Issue, now: datetime) -> None:
    data: dict[str, Json] = {"kind": intent.kind, "of": intent.subject, "version": intent.version}
    record(name="documents.issue.dropped", subject=f"document:{intent.id}", actor=intent.actor, data=data, now=now)


def _remember_stamp_key(now: datetime) -> None:
    public = ports.authority().stamp_key.public
    StampKeyRecord.objects.get_or_create(
        key_id=key_id(public).hex(), defaults={"public_key": public, "first_used_at": now}
    )


def _known(table: type[Issue] | type[Document], document_id: UUID) -> bool:
    return table.objects.filter(id=document_id).exists()


def _next_version(kind: DocumentKind, subject: str) -> int:
    tops = (
        table.objects.filter(kind=kind, subject=subject).aggregate(top=Max("version"))["top"]
        for table in (Issue, Document)
    )
    return max(top or 0 for top in tops) + 1
