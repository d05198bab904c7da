"""What the reviewer sees: the queue with its clocks, and one application beside what the register says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dekat.accounts.roles import Role
from dekat.areas import queries as areas
from dekat.cases import queries as cases
from dekat.cases.catalogue import Group, ServiceCode, change
from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Kind, Question
from dekat.cases.rules import Clock
from dekat.cases.states import State
from dekat.kernel.canonical import Json
from dekat.kernel.nik import mask
from dekat.kernel.partial_date import PartialDate
from dekat.kernel.working_time import Calendar
from dekat.registry import queries as registry
from dekat.registry.views import MaskedResident, ResidentView
from dekat.reports.officers import officer_name

OPEN = (State.APPROVED, State.SUBMITTED, State.IN_REVIEW, State.NUMBERING, State.RETURNED)
NOTED = "Catatan untuk rekan"
# So many days apart, two children of one mother are not two births.
_ONE_BIRTH_DAYS = 240


@dataclass(frozen=True, repr=False)
class QueueLine:
    """One application in the queue with its clock; `taken_by` is the name of who reviews it now, if anybody does."""

    application: ApplicationCard
    clock: Clock
    place: str
    taken_by: str


@dataclass(frozen=True)
class Wanted:
    """Which part of the queue to see; what is empty leaves nothing out."""

    group: str = ""
    kecamatan: str = ""
    state: str = ""
    is_late: bool = False

    def takes(self, line: QueueLine) -> bool:
        """Whether a line belongs to it."""
        card = line.application
        return (
            self.group in ("", card.service.group)
            and self.kecamatan in ("", card.kecamatan)
            and self.state in ("", card.state)
            and (not self.is_late or line.clock.is_late)
        )


@dataclass(frozen=True, repr=False)
class Answered:
    """One question with its answer in words, or its day; `is_ours` when the office added it."""

    label: str
    value: str | date
    is_ours: bool


@dataclass(frozen=True, repr=False)
class Doubt:
    """Something that looks like what was asked for already; with the page of the other application, if it is one."""

    text: str
    application_id: UUID | None = None


@dataclass(frozen=True, repr=False)
class Happened:
    """A step of the application, or a note for the colleagues; `by` is the officer, empty where a machine acted."""

    at: datetime
    what: str
    by: str
    words: str


@dataclass(frozen=True, repr=False)
class Dossier:
    """One application beside the register.

    Facts: `owner` is empty when both numbers name nobody together; `story` is the office's own, the newest first.
    """

    application: ApplicationCard
    clock: Clock
    place: str
    answers: tuple[Answered, ...]
    owner: str
    head_name: str
    attachments: list[UUID]
    doubts: tuple[Doubt, ...]
    story: tuple[Happened, ...]

    @property
    def nik(self) -> str:
        """The applicant's number, masked like the others on the page."""
        return mask(self.application.stated_nik)

    @property
    def family_card_no(self) -> str:
        return mask(self.application.stated_family_card_no)


def queue(*, calendar: Calendar, now: datetime, wanted: Wanted | None = None) -> list[QueueLine]:
    """The open applications: the head's signature first, then the oldest."""
    lines = [_line(card, calendar, now) for card in cases.queue(states=OPEN)]
    chosen = [line for line in lines if wanted is None or wanted.takes(line)]
    return sorted(chosen, key=lambda line: (OPEN.index(line.application.state), line.application.submitted_at))


def waiting_for(role: str) -> int:
    """How many applications wait for an officer of this role."""
    is_head = role == Role.REGISTRY_HEAD
    return cases.count(states=[State.APPROVED] if is_head else [State.SUBMITTED, State.IN_REVIEW])


def next_for(role: str) -> UUID | None:
    """The application that an officer of this role should open next."""
    states = [State.APPROVED] if role == Role.REGISTRY_HEAD else [State.SUBMITTED, State.IN_REVIEW]
    waiting = cases.queue(states=states, limit=1)
    return waiting[0].id if waiting else None


def dossier(
    application_id: UUID, *, calendar: Calendar, now: datetime, office_questions: Sequence[Question] = ()
) -> Dossier:
    """One application with everything its decision needs.

    Refuses: cases.application.unknown.
    """
    line = _line(cases.application(application_id), calendar, now)
    card = line.application
    resident = registry.resident(card.resident_id) if card.resident_id else None
    family = registry.family(card.family_id) if card.family_id else None
    return Dossier(
        application=card,
        clock=line.clock,
        place=line.place,
        answers=_answered(card, resident, office_questions),
        owner=resident.printed_name if resident else "",
        head_name=family.head_name if family else "",
        attachments=cases.attachments(card.id),
        doubts=tuple(_doubts(card, now.astimezone(calendar.zone).date())),
        story=_story(card),
    )


def places(kecamatan: Sequence[str], *, on: date) -> dict[str, str]:
    """The names of kecamatan by code."""
    return {code: areas.display_name(code, on) for code in kecamatan if code}


def groups() -> list[tuple[str, str]]:
    """The shelves of services, to choose from."""
    return [(group.value, str(group.label)) for group in Group]


def _line(card: ApplicationCard, calendar: Calendar, now: datetime) -> QueueLine:
    today = now.astimezone(calendar.zone).date()
    place = areas.display_name(card.kecamatan, today) if card.kecamatan else ""
    return QueueLine(card, card.clock(calendar=calendar, now=now), place, _taken_by(card))


def _taken_by(card: ApplicationCard) -> str:
    """The last one who took it; whoever only gave it back to the review says why, and is not meant."""
    takers = [step.actor for step in card.steps if step.state == State.IN_REVIEW and not step.note]
    return officer_name(takers[-1]) if card.state == State.IN_REVIEW and takers else ""


def _story(card: ApplicationCard) -> tuple[Happened, ...]:
    """Every step and every note, the newest first; what a step says is for whoever has the turn then."""
    steps = [Happened(step.at, step.state.label, officer_name(step.actor), step.note) for step in card.steps]
    notes = [Happened(note.noted_at, NOTED, officer_name(note.actor), note.text) for note in cases.notes(card.id)]
    return tuple(sorted((*steps, *notes), key=lambda one: one.at, reverse=True))


def _answered(card: ApplicationCard, resident: ResidentView | None, office: Sequence[Question]) -> tuple[Answered, ...]:
    own = [(_specific(question, card), card.answers, False) for question in card.service.questions]
    added = [(question, card.decision, True) for question in office]
    found: list[Answered] = []
    for question, said, is_ours in (*own, *added):
        value = said.get(question.key)
        if question.kind is Kind.PEOPLE and isinstance(value, list):
            for number, row in enumerate(value, start=1):
                found += _described(question, number, row)
        elif question.key in said:
            found.append(Answered(question.label, _in_words(question, value), is_ours))
    return tuple(found)


def _specific(question: Question, card: ApplicationCard) -> Question:
    """What an element should become is a code of that element's list."""
    element = str(card.answers.get("element", ""))
    return change(element).question if question.key == "new_value" and element else question


def _described(question: Question, number: int, row: Json) -> list[Answered]:
    """Somebody who is new here; the number whole, because it is compared with the letter and then registered."""
    told = row if isinstance(row, dict) else {}
    return [
        Answered(
            f"Orang ke-{number}: {one.label}",
            str(told[one.key]) if one.kind is Kind.NIK else _in_words(one, told[one.key]),
            is_ours=False,
        )
        for one in question.columns
        if one.key in told
    ]


def _in_words(question: Question, value: Json) -> str | date:
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, dict):
        names = dict(question.options)
        codes = {nik: registry.label(question.values, str(code)) for nik, code in value.items() if question.values}
        return "; ".join(f"{names.get(nik, mask(nik))}: {code}" for nik, code in codes.items())
    if isinstance(value, list):
        return "; ".join(_person(str(one)) for one in value)
    text = str(value)
    match question.kind:
        case Kind.CHOICE:
            return dict(question.options).get(text, text)
        case Kind.LISTED if question.values:
            return registry.label(question.values, text)
        case Kind.NIK | Kind.MEMBER:
            return _person(text)
        case Kind.FAMILY_CARD:
            return mask(text)
        case Kind.DAY:
            return date.fromisoformat(text)
        case Kind.VILLAGE:
            return areas.place(text).village
        case _:
            return text


def _person(nik: str) -> str:
    """Who has this NIK, as the reviewer needs it: the name, and the number masked."""
    try:
        return f"{registry.resident_by_nik(nik).printed_name} ({mask(nik)})"
    except registry.ResidentUnknown:
        return f"{mask(nik)}, tidak ada di data kabupaten ini"


def _doubts(card: ApplicationCard, today: date) -> list[Doubt]:
    if card.papers:
        return []  # the child of a birth that was carried out is no second child
    found = [
        Doubt(f"Permohonan yang sama dari NIK ini sudah ada: {other.state.label.lower()}.", other.id)
        for other in cases.similar(card)
    ]
    if card.service.code == ServiceCode.BIRTH:
        found += [Doubt(_same_child(child)) for child in _children_like(card, today)]
    return found


def _children_like(card: ApplicationCard, today: date) -> list[MaskedResident]:
    """Children of the same mother who were born too near, or have this name."""
    born, name = str(card.answers.get("born_on", "")), str(card.answers.get("name", "")).casefold()
    children = registry.children_of(str(card.answers.get("mother", "")))
    like = [one for one in children if one.full_name.casefold() == name or _is_near(born, one.born_on)]
    return [masked for one in like if (masked := registry.masked_resident(one.id, on=today))]


def _is_near(born: str, other: PartialDate) -> bool:
    if not born or not other.is_whole:
        return False
    return abs((date.fromisoformat(born) - date.fromisoformat(other.iso)).days) < _ONE_BIRTH_DAYS


def _same_child(child: MaskedResident) -> str:
    return f"Ibu ini sudah mempunyai anak {child.name} yang lahir berdekatan atau bernama sama. Kembar, atau tercatat?"
