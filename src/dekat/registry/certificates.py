"""Numbers of akta and letters, given here: one series for each kind and day, without gaps and without doubles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.kernel.partial_date import PartialDate
from dekat.ledger.services import record
from dekat.registry.extract import publish_family
from dekat.registry.models import Certificate, CertificateSeries, Resident
from dekat.registry.paper_sources import person
from dekat.registry.revisions import next_revision
from dekat.registry.states import CertificateKind

# Law: uu-23-2006, art. 27 and 32: from the sixty-first day on a birth is recorded late.
BIRTH_REPORTED_WITHIN_DAYS = 60
_LETTERS = {CertificateKind.DEATH: "KM", CertificateKind.MOVE: "SKPWNI", CertificateKind.STATEMENT: "SKET"}


class HasBirthCertificate(DekatError):
    """A birth is recorded once: this person has a certificate already."""

    code = "registry.certificate.birth_recorded"


@dataclass(frozen=True)
class CertificateCard:
    """One given number. Facts: `is_late` only for births."""

    id: UUID
    number: str
    kind: CertificateKind
    resident_id: UUID
    application_id: UUID
    registered_on: date
    is_late: bool


def register_certificate(
    *,
    application_id: UUID,
    kind: CertificateKind,
    resident_id: UUID,
    region: str,
    reported_on: date,
    registered_on: date,
    actor: Actor,
    now: datetime,
) -> CertificateCard:
    """Give the next number of the day (`3511-LU-26112026-0001`); a birth's number is then the resident's.

    Facts: in the caller's transaction, after what happened is in the register; `region` four digits (`9911` in the
    sample); `reported_on` decides whether a birth is late (LT instead of LU); both days by the office's calendar.
    Again: the same application gives its first number of the kind.
    Refuses: registry.resident.unknown, registry.certificate.birth_recorded.
    Law: uu-23-2006
    """
    with transaction.atomic():
        if known := _of(application_id, kind):
            return known
        row = person(resident_id)
        is_late = kind is CertificateKind.BIRTH and _is_late(row.born_on, reported_on)
        letters = _LETTERS.get(kind, "LT" if is_late else "LU")
        facts = {"kind": kind, "resident": row, "registered_on": registered_on, "is_late": is_late}
        try:
            with transaction.atomic():
                made = _give(f"{region}-{letters}", application_id, facts, now)
        except IntegrityError:
            # Somebody served the same application meanwhile; our number went back with our own transaction.
            if known := _of(application_id, kind):
                return known
            raise
        data: dict[str, Json] = {"kind": kind.value, "resident": str(row.id), "is_late": is_late}
        subject = f"application:{application_id}"
        record(name="registry.certificate.registered", subject=subject, actor=actor.label, data=data, now=now)
        return _card(made)


def certificates_of(resident_id: UUID) -> list[CertificateCard]:
    """The numbers that this office gave about a resident, oldest first."""
    return [_card(row) for row in Certificate.objects.filter(resident_id=resident_id).order_by("registered_at", "id")]


def _give(prefix: str, application_id: UUID, facts: Mapping[str, Any], now: datetime) -> Certificate:
    is_birth = facts["kind"] is CertificateKind.BIRTH
    # Whoever changes residents takes the revision first; one order everywhere, so nobody waits in a ring.
    revision = next_revision() if is_birth else 0
    number = _next_number(prefix, facts["registered_on"])
    made = Certificate.objects.create(
        id=new_id(now), number=number, application_id=application_id, registered_at=now, **facts
    )
    if is_birth:
        _write_down(made.resident, number, revision, now)
    return made


def _is_late(born_on: str, reported_on: date) -> bool:
    # Of a birth day that is partly unknown the latest possible counts.
    return (reported_on - PartialDate.parse(born_on).birthday(0)).days > BIRTH_REPORTED_WITHIN_DAYS


def _next_number(prefix: str, day: date) -> str:
    series = CertificateSeries.objects.filter(prefix=prefix, registered_on=day)
    if not series.update(last=F("last") + 1):
        CertificateSeries.objects.get_or_create(prefix=prefix, registered_on=day)
        series.update(last=F("last") + 1)
    return f"{prefix}-{day:%d%m%Y}-{series.get().last:04d}"


def _write_down(row: Resident, number: str, revision: int, now: datetime) -> None:
    changed = Resident.objects.filter(id=row.id, birth_certificate_no="")
    if not changed.update(has_birth_certificate=True, birth_certificate_no=number, revision=revision):
        raise HasBirthCertificate
    if row.family_id:
        publish_family(row.family_id, now=now)


def _of(application_id: UUID, kind: CertificateKind) -> CertificateCard | None:
    row = Certificate.objects.filter(application_id=application_id, kind=kind).first()
    return _card(row) if row else None


def _card(row: Certificate) -> CertificateCard:
    return CertificateCard(
        id=row.id,
        number=row.number,
        kind=CertificateKind(row.kind),
        resident_id=row.resident_id,
        application_id=row.application_id,
        registered_on=row.registered_on,
        is_late=row.is_late,
    )
