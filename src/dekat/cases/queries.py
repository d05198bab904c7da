"""Questions about applications."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q

from dekat.cases import rules
from dekat.cases.catalogue import Service, ServiceCode, service
from dekat.cases.models import Application, ApplicationNote, ApplicationPaper, ApplicationStep, Attachment
from dekat.cases.rules import Clock, Step
from dekat.cases.states import Channel, PaperState, State
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import read_code
from dekat.kernel.working_time import Calendar

Numbered = TypeVar("Numbered", ApplicationStep, ApplicationPaper)


class ApplicationUnknown(DekatError):
    """No application of this id or code is known here."""

    code = "cases.application.unknown"


@dataclass(frozen=True)
class Paper:
    """One paper of an application: the id of its document (or card) and where it is."""

    document_id: UUID
    state: PaperState


@dataclass(frozen=True, repr=False)
class ApplicationCard:
    """One application with its steps, oldest first.

    Facts: `stated_*` is what the applicant typed; `resident_id` is set when both numbers named one resident; `answers`
    are the applicant's and `decision` the office's, by the key of the question.
    """

    id: UUID
    code: str
    service: Service
    channel: Channel
    kecamatan: str
    resident_id: UUID | None
    family_id: UUID | None
    stated_nik: str
    stated_family_card_no: str
    phone: str
    answers: Mapping[str, Json]
    decision: Mapping[str, Json]
    state: State
    approved_by: str
    papers: tuple[Paper, ...]
    submitted_at: datetime
    steps: tuple[Step, ...]

    @property
    def turn(self) -> str:
        """The party whose turn it is."""
        made_at_office = self.service.is_made_at_office
        return rules.turn_of(self.state, self.kecamatan, is_made_at_office=made_at_office)

    @property
    def is_matched(self) -> bool:
        """Whether it can be decided: both numbers name one resident, or the service is for people from elsewhere."""
        return self.service.is_for_newcomers or (self.resident_id is not None and self.family_id is not None)

    def said(self, key: str) -> str:
        """The text of an answer, the office's before the applicant's; empty when there is none."""
        found = self._answer(key)
        return "" if found is None else str(found)

    def listed(self, key: str) -> tuple[str, ...]:
        """The texts of an answer that is a list."""
        found = self._answer(key)
        return tuple(str(one) for one in found) if isinstance(found, list) else ()

    def mapped(self, key: str) -> dict[str, str]:
        """The texts of an answer that is a mapping, such as what each person is to the head."""
        return _texts(self._answer(key))

    def rows(self, key: str) -> tuple[dict[str, str], ...]:
        """The people of an answer that describes several."""
        found = self._answer(key)
        return tuple(_texts(one) for one in found) if isinstance(found, list) else ()

    def _answer(self, key: str) -> Json:
        return self.decision.get(key, self.answers.get(key))

    def clock(self, *, calendar: Calendar, now: datetime) -> Clock:
        """How much of its time the application has used."""
        return rules.clock(steps=self.steps, limit_minutes=self.service.sla_minutes, calendar=calendar, now=now)


def _texts(found: Json) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, Mapping) else {}


def application(application_id: UUID) -> ApplicationCard:
    """One application.

    Refuses: cases.application.unknown.
    """
    row = Application.objects.filter(id=application_id).first()
    if row is None:
        raise ApplicationUnknown
    return card_of(row)


def by_code(typed: str) -> ApplicationCard | None:
    """The application whose tracking code a person typed.

    Refuses: kernel.ids.code_mistyped.
    """
    row = Application.objects.filter(code=read_code(typed)).first()
    return card_of(row) if row else None


def is_vouched_for(card: ApplicationCard) -> bool:
    """Whether an officer has seen the applicant, or a picture of an original.

    Facts: NIK and nomor KK stand on every copy of a KK; alone they open no paper without a visit.
    """
    return card.channel is not Channel.PORTAL or Attachment.objects.filter(application_id=card.id).exists()


def of_document(document_id: UUID) -> ApplicationCard | None:
    """The application that a paper answers, if any."""
    row = Application.objects.filter(papers__document_id=document_id).first()
    return card_of(row) if row else None


def of_resident(resident_id: UUID) -> list[ApplicationCard]:
    """What a resident asked for, newest first."""
    rows = Application.objects.filter(resident_id=resident_id).order_by("-submitted_at", "id")
    return [card_of(row) for row in rows.prefetch_related("steps", "papers")]


def queue(*, states: Iterable[State], limit: int = 200) -> list[ApplicationCard]:
    """The applications in these states, oldest first."""
    rows = Application.objects.filter(state__in=list(states)).order_by("submitted_at", "id")
    return [card_of(row) for row in rows.prefetch_related("steps", "papers")[:limit]]


@dataclass(frozen=True)
class OpenPaper:
    """A paper that was not handed over yet, with the code of its application."""

    document_id: UUID
    code: str
    state: PaperState


def open_papers(*, services: Iterable[ServiceCode]) -> list[OpenPaper]:
    """The papers of these services that exist and were not handed over, the oldest application first."""
    rows = ApplicationPaper.objects.exclude(state=PaperState.COLLECTED).filter(application__service__in=list(services))
    rows = rows.select_related("application").order_by("application__submitted_at", "application_id", "number")
    return [OpenPaper(row.document_id, row.application.code, PaperState(row.state)) for row in rows]


def similar(card: ApplicationCard) -> list[ApplicationCard]:
    """Other applications for the same service by the same number that are not over, oldest first."""
    rows = Application.objects.filter(service=card.service.code, stated_nik=card.stated_nik)
    rows = rows.exclude(id=card.id).exclude(state=State.COLLECTED).order_by("submitted_at", "id")
    return [card_of(row) for row in rows.prefetch_related("steps", "papers")]


@dataclass(frozen=True, repr=False)
class Note:
    """What an officer noted for the colleagues."""

    text: str
    actor: str
    noted_at: datetime


def notes(application_id: UUID) -> list[Note]:
    """The office's notes on an application, oldest first."""
    rows = ApplicationNote.objects.filter(application_id=application_id)
    return [Note(row.text, row.actor, row.noted_at) for row in rows]


def submitted(*, since: datetime, until: datetime) -> list[ApplicationCard]:
    """What came in during a span (end exclusive), oldest first."""
    rows = Application.objects.filter(submitted_at__gte=since, submitted_at__lt=until).order_by("submitted_at", "id")
    return [card_of(row) for row in rows.prefetch_related("steps", "papers")]


def count(*, states: Iterable[State]) -> int:
    """How many applications are in these states."""
    return Application.objects.filter(state__in=list(states)).count()


@dataclass(frozen=True)
class Tally:
    """How many applications of one kecamatan, service and channel; `open_count` of them were not collected."""

    kecamatan: str
    service: ServiceCode
    channel: Channel
    count: int
    open_count: int


def tallies(*, since: datetime, until: datetime) -> list[Tally]:
    """Applications submitted in a span (end exclusive) as they stood at its end; no persons."""
    collected = Q(steps__state=State.COLLECTED, steps__at__lt=until)
    rows = Application.objects.filter(submitted_at__gte=since, submitted_at__lt=until).order_by("kecamatan", "service")
    grouped = rows.values("kecamatan", "service", "channel").annotate(
        count=Count("id", distinct=True), done=Count("id", distinct=True, filter=collected)
    )
    return [
        Tally(
            kecamatan=row["kecamatan"],
            service=ServiceCode(row["service"]),
            channel=Channel(row["channel"]),
            count=row["count"],
            open_count=row["count"] - row["done"],
        )
        for row in grouped.order_by("kecamatan", "service", "channel")
    ]


def attachments(application_id: UUID) -> list[UUID]:
    """The ids of an application's pictures, oldest first."""
    rows = Attachment.objects.filter(application_id=application_id).order_by("added_at", "id")
    return list(rows.values_list("id", flat=True))


def attachment(*, application_id: UUID, attachment_id: UUID) -> bytes:
    """One picture (JPEG) of an application.

    Refuses: cases.application.unknown.
    """
    row = Attachment.objects.filter(id=attachment_id, application_id=application_id).first()
    if row is None:
        raise ApplicationUnknown
    return bytes(row.content)


def card_of(row: Application) -> ApplicationCard:
    """The row as a value."""
    return ApplicationCard(
        id=row.id,
        code=row.code,
        service=service(ServiceCode(row.service)),
        channel=Channel(row.channel),
        kecamatan=row.kecamatan,
        resident_id=row.resident_id,
        family_id=row.family_id,
        stated_nik=row.stated_nik,
        stated_family_card_no=row.stated_family_card_no,
        phone=row.phone,
        answers=row.answers,
        decision=row.decision,
        state=State(row.state),
        approved_by=row.approved_by,
        papers=tuple(Paper(one.document_id, PaperState(one.state)) for one in _ordered(row.papers.all())),
        submitted_at=row.submitted_at,
        steps=tuple(_step(step) for step in _ordered(row.steps.all())),
    )


def _ordered(rows: Iterable[Numbered]) -> list[Numbered]:
    return sorted(rows, key=lambda one: one.number)


def _step(row: ApplicationStep) -> Step:
    return Step(State(row.state), row.at, row.office, row.reason, row.note, row.actor)
