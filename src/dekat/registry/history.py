"""How somebody's data became what they are: every change of an element, every family they were of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.registry.code_lists import CodeTable, code_table
from dekat.registry.models import ElementChange, FamilyCardVersion, Resident
from dekat.registry.states import ChangeCause, Element, ListName, ResidentState, Sex

_LABELS = {"FAMILY": "Keluarga", "STATE": "Status", "NIK": "NIK"}


@dataclass(frozen=True, repr=False)
class ChangedElement:
    """One element before and after, in words; `cause_id` is the application or the import that changed it.

    Facts: values of FAMILY are ids of families.
    """

    element: str
    label: str
    before: str
    after: str
    cause: ChangeCause
    cause_id: UUID
    at: datetime


def changed_elements(resident_id: UUID) -> list[ChangedElement]:
    """What changed of a resident, the newest first."""
    codes = code_table()
    rows = ElementChange.objects.filter(resident_id=resident_id).order_by("-changed_at", "-id")
    return [
        ChangedElement(
            element=row.element,
            label=_label(row.element),
            before=_value(row.element, row.before, codes),
            after=_value(row.element, row.after, codes),
            cause=ChangeCause(row.cause),
            cause_id=row.cause_id,
            at=row.changed_at,
        )
        for row in rows
    ]


def families_of(resident_id: UUID, *, present: UUID | None) -> list[UUID]:
    """The families that a resident is and was of, the present one first."""
    moves = ElementChange.objects.filter(resident_id=resident_id, element="FAMILY").order_by("-changed_at", "-id")
    former = [UUID(one) for pair in moves.values_list("after", "before") for one in pair if one]
    return list(dict.fromkeys([*([present] if present else []), *former]))


def everybody_of(family_id: UUID) -> set[UUID]:
    """Who is and ever was of a family, as far as this machine knows: its former cards show them still."""
    present = Resident.objects.filter(family_id=family_id).values_list("id", flat=True)
    left = ElementChange.objects.filter(element="FAMILY", before=str(family_id)).values_list("resident_id", flat=True)
    return {*present, *left, *Resident.objects.filter(nik__in=_numbers_on(family_id)).values_list("id", flat=True)}


def _numbers_on(family_id: UUID) -> set[str]:
    """The NIK that stand on any version of a family's card."""
    texts = FamilyCardVersion.objects.filter(family_id=family_id).values_list("content", flat=True)
    return {member["nik"] for text in texts for member in json.loads(text)["members"]}


def version_causes(family_id: UUID) -> set[UUID]:
    """What began the versions of a family's card: applications and imports."""
    causes = FamilyCardVersion.objects.filter(family_id=family_id).values_list("change_id", flat=True)
    return {cause for cause in causes if cause}


def _label(element: str) -> str:
    if element in Element.values:
        return str(Element(element).label)
    return _LABELS.get(element, element.replace("_", " ").capitalize())


def _value(element: str, value: str, codes: CodeTable) -> str:
    words: Mapping[str, str] = {}
    match element:
        case "SEX":
            words = dict(Sex.choices)
        case "STATE":
            words = dict(ResidentState.choices)
        case _ if element in ListName.values:
            return codes.coded(ListName(element), value).label if value else ""
    return str(words.get(value, value))
