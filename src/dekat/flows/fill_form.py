"""A form of Permendagri 109/2019 on paper: for an application with what is known, or empty for whoever writes by hand.

An officer's form says what the register knows. A resident's says only what the applicant said: whoever knows two
numbers learns nothing from it.
Law: permendagri-109-2019
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from dekat.cases.forms import Filling, FormNo, form_content
from dekat.cases.offered.entry import Service
from dekat.cases.queries import ApplicationCard
from dekat.documents.kinds import SheetKind
from dekat.documents.making import render_sheet


@dataclass(frozen=True)
class Letterhead:
    """Whose form it is: the regency's name, the address of the residents' pages, and whether it is a sample."""

    regency: str
    address: str
    is_sample: bool


def officers_form(*, card: ApplicationCard, form: FormNo, head: Letterhead, now: datetime) -> bytes:
    """The PDF of an application's form with what the register holds on this machine.

    Refuses: cases.form.not_of_service.
    """
    filling = _filling(card, resident_id=card.resident_id, family_id=card.family_id)
    return _drawn(form, filling, head, now, code=_tracking(card, head))


def applicants_form(*, card: ApplicationCard, form: FormNo, head: Letterhead, now: datetime) -> bytes:
    """The PDF of an application's form with what its applicant said, and nothing from the register.

    Refuses: cases.form.not_of_service.
    """
    filling = _filling(card, resident_id=None, family_id=None)
    return _drawn(form, filling, head, now, code=_tracking(card, head))


def blank_form(*, form: FormNo, service: Service, head: Letterhead, now: datetime) -> bytes:
    """The PDF of a service's form without personal data; its code opens the page where the same is asked for.

    Refuses: cases.form.not_of_service.
    """
    return _drawn(form, Filling(service), head, now, code=f"{head.address.rstrip('/')}/ajukan/", is_dated=False)


def _filling(card: ApplicationCard, *, resident_id: UUID | None, family_id: UUID | None) -> Filling:
    return Filling(
        service=card.service,
        resident_id=resident_id,
        family_id=family_id,
        phone=card.phone,
        answers=card.answers,
        stated_nik=card.stated_nik,
        stated_family_card_no=card.stated_family_card_no,
        is_carried_out=bool(card.papers),
    )


def _tracking(card: ApplicationCard, head: Letterhead) -> str:
    return f"{head.address.rstrip('/')}/lacak/{card.code}"


def _drawn(
    form: FormNo, filling: Filling, head: Letterhead, now: datetime, *, code: str, is_dated: bool = True
) -> bytes:
    content = form_content(form, filling, regency=head.regency, printed_on=localdate(now) if is_dated else None)
    return render_sheet(kind=SheetKind.FORM, content=content, code=code, is_sample=head.is_sample, now=now)
