"""One person, one family, one paper: what is known now, how it came about, and who looked."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from dekat.documents import queries as documents
from dekat.faces.central.lookup.behind_purpose import Kind, behind_purpose
from dekat.faces.central.lookup.openings_sheet import sheet_of
from dekat.faces.clock import now, today
from dekat.kernel.ids import spaced
from dekat.kernel.nik import mask
from dekat.registry import queries as registry
from dekat.reports import records, who_opened


def _person_title(resident_id: UUID) -> str:
    found = registry.masked(registry.resident(resident_id), on=today(now()))
    return f"{found.name} · {found.nik}" if found.nik else found.name


def _family_title(family_id: UUID) -> str:
    return gettext("Keluarga dengan KK %(number)s") % {"number": mask(registry.family(family_id).family_card_no)}


def _paper_title(document_id: UUID) -> str:
    found = documents.document(document_id)
    return f"{found.kind.label} {spaced(found.serial)}"


def _only(resident_id: UUID) -> tuple[UUID, ...]:
    return (resident_id,) if registry.is_known(resident_id) else ()


PERSON = Kind("resident", _only, _person_title)
FAMILY = Kind("family", records.people_of_family, _family_title)
PAPER = Kind("document", records.people_of_paper, _paper_title)


@behind_purpose(PERSON)
def person(request: HttpRequest, resident_id: UUID, values: dict[str, object]) -> HttpResponse:
    """A resident with every change, application, paper, life event and opening."""
    found = records.person_record(resident_id)
    opened = who_opened.openings_about([resident_id], on=today(now()))
    page = {**values, "record": found, "one": found.resident, "openings": opened, "nav_active": "cari"}
    return render(request, "central/lookup/person.html", page)


@behind_purpose(PERSON)
def openings_sheet(request: HttpRequest, resident_id: UUID, values: dict[str, object]) -> HttpResponse:
    """Who opened the data of the resident at the counter, as a sheet of paper for them."""
    moment = now()
    lines = who_opened.openings_about([resident_id], on=today(moment))
    address = f"{settings.ENV.public_url.rstrip('/')}/siapa-membuka/"
    pdf = sheet_of(registry.resident(resident_id), lines, address=address, now=moment)
    return HttpResponse(pdf, content_type="application/pdf")


@behind_purpose(FAMILY)
def family(request: HttpRequest, family_id: UUID, values: dict[str, object]) -> HttpResponse:
    """A family with its members now, each version of its card, and who looked."""
    found = records.family_record(family_id)
    opened = who_opened.openings_about(records.people_of_family(family_id), on=today(now()))
    page = {**values, "record": found, "family": found.family, "openings": opened, "nav_active": "cari"}
    return render(request, "central/lookup/family.html", page)


@behind_purpose(PAPER)
def paper(request: HttpRequest, document_id: UUID, values: dict[str, object]) -> HttpResponse:
    """A paper with its status, its file, what asked for it and who looked."""
    found = records.paper_record(document_id)
    opened = who_opened.openings_on(PAPER.subject(document_id), on=today(now()))
    page = {**values, "record": found, "paper": found.paper, "openings": opened, "nav_active": "cari"}
    return render(request, "central/lookup/paper.html", page)


@behind_purpose(PAPER)
def paper_file(request: HttpRequest, document_id: UUID, values: dict[str, object]) -> HttpResponse:
    """The signed PDF."""
    return HttpResponse(documents.file_bytes(document_id), content_type="application/pdf")
