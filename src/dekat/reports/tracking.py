"""What a tracking code stands for. Each kind of thing that has a code is one finder here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dekat.cards import queries as cards
from dekat.cards.queries import CardView
from dekat.cards.states import CardState
from dekat.cases import queries as cases
from dekat.cases.catalogue import ServiceCode
from dekat.cases.rules import DONE, Clock, Step
from dekat.cases.states import PaperState, State
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentKind
from dekat.documents.queries import DocumentCard
from dekat.kernel.ids import read_code
from dekat.kernel.working_time import Calendar
from dekat.ledger import queries as ledger
from dekat.national import queries as national
from dekat.national.domicile import DomicileCard, domicile_of
from dekat.national.queries import SubmissionCard
from dekat.national.statuses import Status
from dekat.registry import queries as registry
from dekat.sync import queries as sync

Stage = Status | CardState
ID_CARD = "KTP-el"


@dataclass(frozen=True)
class TrackedPaper:
    """One paper that an application came to: what it is, in which kecamatan it is collected, how far it is.

    Facts: `number` counts the papers from 1; `is_for_home`: it may be printed at home; `fetched_at` when it was.
    """

    number: int
    kind: DocumentKind
    kecamatan: str
    state: PaperState
    is_for_home: bool
    fetched_at: datetime | None

    @property
    def is_at_office(self) -> bool:
        """Whether Dispendukcapil prints it and hands it over."""
        return self.kind is DocumentKind.CHILD_CARD


@dataclass(frozen=True)
class ApplicationTrack:
    """An application as its owner may see it: no names, no numbers of persons.

    Facts: `kecamatan` is told only once a document waits there; `steps` oldest first; `papers` in the order in which
    they were issued, empty before that and for a KTP-el (`is_card`); `is_at_office`: what is still to be collected
    waits at Dispendukcapil; `is_vouched_for`: an officer saw the applicant or an original.
    """

    code: str
    service: ServiceCode
    state: State
    steps: tuple[Step, ...]
    clock: Clock
    kecamatan: str
    document_serial: str
    application_id: UUID
    papers: tuple[TrackedPaper, ...] = ()
    is_at_office: bool = False
    is_card: bool = False
    is_vouched_for: bool = False

    @property
    def is_from_home(self) -> bool:
        """Whether its applicant fetched every paper to print it at home."""
        return bool(self.papers) and all(paper.fetched_at for paper in self.papers)


@dataclass(frozen=True)
class Proof:
    """A signed receipt that one office gave the one before it; `number` where its giver numbers them."""

    at: datetime
    number: int | None = None


@dataclass(frozen=True)
class Hop:
    """One place on a recording's road, reached at an instant; with its receipt where the hand-over had one."""

    stage: Stage
    at: datetime
    proof: Proof | None = None


@dataclass(frozen=True)
class RecordingTrack:
    """A recording as the holder of its receipt may see it.

    Facts: `first_letter` is all that is told of the name; `hops` oldest first; `queue_position` counts from 1 and is
    there only while the card waits to be printed; `print_from` is a pemula's 17th birthday; `expected_on` the day at
    the measured pace, None where nothing honest can be said; `is_beyond_stock`: the blanks end before this card.
    """

    code: str
    first_letter: str
    kecamatan: str
    recorded_at: datetime
    stage: Stage
    since: datetime
    queue_position: int | None
    hops: tuple[Hop, ...]
    print_from: date | None = None
    expected_on: date | None = None
    is_beyond_stock: bool = False
    domicile: DomicileCard | None = None


Track = ApplicationTrack | RecordingTrack
Finder = Callable[[str, Calendar, datetime], Track | None]


def track(typed: str, *, calendar: Calendar, now: datetime) -> Track | None:
    """What the code that a person typed stands for; None when nothing has it.

    Refuses: kernel.ids.code_mistyped.
    """
    code = read_code(typed)
    for finder in _FINDERS:
        if found := finder(code, calendar, now):
            return found
    return None


def _application(code: str, calendar: Calendar, now: datetime) -> ApplicationTrack | None:
    card = cases.by_code(code)
    if card is None:
        return None
    is_vouched_for = cases.is_vouched_for(card)
    found = [(number, one, documents.find(one.document_id)) for number, one in enumerate(card.papers, start=1)]
    held = [(number, one.state, document) for number, one, document in found if document]
    may_leave = is_vouched_for and card.state in DONE
    papers = tuple(_tracked(*one, may_leave=may_leave) for one in held)
    document = held[0][2] if held else None
    made = cards.card(card.papers[0].document_id) if card.papers and document is None else None
    to_collect = [one for one in papers if one.state != PaperState.COLLECTED]
    return ApplicationTrack(
        code=card.code,
        service=card.service.code,
        state=card.state,
        steps=card.steps,
        clock=card.clock(calendar=calendar, now=now),
        kecamatan=document.kecamatan if document else made.kecamatan if made else "",
        document_serial=document.serial if document else "",
        application_id=card.id,
        papers=papers,
        is_at_office=bool(to_collect) and all(one.is_at_office for one in to_collect),
        is_card=made is not None,
        is_vouched_for=is_vouched_for,
    )


def _tracked(number: int, state: PaperState, document: DocumentCard, *, may_leave: bool) -> TrackedPaper:
    return TrackedPaper(
        number=number,
        kind=document.kind,
        kecamatan=document.kecamatan,
        state=state,
        is_for_home=may_leave and documents.may_print_at_home(document.kind),
        fetched_at=document.fetched_at,
    )


def _recording(code: str, calendar: Calendar, now: datetime) -> RecordingTrack | None:
    road = national.submission_by_code(code)
    if road is None:
        return None
    card = cards.card(road.recording_id)
    person = registry.masked_resident(road.resident_id, on=now.astimezone(calendar.zone).date())
    queue_position = cards.queue_position(card.id) if card else None
    return RecordingTrack(
        code=road.tracking_code,
        first_letter=person.name[:1] if person else "",
        kecamatan=road.kecamatan,
        recorded_at=road.recorded_at,
        stage=card.state if card else road.status,
        since=card.state_since if card else road.status_since,
        queue_position=queue_position,
        expected_on=cards.expected_print_day(card.id, now=now) if card and queue_position else None,
        is_beyond_stock=queue_position is not None and queue_position > cards.blank_balance().in_stock,
        hops=(*_road_hops(road), *(_card_hops(card) if card else ())),
        print_from=card.print_from if card else None,
        domicile=domicile_of(road.recording_id) if road.status == Status.DUPLICATE_RECORD else None,
    )


def _road_hops(road: SubmissionCard) -> tuple[Hop, ...]:
    """Each status with the receipt that proves its hand-over; one that no receipt proves stands without."""
    proofs = {Status.BIO_CAPTURED: _regency_proof(road), Status.SENT_FOR_ENROLLMENT: _national_proof(road)}
    return tuple(Hop(hop.status, hop.at, proofs.get(hop.status)) for hop in road.hops)


def _regency_proof(road: SubmissionCard) -> Proof | None:
    """The regency's receipt for the packet, the same whether it came by the line or on a stick."""
    found = sync.receipts(road.packet_id)
    return Proof(found[0].received_at, found[0].inbox_seq) if found else None


def _national_proof(road: SubmissionCard) -> Proof | None:
    return Proof(road.national_receipt_at) if road.national_receipt_at else None


def _card_hops(card: CardView) -> list[Hop]:
    """Where the card has been; a step that was not reached is not told."""
    printed = ledger.events(names=["cards.card.printed"], subject=f"recording:{card.id}", limit=1)
    hops = [Hop(CardState.PRINTED, event.occurred_at) for event in printed]
    bag = cards.batch(card.batch_id) if card.batch_id else None
    if bag and bag.sent_at:
        hops.append(Hop(CardState.SENT, bag.sent_at))
    if card.state == CardState.ARRIVED:
        hops.append(Hop(CardState.ARRIVED, card.state_since))
    elif card.state == CardState.HANDED_OVER and bag and bag.arrived_at:
        hops.append(Hop(CardState.ARRIVED, bag.arrived_at))
    if card.state in (CardState.MISSING, CardState.HANDED_OVER, CardState.ENDED):
        hops.append(Hop(card.state, card.state_since))
    return hops


_FINDERS: tuple[Finder, ...] = (_application, _recording)
