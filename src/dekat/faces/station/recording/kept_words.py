"""What the pages say about a kept picture, from the measures that are kept with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.enrolment.positions import Position
from dekat.enrolment.quality import Check
from dekat.enrolment.queries import RecordingView
from dekat.faces.position_words import POSITIONS
from dekat.faces.station.recording.advice import advice_for
from dekat.kernel.canonical import Json

# As the page itself judges where the station's judge does not answer.
_LEAST_EVENNESS, _LEAST_SHARPNESS = 75, 40
_GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Wajah di tengah, jarak pas"), ("face.count", "face.across", "face.height", "face.size")),
    (gettext_lazy("Mata terbuka, melihat kamera"), ("face.eyes", "face.turn", "face.roll")),
    (gettext_lazy("Cahaya rata"), ("face.light", "face.evenness", "face.glare")),
    (gettext_lazy("Gambar tajam"), ("face.sharp", "face.detail")),
)


@dataclass(frozen=True)
class Verdict:
    """What a comparison told, as a badge."""

    text: str
    tone: str


@dataclass(frozen=True)
class Line:
    """One thing looked at in the kept portrait; `note` says what is wrong with it."""

    label: str
    is_good: bool
    note: str = ""


def advice_of(measures: Mapping[str, Json]) -> str:
    """What to do about the first thing that the judge found wrong; empty where nothing is, or nobody judged."""
    wrong = _wrong(measures)
    return str(advice_for(wrong[0]).title) if wrong else ""


def verdict_on_recheck(position: Position, measures: Mapping[str, Json]) -> Verdict:
    """Whether the finger that was asked for again is the finger recorded before."""
    if "same_as" not in measures:
        return Verdict(gettext("Tersimpan, dibandingkan Dispendukcapil"), "info")
    told = str(measures["same_as"])
    if told == position:
        return Verdict(gettext("Jari yang sama"), "ok")
    if told in POSITIONS:
        return Verdict(gettext("Mirip %(finger)s, diperiksa Dispendukcapil") % {"finger": POSITIONS[told]}, "warn")
    return Verdict(gettext("Belum cocok, diperiksa Dispendukcapil"), "warn")


def portrait_lines(view: RecordingView) -> list[Line]:
    """The kept portrait in a few lines: the judge's where it looked, else what the station measured by itself."""
    measures = view.measures
    cloth = gettext("Latar %(colour)s") % {"colour": str(view.background.label).lower()}
    look = measures.get("look")
    if not isinstance(look, Mapping) or look.get("judge") != "looked":
        even, sharp = _number(measures.get("evenness")), _number(measures.get("sharpness"))
        return [
            Line(cloth, is_good=True),
            Line(gettext("Cahaya rata"), even >= _LEAST_EVENNESS),
            Line(gettext("Gambar tajam"), sharp >= _LEAST_SHARPNESS),
        ]
    wrong = {check.key: str(advice_for(check).title) for check in _wrong(look)}
    groups = (*_GROUPS, (cloth, ("face.cloth",)))
    notes = [(str(label), next((wrong[key] for key in keys if key in wrong), "")) for label, keys in groups]
    return [Line(label, not note, note) for label, note in notes]


def _wrong(measures: Mapping[str, Json]) -> list[Check]:
    found = measures.get("wrong")
    texts = [str(one) for one in found] if isinstance(found, list) else []
    return [Check(key, False, advice, 0) for key, _, advice in (text.partition(":") for text in texts)]


def _number(value: Json) -> float:
    return value if isinstance(value, int) else 0
