"""Questions about areas: who belongs to whom, and what a place is called on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dekat.areas.models import Alias, District, Province, Regency, Village, VillageKind
from dekat.kernel.errors import DekatError


class AreaUnknown(DekatError):
    """No area has this code here."""

    code = "areas.area.unknown"


@dataclass(frozen=True)
class Area:
    """A province, regency or kecamatan under its national name."""

    code: str
    name: str


@dataclass(frozen=True)
class VillageArea:
    """A village and what it is by law."""

    code: str
    name: str
    kind: VillageKind
    kecamatan: str


@dataclass(frozen=True)
class Place:
    """The national names above and of a village, as documents print them."""

    province: str
    regency: str
    kecamatan: str
    village: str


def kecamatan(code: str) -> Area:
    """A kecamatan by its code.

    Refuses: areas.area.unknown.
    """
    row = District.objects.filter(code=code).first()
    if row is None:
        raise AreaUnknown(area=code)
    return Area(row.code, row.name)


def kecamatan_of(regency: str) -> list[Area]:
    """The kecamatan of a regency (`35.11`), by code."""
    return [Area(row.code, row.name) for row in District.objects.filter(regency_id=regency).order_by("code")]


def regency(code: str) -> Area:
    """A kabupaten or kota by its code.

    Refuses: areas.area.unknown.
    """
    row = Regency.objects.filter(code=code).first()
    if row is None:
        raise AreaUnknown(area=code)
    return Area(row.code, row.name)


def provinces() -> list[Area]:
    """The provinces, by code."""
    return [Area(row.code, row.name) for row in Province.objects.order_by("code")]


def village(code: str) -> VillageArea:
    """A village by its code.

    Refuses: areas.area.unknown.
    """
    row = Village.objects.filter(code=code).first()
    if row is None:
        raise AreaUnknown(area=code)
    return _village(row)


def villages_of(kecamatan: str) -> list[VillageArea]:
    """The villages of a kecamatan, by code."""
    return [_village(row) for row in Village.objects.filter(district_id=kecamatan).order_by("code")]


def village_labels() -> list[tuple[str, str]]:
    """Every village held, as (code, `Kayumas, Arjasa`), in the order of the codes."""
    rows = Village.objects.select_related("district").order_by("code")
    return [(row.code, f"{row.name}, {row.district.name}") for row in rows]


def village_codes() -> set[str]:
    """Every village code held, for checks of many rows."""
    return set(Village.objects.values_list("code", flat=True))


def place(village: str) -> Place:
    """All national names of a village's place; documents print these and no alias.

    Refuses: areas.area.unknown.
    """
    found = places([village])
    if not found:
        raise AreaUnknown(area=village)
    return found[village]


def places(villages: Iterable[str]) -> dict[str, Place]:
    """The places of many villages by their code; unknown codes are left out."""
    rows = Village.objects.select_related("district__regency__province").filter(code__in=set(villages))
    return {
        row.code: Place(row.district.regency.province.name, row.district.regency.name, row.district.name, row.name)
        for row in rows
    }


def display_name(code: str, on: date) -> str:
    """What screens call an area on a day: `Ijen (Sempol)` where people use another name, else the national name.

    Refuses: areas.area.unknown.
    """
    national = _national_name(code)
    rows = Alias.objects.filter(code=code, is_shown=True).order_by("name")
    alias = rows.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on)).first()
    return f"{alias.name} ({national})" if alias else national


def kecamatan_names(regency: str, on: date) -> dict[str, str]:
    """What screens call every kecamatan of a regency on a day, by code."""
    shown = Alias.objects.filter(code__startswith=f"{regency}.", is_shown=True).order_by("-name")
    valid = shown.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on))
    aliases = dict(valid.values_list("code", "name"))
    return {
        area.code: f"{aliases[area.code]} ({area.name})" if area.code in aliases else area.name
        for area in kecamatan_of(regency)
    }


def find_kecamatan(text: str) -> list[Area]:
    """The kecamatan that people may mean by a name, national or alias, by code."""
    codes = Alias.objects.filter(name__iexact=text.strip()).values_list("code", flat=True)
    rows = District.objects.filter(Q(name__iexact=text.strip()) | Q(code__in=list(codes)))
    return [Area(row.code, row.name) for row in rows.exclude(code__startswith="99.").order_by("code")]


def is_known_region(code: str) -> bool:
    """Whether a NIK's region is held here. An unknown one is no fault: regions split and codes change."""
    return District.objects.filter(code=code).exists()


def _national_name(code: str) -> str:
    for table in (District, Village, Regency, Province):
        if (name := table._default_manager.filter(pk=code).values_list("name", flat=True).first()) is not None:
            return str(name)
    raise AreaUnknown(area=code)


def _village(row: Village) -> VillageArea:
    return VillageArea(row.code, row.name, VillageKind(row.kind), row.district_id)
