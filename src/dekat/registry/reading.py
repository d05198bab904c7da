"""Rows into values: labels, village and kecamatan names are looked up once for many rows."""

from collections.abc import Mapping

from django.db.models import Count, QuerySet

from dekat.areas.queries import Place, places
from dekat.kernel.partial_date import PartialDate
from dekat.registry.code_lists import CodeTable, code_table
from dekat.registry.models import HEAD, Family, Resident
from dekat.registry.states import ListName, ResidentState, Sex
from dekat.registry.views import FamilyView, ResidentView, printed_name

_SAME = (
    "id", "full_name", "title_before", "title_after", "birth_place", "married_on", "divorced_on", "passport_no",
    "kitap_no", "father_name", "father_nik", "mother_name", "mother_nik", "family_id",
)  # fmt: skip
_CODED = {
    "relation": ListName.RELATION,
    "blood_type": ListName.BLOOD_TYPE,
    "religion": ListName.RELIGION,
    "marital_status": ListName.MARITAL_STATUS,
    "education": ListName.EDUCATION,
    "occupation": ListName.OCCUPATION,
    "disability": ListName.DISABILITY,
    "citizenship": ListName.CITIZENSHIP,
}
_ADDRESS = ("address", "rt", "rw", "hamlet", "village", "kecamatan", "postal_code", "family_card_no")


def resident_views(rows: QuerySet[Resident]) -> list[ResidentView]:
    """The residents of a question in its order, each with labels and address."""
    people = list(rows.select_related("family"))
    codes, homes = code_table(), places(row.family.village for row in people if row.family)
    return [_resident(row, codes, homes) for row in people]


def family_views(rows: QuerySet[Family]) -> list[FamilyView]:
    """The families of a question in its order, each with its head."""
    return [_family(row, row.member_count) for row in rows.annotate(member_count=Count("members"))]


def _resident(row: Resident, codes: CodeTable, homes: Mapping[str, Place]) -> ResidentView:
    home = {name: str(getattr(row.family, name)) if row.family else "" for name in _ADDRESS}
    where = homes.get(home["village"])
    facts = {name: getattr(row, name) for name in _SAME}
    facts.update(home)
    facts.update({name: codes.coded(of, getattr(row, name)) for name, of in _CODED.items()})
    return ResidentView(
        nik=row.nik or "",
        state=ResidentState(row.state),
        sex=Sex(row.sex),
        born_on=PartialDate.parse(row.born_on),
        village_name=where.village if where else "",
        kecamatan_name=where.kecamatan if where else "",
        **facts,
    )


def _family(row: Family, member_count: int) -> FamilyView:
    head = row.members.filter(relation=HEAD).first()
    return FamilyView(
        id=row.id,
        family_card_no=row.family_card_no,
        head_id=head.id if head else None,
        head_name=printed_name(head.title_before, head.full_name, head.title_after) if head else "",
        address=row.address,
        rt=row.rt,
        rw=row.rw,
        hamlet=row.hamlet,
        village=row.village,
        kecamatan=row.kecamatan,
        postal_code=row.postal_code,
        member_count=member_count,
        version_no=row.version_no,
    )
