"""The letter with which people leave the regency (SKPWNI): who goes, from where to where, in which class and kind."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate
from dekat.registry import in_words
from dekat.registry import paper_sources as sources
from dekat.registry.code_lists import CodeTable, code_table
from dekat.registry.content import AWAITED, NOTHING, biodata_words
from dekat.registry.life.household import Relation
from dekat.registry.models import Family, Resident
from dekat.registry.paper_facts import MoveFacts, MoveTarget
from dekat.registry.states import ListName


class NobodyNamed(DekatError):
    """A move letter for nobody."""

    code = "registry.paper.nobody_moves"


def move_letter_content(person_ids: Sequence[UUID], facts: MoveFacts) -> sources.Content:
    """What the letter says; make it before the move is written, while the family still has its members.

    Facts: people in the order of the family's card; kind and class of the move follow from who goes where.
    Refuses: registry.resident.unknown, registry.paper.lacks, registry.paper.nobody_moves.
    Law: perpres-96-2018, art. 25
    """
    if not person_ids:
        raise NobodyNamed
    applicant, home = sources.at_home(facts.applicant_id)
    movers = [sources.at_home(one)[0] for one in set(person_ids)]
    movers.sort(key=lambda row: (row.position, row.born_on, row.id))
    words, codes = biodata_words(applicant), code_table()
    count = len(movers)
    told = {
        "Pemohon": f"{sources.name_of(applicant)} (NIK {applicant.nik or AWAITED})",
        "Alasan pindah": facts.reason,
        "Klasifikasi kepindahan": _class(words, facts.target),
        "Jenis kepindahan": _kind(home, movers),
        "Rencana tanggal pindah": in_words.long_date(facts.leaves_on),
        "Jumlah yang pindah": f"{count} ({in_words.number_in_words(count)}) orang",
    }
    return {
        "number": facts.number,
        "applicant": sources.name_of(applicant),
        "valid_until": in_words.long_date(facts.valid_until),
        "origin": sources.lines(_origin(home, words)),
        "destination": sources.lines(_destination(facts.target)),
        "facts": sources.lines(told),
        "people": [_mover(row, codes) for row in movers],
    }


def _origin(home: Family, words: Mapping[str, str]) -> dict[str, str]:
    return {
        "Nomor KK": home.family_card_no,
        "Kepala keluarga": sources.head_name(home),
        "Alamat": words["address"],
        "RT/RW": words["rt_rw"],
        "Desa/kelurahan": words["village"],
        "Kecamatan": words["kecamatan"],
        "Kabupaten/kota": words["regency"],
        "Provinsi": words["province"],
    }


def _destination(target: MoveTarget) -> dict[str, str]:
    return {
        "Alamat": target.address.upper(),
        "RT/RW": f"{target.rt}/{target.rw}",
        "Desa/kelurahan": target.village.upper(),
        "Kecamatan": target.kecamatan.upper(),
        "Kabupaten/kota": target.regency.upper(),
        "Provinsi": target.province.upper(),
        "Kode pos": target.postal_code or NOTHING,
    }


def _class(here: Mapping[str, str], target: MoveTarget) -> str:
    """Class 4 or 5: within the regency nobody needs a letter."""
    is_same_province = target.province.upper() == here["province"]
    return "Antarkabupaten/kota dalam satu provinsi" if is_same_province else "Antarprovinsi"


def _kind(home: Family, movers: Sequence[Resident]) -> str:
    going = {row.id for row in movers}
    staying = home.members.exclude(id__in=going).exists()
    if not any(row.family_id == home.id and row.relation == Relation.HEAD for row in movers):
        return "Anggota keluarga"
    if staying:
        return "Kepala keluarga dan sebagian anggota keluarga" if len(movers) > 1 else "Kepala keluarga"
    return "Kepala keluarga dan seluruh anggota keluarga" if len(movers) > 1 else "Kepala keluarga"


def _mover(row: Resident, codes: CodeTable) -> Json:
    return {
        "nik": row.nik or AWAITED,
        "name": sources.name_of(row),
        "relation": sources.label(codes, ListName.RELATION, row.relation),
        "birth_date": PartialDate.parse(row.born_on).printed,
    }
