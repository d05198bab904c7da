"""Forms of Permendagri 109/2019 as files, the same at home, at the desk and at the office."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dekat.cases.forms import FormNo, FormNotOfService
from dekat.faces.access import actor_of
from dekat.faces.clock import now
from dekat.flows.fill_form import Letterhead, officers_form


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
    """An application's form with what the register knows, for the officer who asks."""
    pdf = officers_form(
        application_id=application_id, form=form_no(form), head=letterhead(), actor=actor_of(request), now=now()
    )
    return pdf_file(pdf, name=f"formulir-{form}", is_shown=True)
