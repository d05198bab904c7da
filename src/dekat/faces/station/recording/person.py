"""The resident as the wizard writes them; the full NIK appears on the biodata page only."""

from dataclasses import dataclass
from datetime import date

from dekat.enrolment.biodata import Biodata
from dekat.enrolment.queries import RecordingView
from dekat.faces.station.recording.labels import NAMES, POSITIONS
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
    """One exception as the page lists it."""

    name: str
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
    """The exceptions of the recording."""
    return [
        Noted(_POSITION_NAMES[one.position], str(POSITIONS[one.position]), one.reason.label, one.is_seen, one.due_on)
        for one in view.absences
    ]
