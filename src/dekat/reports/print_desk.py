"""What lies on a kecamatan's print desk: papers to print, sheets under way, sheets to hand over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from dekat.areas import queries as areas
from dekat.documents import queries as documents
from dekat.documents.queries import DocumentCard
from dekat.printing import queries as printing
from dekat.printing.queries import PrintCard, PrinterCard, SheetBalance
from dekat.printing.states import Doubt, PrintState
from dekat.registry import queries as registry

UNDER_WAY = frozenset({PrintState.QUEUED, PrintState.SENDING, PrintState.AT_PRINTER})


@dataclass(frozen=True, repr=False)
class Paper:
    """A document as the operator knows it: by the head of the family, not by an id."""

    document: DocumentCard
    owner: str
    village: str


@dataclass(frozen=True, repr=False)
class Sheet:
    """A sheet with its document."""

    job: PrintCard
    paper: Paper

    @property
    def doubt(self) -> str:
        """Why only a person can say what came out."""
        return str(Doubt(self.job.doubt).label) if self.job.doubt else ""

    @property
    def counts(self) -> range:
        """What a person may count: from none to twice what was asked, and one more."""
        return range(2 * self.job.pages + 2)


@dataclass(frozen=True, repr=False)
class PrintDesk:
    """The whole desk. `to_check` lies in the tray; `in_doubt` nobody can know without looking; `late` came out after
    its count; `collected` are the last that residents took; `today` is what became of today's sheets.
    """

    ready: list[Paper]
    in_doubt: list[Sheet]
    to_check: list[Sheet]
    under_way: list[Sheet]
    to_collect: list[Sheet]
    late: list[Sheet]
    collected: list[Sheet]
    today: SheetBalance
    printer: PrinterCard | None

    @property
    def spoiled_today(self) -> list[tuple[str, int]]:
        """Why sheets were written off today, and how many."""
        return [(str(reason.label), count) for reason, count in self.today.spoiled.items()]


def print_desk(*, kecamatan: str, now: datetime) -> PrintDesk:
    """The desk of a kecamatan now."""
    morning = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    sheets = [Sheet(job, paper_of(job.document_id)) for job in printing.jobs(kecamatan)]

    def having(states: Iterable[PrintState]) -> list[Sheet]:
        return [sheet for sheet in sheets if sheet.job.state in states]

    return PrintDesk(
        ready=[_paper(document) for document in printing.waiting_documents(kecamatan)],
        in_doubt=having({PrintState.ASK}),
        to_check=having({PrintState.OUT}),
        under_way=having(UNDER_WAY),
        to_collect=having({PrintState.PRINTED}),
        late=[Sheet(job, paper_of(job.document_id)) for job in printing.late_sheets(kecamatan)],
        collected=[Sheet(job, paper_of(job.document_id)) for job in printing.collected_last(kecamatan, limit=15)],
        today=printing.sheet_balance(kecamatan, since=morning),
        printer=printing.printer_seen(),
    )


def sheet(print_id: UUID) -> Sheet:
    """One sheet with its document.

    Refuses: printing.sheet.unknown.
    """
    job = printing.job(print_id)
    return Sheet(job, paper_of(job.document_id))


def paper_of(document_id: UUID) -> Paper:
    """One document as the operator knows it.

    Refuses: documents.document.unknown.
    """
    return _paper(documents.document(document_id))


def _paper(document: DocumentCard) -> Paper:
    """A paper of a family under its head, one of a person under that person; `resident:<id>:…` tells several apart."""
    kind, owner_id = document.subject.split(":")[:2]
    try:
        if kind == "family":
            family = registry.family(UUID(owner_id))
            return Paper(document, family.head_name, areas.village(family.village).name)
        if kind == "resident":
            person = registry.resident(UUID(owner_id))
            return Paper(document, person.printed_name, person.village_name)
    # The document came before the extract, or its owner left: it can be printed all the same.
    except (registry.FamilyUnknown, registry.ResidentUnknown):
        pass
    return Paper(document, "", "")
