"""What a family's card says, as text ready to print (Law: uu-23-2006, art. 61)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from dekat.areas.queries import Place, place, places
from dekat.kernel.canonical import Json
from dekat.kernel.partial_date import PartialDate
from dekat.registry.code_lists import CodeTable, code_table
from dekat.registry.models import HEAD, Family, Resident
from dekat.registry.states import ListName, Sex
from dekat.registry.views import printed_name

NOTHING, AWAITED = "-", "MENUNGGU NIK"
_BLOOD_UNKNOWN = "13"
# Six values of the KK on the four of the KTP-el.
_ON_CARD = {"1": "1", "2": "2", "3": "2", "4": "3", "5": "3", "6": "4"}
_DIVORCED = ("4", "5")  # CERAI HIDUP TERCATAT, CERAI HIDUP BELUM TERCATAT
# Columns of a resident that the card shows: a change of any makes a new version of the card.
CARD_COLUMNS = frozenset(
    (
        "nik", "family_id", "position", "relation", "full_name", "title_before", "title_after", "sex", "birth_place",
        "born_on", "blood_type", "religion", "marital_status", "married_on", "divorced_on", "education", "occupation",
        "citizenship", "passport_no", "kitap_no", "father_name", "mother_name",
    )
)  # fmt: skip


def contents(family_ids: Iterable[UUID]) -> dict[UUID, Mapping[str, Json]]:
    """The content of many cards, with a few questions to the database in all."""
    ids = list(family_ids)
    members: dict[UUID, list[Resident]] = {family_id: [] for family_id in ids}
    for row in Resident.objects.filter(family_id__in=ids).order_by("position", "born_on", "id"):
        if row.family_id:
            members[row.family_id].append(row)
    families = list(Family.objects.filter(id__in=ids).order_by("id"))
    codes, homes = code_table(), places(family.village for family in families)
    return {family.id: _card(family, members[family.id], homes[family.village], codes) for family in families}


def biodata_words(person: Resident) -> dict[str, str]:
    """What a KTP-el says of a resident besides NIK and name, as text ready to print."""
    codes, home = code_table(), person.family
    words = {
        "birth": f"{person.birth_place.upper()}, {_day(person.born_on)}",
        "sex": Sex(person.sex).label.upper(),
        "blood_type": NOTHING if person.blood_type == _BLOOD_UNKNOWN else _label(codes, ListName.BLOOD_TYPE, person),
        "religion": _label(codes, ListName.RELIGION, person),
        "marital_status": codes.coded(ListName.MARITAL_STATUS_CARD, _ON_CARD.get(person.marital_status, "")).label,
        "occupation": _label(codes, ListName.OCCUPATION, person),
        "citizenship": _label(codes, ListName.CITIZENSHIP, person),
    }
    if home is None:
        return words | dict.fromkeys(("address", "rt_rw", *Place.__dataclass_fields__), NOTHING)
    return {**words, "address": _address(home), "rt_rw": f"{home.rt}/{home.rw}", **_place_words(place(home.village))}


def _label(codes: CodeTable, name: ListName, person: Resident) -> str:
    return codes.coded(name, str(getattr(person, name.value.lower()))).label.upper()


def _address(family: Family) -> str:
    return (family.address + (f" DUSUN {family.hamlet}" if family.hamlet else "")).upper()


def _place_words(where: Place) -> dict[str, str]:
    return {
        "village": where.village.upper(),
        "kecamatan": where.kecamatan.upper(),
        "regency": where.regency.removeprefix("Kabupaten ").upper(),
        "province": where.province.upper(),
    }


def _card(family: Family, members: list[Resident], where: Place, codes: CodeTable) -> Mapping[str, Json]:
    head = next((row for row in members if row.relation == HEAD), None)
    return {
        "family_card_no": family.family_card_no,
        "head_name": _name(head) if head else NOTHING,
        "address": _address(family),
        "rt": family.rt,
        "rw": family.rw,
        "postal_code": family.postal_code or NOTHING,
        **_place_words(where),
        "members": [_member(row, codes) for row in members],
    }


def _member(row: Resident, codes: CodeTable) -> Mapping[str, Json]:
    def label(name: ListName, code: str) -> str:
        return codes.coded(name, code).label if code else NOTHING

    return {
        "name": _name(row),
        "nik": row.nik or AWAITED,
        "sex": Sex(row.sex).label.upper(),
        "birth_place": row.birth_place.upper(),
        "birth_date": _day(row.born_on),
        "religion": label(ListName.RELIGION, row.religion),
        "education": label(ListName.EDUCATION, row.education),
        "occupation": label(ListName.OCCUPATION, row.occupation),
        "blood_type": label(ListName.BLOOD_TYPE, row.blood_type),
        "marital_status": label(ListName.MARITAL_STATUS, row.marital_status),
        "marriage_date": _day(row.divorced_on if row.marital_status in _DIVORCED else row.married_on),
        "relation_to_head": label(ListName.RELATION, row.relation),
        "nationality": label(ListName.CITIZENSHIP, row.citizenship),
        "passport_no": row.passport_no or NOTHING,
        "kitap_no": row.kitap_no or NOTHING,
        "father": row.father_name.upper() or NOTHING,
        "mother": row.mother_name.upper() or NOTHING,
    }


def _name(row: Resident) -> str:
    return printed_name(row.title_before, row.full_name, row.title_after)


def _day(text: str) -> str:
    return PartialDate.parse(text).printed if text else NOTHING
