"""What several papers take from the register: the person, their home, names, lines."""

from collections.abc import Mapping
from uuid import UUID

from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.registry.code_lists import CodeTable
from dekat.registry.content import NOTHING
from dekat.registry.life.household import Relation
from dekat.registry.models import Family, Resident
from dekat.registry.queries import ResidentUnknown
from dekat.registry.states import ListName
from dekat.registry.views import printed_name

Content = Mapping[str, Json]


class PaperLacks(DekatError):
    """The register does not hold what this paper must say."""

    code = "registry.paper.lacks"


def person(resident_id: UUID) -> Resident:
    """Anybody of the register, also who died or left.

    Refuses: registry.resident.unknown.
    """
    row = Resident.objects.select_related("family").filter(id=resident_id).first()
    if row is None:
        raise ResidentUnknown
    return row


def at_home(resident_id: UUID) -> tuple[Resident, Family]:
    """Somebody who lives here, and their family.

    Refuses: registry.resident.unknown, registry.paper.lacks.
    """
    row = person(resident_id)
    if row.family is None:
        raise PaperLacks(lack="keluarga")
    return row, row.family


def must_have(lack: str, value: str | None) -> str:
    """The value itself.

    Refuses: registry.paper.lacks where there is none.
    """
    if not value:
        raise PaperLacks(lack=lack)
    return value


def name_of(row: Resident) -> str:
    """The name with its titles, in capitals."""
    return printed_name(row.title_before, row.full_name, row.title_after)


def head_name(home: Family) -> str:
    """The name of the head of a family."""
    head = home.members.filter(relation=Relation.HEAD).first()
    return name_of(head) if head else NOTHING


def label(codes: CodeTable, name: ListName, code: str) -> str:
    """What a code is called, in capitals; `-` where there is none."""
    return codes.coded(name, code).label.upper() if code else NOTHING


def whole_address(words: Mapping[str, str]) -> str:
    """A resident's address in one line, from the words of their biodata; `-` for who lives nowhere here."""
    if words["address"] == NOTHING:
        return NOTHING
    places = f"{words['village']}, KECAMATAN {words['kecamatan']}, KABUPATEN {words['regency']}, {words['province']}"
    return f"{words['address']} RT/RW {words['rt_rw']}, {places}"


def lines(facts: Mapping[str, str]) -> list[Json]:
    """Labels and values as papers list them."""
    return [{"label": name, "value": value} for name, value in facts.items()]
