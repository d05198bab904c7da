"""Forms of Permendagri 109/2019 as files, the same at home, at the desk and at the office."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dekat.cases import queries
from dekat.cases.forms import FormNo, FormNotOfService
from dekat.faces.clock import now
from dekat.faces.opening_people import note_task
from dekat.flows.fill_form import Letterhead, officers_form
from dekat.openings.states import Purpose
from dekat.reports.records import people_of_family


def letterhead() -> Letterhead:
    """Whose forms these are."""
    return Letterhead(
        regency=settings.REGENCY.removeprefix("Kabupaten "),
        address=settings.ENV.public_url,
        is_sample=settings.ENV.is_sample,
    )


def form_no(typed: str) -> FormNo:
    """The form that an address names.

    Refuses: cases.form.not_of_service.
    """
    if typed not in set(FormNo):
        raise FormNotOfService(form=typed)
    return FormNo(typed)


def pdf_file(pdf: bytes, *, name: str, is_shown: bool = False) -> HttpResponse:
    """A PDF that no browser and no proxy keeps; to be saved, or with `is_shown` to be looked at and printed."""
    where = "inline" if is_shown else "attachment"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'{where}; filename="{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def officers_file(request: HttpRequest, application_id: UUID, form: str) -> HttpResponse:
    """An application's form with what the register knows, for the officer who asks; that they saw it is noted."""
    card = queries.application(application_id)
    pdf = officers_form(card=card, form=form_no(form), head=letterhead(), now=now())
    family = people_of_family(card.family_id) if card.family_id else ()
    note_task(request, task=f"application:{card.id}", people={card.resident_id, *family}, purpose=Purpose.APPLICATION)
    return pdf_file(pdf, name=f"formulir-{form}", is_shown=True)
