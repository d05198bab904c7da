"""The inside of a recording's packet, `recording/2`: deterministic CBOR, written at the station, read at the centre.

Described key by key in `docs/reference/recording-packet.md`. What the release before wrote, `recording/1`, is read too.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

import cbor2

from dekat.enrolment.biodata import Biodata
from dekat.enrolment.states import Domicile, Place
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import read_cbor

VERSION = "recording/2"
KIND = VERSION
EARLIER = "recording/1"

CborMap = dict[str, object]


class ContentUnreadable(DekatError):
    """The packet's inside is not a recording of a version this machine knows."""

    code = "enrolment.packet.unreadable"


@dataclass(frozen=True, repr=False)
class PackedCapture:
    """One kept capture with everything its device said and signed.

    Facts: `image` is the ISO/IEC 19794 record (a JPEG for the station's own camera, whose `hash_hex` is empty);
    `algorithm` names who gave `score`; `measures` are our own figures.
    """

    position: str
    purpose: str
    image: bytes
    jpeg: bytes
    score: float
    wanted_score: float
    algorithm: str
    measures: Mapping[str, Json]
    tries: int
    device_serial: str
    device_make: str
    device_model: str
    spec_version: str
    signed_jwt: str
    previous_hash: str
    hash_hex: str
    captured_at: str
    is_forced: bool = False


@dataclass(frozen=True)
class PackedLink:
    """One capture the devices made, kept or replaced: its place in the hash chain."""

    seq: int
    position: str
    purpose: str
    device_serial: str
    previous_hash: str
    hash_hex: str
    score: float
    captured_at: str


@dataclass(frozen=True)
class PackedAbsence:
    """Why something was not captured, and which second officer saw it."""

    position: str
    state: str
    reason: str
    is_permanent: bool
    confirmed_by: str
    confirmed_at: str
    due_on: str = ""


@dataclass(frozen=True)
class PackedRuling:
    """What another officer decided about the recording as a whole."""

    what: str
    decided_by: str
    decided_at: str


@dataclass(frozen=True)
class PackedTime:
    """How long one save took the operator."""

    step: str
    what: str
    took_ms: int


@dataclass(frozen=True, repr=False)
class RecordingContent:
    """A whole recording as the resident and the operator confirmed it.

    Facts: `elsewhere` is what the KK of a resident out of domicile says beyond the biodata; `supplement_of` is the id
    of the recording that this one completes, empty for a recording of its own.
    """

    recording_id: UUID
    code: str
    kecamatan: str
    operator_id: UUID
    competence: str
    biodata: Biodata
    corrections: tuple[Mapping[str, str], ...]
    background: str
    photo_approved_at: str
    captures: tuple[PackedCapture, ...]
    chain: tuple[PackedLink, ...]
    absences: tuple[PackedAbsence, ...]
    signature_strokes: list[Json]
    signature_png: bytes
    times: tuple[PackedTime, ...]
    started_at: datetime
    confirmed_at: datetime
    domicile: str = Domicile.HERE
    place: str = Place.COUNTER
    signature_measures: Mapping[str, Json] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    supplement_of: str = ""
    rulings: tuple[PackedRuling, ...] = ()


def write(content: RecordingContent) -> bytes:
    """Write the content so that the same recording always gives the same bytes."""
    plain: CborMap = {
        **{name: getattr(content, name) for name in _TEXTS},
        "version": VERSION,
        "recording_id": content.recording_id.bytes,
        "operator_id": content.operator_id.bytes,
        "biodata": content.biodata.as_map(),
        "corrections": [dict(one) for one in content.corrections],
        **{name: [asdict(one) for one in getattr(content, name)] for name in _LISTS},
        "signature_strokes": content.signature_strokes,
        "signature_png": content.signature_png,
        "signature_measures": dict(content.signature_measures),
        "elsewhere": dict(content.elsewhere),
        "started_at": iso(content.started_at),
        "confirmed_at": iso(content.confirmed_at),
    }
    return cbor2.dumps(plain, canonical=True)


def read(data: bytes) -> RecordingContent:
    """Read what `write` wrote.

    Refuses: enrolment.packet.unreadable.
    """
    try:
        plain = read_cbor(data)
        if plain["version"] not in (VERSION, EARLIER):
            raise ContentUnreadable
        plain = _NEW_IN_2 | plain
        return RecordingContent(
            **{name: plain[name] for name in _TEXTS},
            recording_id=UUID(bytes=plain["recording_id"]),
            operator_id=UUID(bytes=plain["operator_id"]),
            biodata=Biodata.from_map(plain["biodata"]),
            corrections=tuple(plain["corrections"]),
            captures=tuple(PackedCapture(**one) for one in plain["captures"]),
            chain=tuple(PackedLink(**one) for one in plain["chain"]),
            absences=tuple(PackedAbsence(**one) for one in plain["absences"]),
            times=tuple(PackedTime(**one) for one in plain["times"]),
            signature_strokes=plain["signature_strokes"],
            signature_png=plain["signature_png"],
            signature_measures=plain["signature_measures"],
            elsewhere=plain["elsewhere"],
            rulings=tuple(PackedRuling(**one) for one in plain["rulings"]),
            started_at=from_iso(plain["started_at"]),
            confirmed_at=from_iso(plain["confirmed_at"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContentUnreadable from error


_NEW_IN_2: CborMap = {
    "domicile": Domicile.HERE,
    "place": Place.COUNTER,
    "signature_measures": {},
    "elsewhere": {},
    "supplement_of": "",
    "rulings": [],
}
_TEXTS = ("code", "kecamatan", "competence", "background", "photo_approved_at", "domicile", "place", "supplement_of")
_LISTS = ("captures", "chain", "absences", "times", "rulings")
