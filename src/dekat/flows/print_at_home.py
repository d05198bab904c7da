"""Residents fetch their own papers, and the form as they filled it: by code, NIK and nomor KK together.

The code alone may lie on a counter, and both numbers stand on every copy of a KK: so a paper also needs an application
that an officer has vouched for.
Law: permendagri-109-2019, art. 12; permendagri-7-2019
"""

from dataclasses import dataclass
from datetime import datetime
from secrets import compare_digest

from django.db import transaction

from dekat.accounts.actor import machine
from dekat.cases import queries as case_queries
from dekat.cases import services as cases
from dekat.cases.forms import FormNo
from dekat.cases.queries import ApplicationCard
from dekat.cases.rules import DONE
from dekat.documents import queries as documents
from dekat.documents import services as document_services
from dekat.documents.kinds import DocumentKind, DocumentStatus
from dekat.documents.queries import DocumentCard
from dekat.flows.fill_form import Letterhead, applicants_form
from dekat.kernel.errors import DekatError


class NothingThere(DekatError):
    """The numbers are not those of the application, or there is nothing to fetch: nobody learns which."""

    code = "flows.print_at_home.nothing_there"


class Superseded(DekatError):
    """A newer paper took the place of this one, so it is not given out any more."""

    code = "flows.print_at_home.superseded"


class Revoked(DekatError):
    """The office withdrew this paper, so it is not given out any more."""

    code = "flows.print_at_home.revoked"


@dataclass(frozen=True, repr=False)
class Claim:
    """What a resident shows: the tracking code, and both numbers as they stand on the application."""

    code: str
    nik: str
    family_card_no: str


@dataclass(frozen=True, repr=False)
class HomePaper:
    """A signed file as it was issued."""

    kind: DocumentKind
    pdf: bytes


def fetch_paper(*, claim: Claim, number: int, node: str, now: datetime) -> HomePaper:
    """Give the signed PDF of an application's paper to its applicant, who has it from then on.

    Facts: `number` counts the application's papers from 1.
    Again: the same file; each time is told in the log without personal data.
    Refuses: flows.print_at_home.nothing_there, flows.print_at_home.superseded, flows.print_at_home.revoked,
    documents.file.missing, documents.file.damaged.
    """
    found = _paper(_claimed(claim), number)
    if found.status == DocumentStatus.SUPERSEDED:
        raise Superseded
    if found.status == DocumentStatus.REVOKED:
        raise Revoked
    pdf = documents.file_bytes(found.id)
    with transaction.atomic():
        document_services.note_fetched(document_id=found.id, actor=machine(node), now=now)
        cases.mark_collected(document_id=found.id, actor=machine(node), now=now)
    return HomePaper(found.kind, pdf)


def fetch_form(*, claim: Claim, form: str, head: Letterhead, now: datetime) -> bytes:
    """Give the form of an application, filled with what its applicant said.

    Refuses: flows.print_at_home.nothing_there.
    """
    card = _claimed(claim)
    if form not in card.service.forms:
        raise NothingThere
    return applicants_form(card=card, form=FormNo(form), head=head, now=now)


def _claimed(claim: Claim) -> ApplicationCard:
    card = case_queries.by_code(claim.code)
    if card is None or not _same(claim.nik + claim.family_card_no, card.stated_nik + card.stated_family_card_no):
        raise NothingThere
    return card


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())


def _paper(card: ApplicationCard, number: int) -> DocumentCard:
    papers = dict(enumerate(card.papers, start=1)) if card.state in DONE else {}
    found = documents.find(papers[number].document_id) if number in papers else None
    if found is None or not documents.may_print_at_home(found.kind) or not case_queries.is_vouched_for(card):
        raise NothingThere
    return found
