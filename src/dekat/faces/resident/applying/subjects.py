"""What may be asked, as addresses: `occupation`, `full-name`, or a KK that was lost."""

from dekat.cases.catalogue import CHANGES, Change
from dekat.registry.states import Element

LOST_OR_DAMAGED = "kk-hilang-rusak"


def subjects() -> list[tuple[str, Change]]:
    """Each change that may be asked, with its part of the address."""
    return [(element.lower().replace("_", "-"), change) for element, change in CHANGES.items()]


def is_subject(subject: str) -> bool:
    """Whether an address names something that may be asked."""
    return subject == LOST_OR_DAMAGED or subject in dict(subjects())


def change_of(subject: str) -> Change | None:
    """The change that an address names; None for a lost or damaged KK."""
    return None if subject == LOST_OR_DAMAGED else CHANGES[Element(subject.replace("-", "_").upper())]
