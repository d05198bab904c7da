"""Recordings of nobody, made through the real services step by step."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from dekat.accounts.actor import Actor
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import Role
from dekat.cards.models import Card
from dekat.cards.services import queue_card
from dekat.cards.states import CardState
from dekat.enrolment import absences, capturing, photo, ports, services
from dekat.enrolment.biodata import Biodata
from dekat.enrolment.positions import FINGERS, IRISES, SLAP_FINGERS, Position, Slap
from dekat.enrolment.seal import seal_recording
from dekat.enrolment.states import Absence, Reason, Step
from dekat.kernel.ids import new_id
from dekat.sync import envelope
from dekat.sync import services as sync
from dekat.sync.queries import sealed_bytes
from tests.make.cards import blanks
from tests.make.code_devices import CodeDevices
from tests.make.competence import let_actor_record
from tests.make.portraits import portrait, signature_png
from tests.make.sync import Station

OPERATOR_ID, CAMAT_ID = UUID(int=1), UUID(int=2)
RESIDENT = "019acb7e-0000-7000-8000-0000000000c1"
OPERATOR = Actor(OPERATOR_ID, Role.OPERATOR, "35.11.12", "centre")
STROKES = [[{"x": 20, "y": 80, "t": 0}, {"x": 90, "y": 30, "t": 60}]]


def biodata(*, born_on: str = "2004-05-06", citizenship: str = "WNI", resident_id: str = RESIDENT) -> Biodata:
    return Biodata(
        resident_id=resident_id,
        nik="9911124605040003",
        full_name="SITI CONTOH",
        birth_place="BONDOWOSO",
        born_on=born_on,
        sex="P",
        blood_type="O",
        address="DUSUN KRAJAN",
        rt="001",
        rw="002",
        village="WRINGIN",
        kecamatan="WRINGIN",
        religion="ISLAM",
        marital_status="BELUM KAWIN",
        occupation="PELAJAR/MAHASISWA",
        citizenship=citizenship,
    )


def devices(**settings) -> CodeDevices:
    """Connect devices made of code and give them."""
    made = CodeDevices(**settings)
    ports.use_devices(lambda: made)
    return made


class Desk:
    """An operator at work on one recording; each act is a minute after the last."""

    def __init__(self, now: datetime, **who: str) -> None:
        self.now = now
        let_actor_record(OPERATOR, now=now)
        self.id = services.start(recording_id=uuid4(), biodata=biodata(**who), actor=OPERATOR, now=now)

    def _say(self) -> dict:
        self.now += timedelta(minutes=1)
        return {"recording_id": self.id, "step_id": uuid4(), "actor": OPERATOR, "now": self.now}

    def go(self, to: Step) -> None:
        services.move(**self._say(), to=to)

    def confirm(self, **corrections: str) -> None:
        services.confirm_biodata(**self._say(), corrections=corrections)

    def photograph(self, cloth: str = "BLUE") -> None:
        photo.keep_photo(**self._say(), jpeg=portrait(cloth), camera="drawn")

    def approve(self) -> None:
        photo.approve_photo(**self._say())

    def reject(self) -> None:
        photo.reject_photo(**self._say())

    def slap(self, slap: Slap) -> None:
        capturing.take_fingers(**self._say(), slap=slap)

    def recheck(self, position: Position) -> None:
        capturing.take_recheck(**self._say(), position=position)

    def irises(self) -> None:
        capturing.take_irises(**self._say())

    def sign(self) -> None:
        services.keep_signature(**self._say(), strokes=STROKES, png=signature_png())

    def excuse(self, positions: list[str], *, reason: Reason = Reason.MISSING, second: UUID = CAMAT_ID) -> None:
        absences.except_positions(
            **self._say(),
            positions=positions,
            state=Absence.NOT_COLLECTABLE,
            reason=reason,
            is_permanent=True,
            second_person=second,
        )

    def seal(self, *, is_confirmed: bool = True) -> str:
        return seal_recording(**self._say(), is_confirmed_by_resident=is_confirmed)

    def to_fingers(self) -> None:
        self.confirm()
        self.go(Step.PHOTO)
        self.photograph()
        self.approve()
        self.go(Step.FINGERS)

    def to_summary(self, *, without: tuple[Position, ...] = ()) -> None:
        """The whole way, with what the person lacks witnessed."""
        self.to_fingers()
        if fingers := [finger for finger in FINGERS if finger in without]:
            self.excuse(fingers)
        for slap in (Slap.LEFT, Slap.RIGHT, Slap.THUMBS):
            if not set(SLAP_FINGERS[slap]) <= set(without):
                self.slap(slap)
        self.go(Step.INDEX_RECHECK)
        for index in (Position.LEFT_INDEX, Position.RIGHT_INDEX):
            if index not in without:
                self.recheck(index)
        self.go(Step.IRISES)
        if eyes := [eye for eye in IRISES if eye in without]:
            self.excuse(eyes, reason=Reason.BLIND)
        if len([eye for eye in IRISES if eye in without]) < 2:
            self.irises()
        self.go(Step.SIGNATURE)
        self.sign()
        self.go(Step.SUMMARY)


def card_in_hand(*, resident_id: UUID, station: Station, now: datetime, folder: Path) -> UUID:
    """A resident whose recording the centre holds and whose card was handed over; give the recording's id."""
    devices()
    desk = Desk(now, resident_id=str(resident_id))
    desk.to_summary()
    desk.seal()
    sealed = sealed_bytes(desk.id)
    content = envelope.parse(sealed, max_bytes=len(sealed)).open(own_identity().open_key)
    file = folder / "part"
    file.write_bytes(station.seal(content, now=now, kind="recording/1", item_id=new_id(now)))
    sync.take_packet(file=file, now=now)
    facts = {"is_first_time": True, "kecamatan": OPERATOR.kecamatan, "tracking_code": "CONTOH"}
    queue_card(recording_id=desk.id, resident_id=resident_id, **facts, ready_at=now, actor=OPERATOR, now=now)
    Card.objects.filter(id=desk.id).update(state=CardState.HANDED_OVER, blank_id=blanks(now, 1)[0])
    return desk.id
