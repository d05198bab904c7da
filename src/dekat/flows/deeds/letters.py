"""Deeds that change nothing: the biodata, and what the office states about somebody."""

from collections.abc import Callable

from django.utils.timezone import localdate

from dekat.cases.offered.others import STATEMENTS
from dekat.documents.kinds import DocumentKind
from dekat.flows.deeds import people
from dekat.flows.deeds.deed import Deed, Order, Paper
from dekat.flows.deeds.office import of_resident, region, reported_on
from dekat.kernel.errors import DekatError
from dekat.national import queries as national
from dekat.registry import papers
from dekat.registry import services as register
from dekat.registry.life.household import Marital
from dekat.registry.states import CertificateKind
from dekat.registry.views import ResidentView


class NotSo(DekatError):
    """The register says otherwise than what is to be stated."""

    code = "flows.deed.not_so"


class Biodata(Deed):
    """All that the office holds of a person. Law: uu-24-2013, art. 58(2)"""

    def act(self, order: Order) -> tuple[Paper, ...]:
        person = _person(order)
        subject = of_resident(person.id)
        return (Paper(DocumentKind.BIODATA, subject, person.kecamatan, papers.biodata_content(person.id)),)


class Statement(Deed):
    """One thing about one person that the register bears out; anything else is refused."""

    def act(self, order: Order) -> tuple[Paper, ...]:
        person, about, on = _person(order), order.said("about"), localdate(order.now)
        if not _IS_SO[about](person):
            raise NotSo(about=dict(STATEMENTS)[about].lower(), name=people.called(person, on=on))
        numbered = register.register_certificate(
            application_id=order.application.id,
            kind=CertificateKind.STATEMENT,
            resident_id=person.id,
            region=region(),
            reported_on=reported_on(order.application),
            registered_on=on,
            actor=order.actor,
            now=order.now,
        )
        title, says = _WORDS[about]
        facts = papers.StatementFacts(
            title=title,
            number=numbered.number,
            says=says,
            lines=(*_lines(order), ("Untuk keperluan", order.said("purpose"))),
        )
        content = papers.statement_content(person.id, facts)
        # A later statement ends no earlier one: each application has its own; in hex it fits its column.
        subject = f"{of_resident(person.id)}:{order.application.id.hex}"
        return (Paper(DocumentKind.STATEMENT, subject, person.kecamatan, content),)


_IS_SO: dict[str, Callable[[ResidentView], bool]] = {
    "RESIDENCE": lambda _: True,
    "RECORDED": lambda person: national.is_recorded(person.id),
    "UNMARRIED": lambda person: person.marital_status.code == Marital.UNMARRIED,
    "SAME_PERSON": lambda _: True,
}
_WORDS = {
    "RESIDENCE": (
        "Surat Keterangan Terdaftar sebagai Penduduk",
        "Yang bersangkutan terdaftar sebagai penduduk dalam data kependudukan Dispendukcapil.",
    ),
    "RECORDED": (
        "Surat Keterangan Perekaman KTP-el",
        "Yang bersangkutan sudah merekam KTP-el; rekamannya telah diterima Dispendukcapil.",
    ),
    "UNMARRIED": (
        "Surat Keterangan Status Perkawinan",
        "Menurut data kependudukan Dispendukcapil, yang bersangkutan belum kawin.",
    ),
    "SAME_PERSON": (
        "Surat Keterangan Beda Penulisan Nama",
        "Menurut bukti yang diperiksa Dispendukcapil, kedua penulisan nama di bawah ini adalah orang yang sama.",
    ),
}


def _lines(order: Order) -> tuple[tuple[str, str], ...]:
    if order.said("about") != "SAME_PERSON":
        return ()
    return (("Nama yang tertulis lain", order.said("other_name")), ("Tertulis pada", order.said("other_paper")))


def _person(order: Order) -> ResidentView:
    own = people.own_family(order.application)
    return people.member(order.said("person"), own, on=localdate(order.now))
