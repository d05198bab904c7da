"""What may be asked, as addresses: one subject for each service, and one for each element of a KK that may change."""

from collections.abc import Mapping
from dataclasses import dataclass

from dekat.cases.catalogue import CHANGES, Change, Group, Service, ServiceCode, service
from dekat.cases.offered.entry import Start
from dekat.cases.questions import Kind, Question, still_open
from dekat.flows.deeds import table
from dekat.kernel.canonical import Json

_ICONS = {
    Group.FAMILY: "users", Group.CARD: "id", Group.CIVIL: "file-certificate", Group.MOVE: "truck-delivery",
    Group.OTHER: "file-text",
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """One thing to ask for, with its own address.

    Facts: `known` is what its address already answers; `note` stands beside the title, `about` below it.
    """

    slug: str
    title: str
    note: str
    about: str
    service: Service
    questions: tuple[Question, ...]
    known: Mapping[str, Json]
    requirements: tuple[str, ...]
    yields: tuple[str, ...]

    @property
    def icon(self) -> str:
        """The picture of its shelf."""
        return _ICONS[self.service.group]

    @property
    def asks_of_family(self) -> bool:
        """Whether a question is answered with members of the family."""
        return any(one.kind in (Kind.MEMBER, Kind.MEMBERS) for one in self.questions)


def subjects() -> dict[Group, list[Subject]]:
    """Everything that may be asked for, shelf by shelf; the many small changes of a KK stand last on theirs."""
    found: dict[Group, list[Subject]] = {group: [] for group in Group}
    changes: list[Subject] = []
    for code in table.offered():
        entry = service(code)
        if code == ServiceCode.KK_CHANGE:
            changes = [_changed(entry, change) for change in CHANGES.values()]
        else:
            found[entry.group] += [_started(entry, start) for start in entry.starts] or [_whole(entry)]
    found[Group.FAMILY] += changes
    return {group: several for group, several in found.items() if several}


def subject(slug: str) -> Subject | None:
    """What an address names, if anything."""
    return next((one for several in subjects().values() for one in several if one.slug == slug), None)


def _whole(entry: Service) -> Subject:
    return Subject(
        entry.slug, str(entry.code.label), entry.about, entry.about, entry, entry.questions, {}, entry.requirements,
        entry.yields,
    )  # fmt: skip


def _started(entry: Service, start: Start) -> Subject:
    left = still_open(entry.questions, start.known)
    asked = {one.key for one in left}
    # What hangs on a question that this way in never puts is not put either.
    questions = tuple(one for one in left if one.only_if is None or one.only_if[0] in asked)
    return Subject(
        start.slug, start.title, start.about, start.about, entry, questions, start.known, entry.requirements,
        start.yields or entry.yields,
    )  # fmt: skip


def _changed(entry: Service, change: Change) -> Subject:
    label = str(change.element.label)
    return Subject(
        change.slug, f"Ubah {label.lower()} pada KK", change.evidence, entry.about, entry, (change.question,),
        {"element": change.element.value}, (change.evidence,), entry.yields,
    )  # fmt: skip
