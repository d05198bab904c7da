"""What differs between two versions of a family's card."""

from collections.abc import Mapping
from dataclasses import dataclass

from dekat.kernel.canonical import Json

LABELS = {
    "family_card_no": "Nomor KK", "head_name": "Kepala keluarga", "address": "Alamat", "rt": "RT", "rw": "RW",
    "postal_code": "Kode pos", "village": "Desa/Kelurahan", "kecamatan": "Kecamatan", "regency": "Kabupaten",
    "province": "Provinsi", "name": "Nama", "nik": "NIK", "sex": "Jenis kelamin", "birth_place": "Tempat lahir",
    "birth_date": "Tanggal lahir", "religion": "Agama", "education": "Pendidikan", "occupation": "Pekerjaan",
    "blood_type": "Golongan darah", "marital_status": "Status perkawinan", "marriage_date": "Tanggal perkawinan",
    "relation_to_head": "Hubungan dalam keluarga", "nationality": "Kewarganegaraan", "passport_no": "Nomor paspor",
    "kitap_no": "Nomor KITAP", "father": "Ayah", "mother": "Ibu",
}  # fmt: skip
_AWAITED = "MENUNGGU NIK"
MEMBER = "Anggota"


@dataclass(frozen=True, repr=False)
class Difference:
    """One line of the card before and after; `whose` is a member's name, empty for the family's own lines."""

    whose: str
    label: str
    before: str
    after: str


def differences(before: Mapping[str, Json], after: Mapping[str, Json]) -> list[Difference]:
    """What a later version of a card says otherwise, the family's own lines first.

    Facts: members are the same person by their NIK, those who wait for one by name and day of birth.
    """
    keys = [key for key in LABELS if key in before or key in after]
    lines = [_line("", key, before, after) for key in keys if before.get(key) != after.get(key)]
    was, now = _members(before), _members(after)
    for key, member in was.items():
        if key not in now:
            lines.append(Difference(_name(member), MEMBER, _name(member), ""))
    for key, member in now.items():
        old = was.get(key)
        if old is None:
            lines.append(Difference(_name(member), MEMBER, "", _name(member)))
        else:
            lines += [_line(_name(member), one, old, member) for one in LABELS if old.get(one) != member.get(one)]
    return lines


def _line(whose: str, key: str, before: Mapping[str, Json], after: Mapping[str, Json]) -> Difference:
    return Difference(whose, LABELS[key], str(before.get(key, "")), str(after.get(key, "")))


def _members(content: Mapping[str, Json]) -> dict[str, Mapping[str, Json]]:
    members = content.get("members")
    found: dict[str, Mapping[str, Json]] = {}
    for member in members if isinstance(members, list) else []:
        if isinstance(member, Mapping):
            found[_key(member)] = member
    return found


def _key(member: Mapping[str, Json]) -> str:
    nik = str(member["nik"])
    return nik if nik != _AWAITED else f"{member['name']}/{member['birth_date']}"


def _name(member: Mapping[str, Json]) -> str:
    return str(member["name"])
