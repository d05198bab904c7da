"""One field for the office: whatever it may mean, masked."""

from dataclasses import dataclass
from datetime import date

from dekat.cases import queries as cases
from dekat.cases.queries import ApplicationCard
from dekat.documents import queries as documents
from dekat.documents.queries import DocumentCard
from dekat.kernel.ids import CodeMistyped, read_code
from dekat.national import queries as national
from dekat.national.queries import SubmissionCard
from dekat.registry.finding import FoundFamily, FoundPerson, find_families, find_people
from dekat.reports.records import people_of_paper

# Letters of a code with its check letter; anything longer or shorter is a name or a number.
_CODE_LETTERS = 10


@dataclass(frozen=True)
class Found:
    """What a text may mean: people, families, and whatever carries it as its code."""

    people: list[FoundPerson]
    families: list[FoundFamily]
    document: DocumentCard | None = None
    application: ApplicationCard | None = None
    recording: SubmissionCard | None = None

    @property
    def has_code(self) -> bool:
        return any((self.document, self.application, self.recording))

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.families or self.has_code)


def search(text: str, *, on: date) -> Found:
    """People, families, papers, applications and recordings that a text may mean."""
    if code := _as_code(text):
        document = documents.by_serial(code)
        application, recording = cases.by_code(code), national.submission_by_code(code)
        if document or application or recording:
            about_people = document if document and people_of_paper(document.id) else None
            return Found([], [], about_people, application, recording)
    people = find_people(text, on=on)
    return Found(people, find_families(text, people=people, on=on))


def _as_code(text: str) -> str:
    try:
        code = read_code(text)
    except CodeMistyped:
        return ""
    return code if len(code) == _CODE_LETTERS else ""
