"""The resident as the wizard writes them; the full NIK appears on the biodata page only."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from dekat.enrolment.biodata import Biodata
from dekat.enrolment.queries import RecordingView
from dekat.enrolment.states import Reason
from dekat.faces.position_words import position_words
from dekat.faces.station.recording.labels import NAMES
from dekat.faces.ui.words import MONTHS

_POSITION_NAMES = {position: name for name, position in NAMES.items()}


@dataclass(frozen=True, repr=False)
class Person:
    """Lines of text about the resident."""

    nik: str
    born_on: str
    birth: str
    address: str


@dataclass(frozen=True)
class Noted:
    """Exceptions with one reason as the page lists them: `names` as forms call them, `label` in words."""

    names: tuple[str, ...]
    label: str
    reason: str
    is_seen: bool
    due_on: date | None


def person_of(biodata: Biodata) -> Person:
    """Write the resident's data as sentences of a card."""
    born_on = birth_day(biodata.born_on)
    place = f"RT {biodata.rt}/RW {biodata.rw}, {biodata.village}, {biodata.kecamatan}"
    return Person(
        nik=" ".join(biodata.nik[i : i + 4] for i in range(0, len(biodata.nik), 4)),
        born_on=born_on,
        birth=f"{biodata.birth_place}, {born_on}",
        address=f"{biodata.address}, {place}",
    )


def birth_day(born_on: str) -> str:
    """`05 Februari 2001`; an unknown day or month (`00`) stays away."""
    year, _, rest = born_on.partition("-")
    month, _, day = rest.partition("-")
    words = [day if day not in ("", "00") else "", MONTHS[int(month) - 1] if month not in ("", "00") else "", year]
    return " ".join(word for word in words if word)


def noted(view: RecordingView) -> list[Noted]:
    """The exceptions of the recording; those with one reason stand on one line, so that ten fingers fit the screen."""
    kinds: dict[tuple[Reason, bool, date | None], list[str]] = {}
    for one in view.absences:
        kinds.setdefault((one.reason, one.is_seen, one.due_on), []).append(one.position)
    return [
        Noted(
            tuple(_POSITION_NAMES[one] for one in positions),
            capfirst(position_words(positions)),
            reason.label,
            is_seen,
            due_on,
        )
        for (reason, is_seen, due_on), positions in kinds.items()
    ]
