"""Moves: within the regency, out of it with a letter (SKPWNI), and into it. Law: perpres-96-2018, art. 25"""

from dataclasses import replace

from dekat.cases.offered.entry import Group, Service, ServiceCode
from dekat.cases.offered.family_cards import ADDRESS
from dekat.cases.questions import Kind, Question, only_if
from dekat.registry.states import ListName

_CHILDREN = "Anak di bawah 17 tahun tidak boleh tinggal tanpa orang dewasa."
_WHO = Question("members", Kind.MEMBERS, "NIK yang pindah", help=_CHILDREN)
REASONS = (
    ("WORK", "Pekerjaan"), ("SCHOOL", "Pendidikan"), ("SAFETY", "Keamanan"), ("HEALTH", "Kesehatan"),
    ("HOUSING", "Perumahan"), ("FAMILY", "Keluarga"), ("OTHER", "Lainnya"),
)  # fmt: skip
_WHY = Question("why", Kind.CHOICE, "Alasan pindah", options=REASONS)
_HOST = Question("host_card_no", Kind.FAMILY_CARD, "Nomor KK yang ditumpangi", only_if=only_if("family", "JOIN"))
_SEX = (("MALE", "Laki-laki"), ("FEMALE", "Perempuan"))


def _optional(key: str, kind: Kind, label: str, *, values: ListName | None = None, longest: int = 40) -> Question:
    return Question(key, kind, label, values=values, longest=longest, is_required=False)


# What F-1.01 asks of each member, in its order.
NEWCOMER = (
    Question("nik", Kind.NIK, "NIK", help="Seperti pada surat pindah."),
    Question("full_name", Kind.TEXT, "Nama lengkap", longest=120,
             help="Persis seperti pada surat pindah, tanpa gelar."),
    _optional("title_before", Kind.TEXT, "Gelar di depan nama"),
    _optional("title_after", Kind.TEXT, "Gelar di belakang nama"),
    Question("relation", Kind.LISTED, "Hubungan dengan kepala keluarga", values=ListName.RELATION),
    Question("sex", Kind.CHOICE, "Jenis kelamin", options=_SEX),
    Question("birth_place", Kind.TEXT, "Tempat lahir", longest=80),
    Question("born_on", Kind.DAY, "Tanggal lahir"),
    _optional("birth_certificate_no", Kind.TEXT, "Nomor akta kelahiran"),
    _optional("blood_type", Kind.LISTED, "Golongan darah", values=ListName.BLOOD_TYPE),
    Question("religion", Kind.LISTED, "Agama", values=ListName.RELIGION),
    Question("marital_status", Kind.LISTED, "Status perkawinan", values=ListName.MARITAL_STATUS),
    _optional("married_on", Kind.DAY, "Tanggal perkawinan"),
    _optional("marriage_certificate_no", Kind.TEXT, "Nomor buku nikah atau akta perkawinan"),
    _optional("divorced_on", Kind.DAY, "Tanggal perceraian"),
    _optional("divorce_certificate_no", Kind.TEXT, "Nomor akta perceraian"),
    _optional("disability", Kind.LISTED, "Disabilitas", values=ListName.DISABILITY),
    Question("education", Kind.LISTED, "Pendidikan terakhir", values=ListName.EDUCATION),
    Question("occupation", Kind.LISTED, "Pekerjaan", values=ListName.OCCUPATION),
    _optional("mother_nik", Kind.NIK, "NIK ibu"),
    Question("mother_name", Kind.TEXT, "Nama ibu", longest=120),
    _optional("father_nik", Kind.NIK, "NIK ayah"),
    _optional("father_name", Kind.TEXT, "Nama ayah", longest=120),
    _optional("passport_no", Kind.TEXT, "Nomor paspor", longest=20),
)  # fmt: skip


def _address(*families: str) -> tuple[Question, ...]:
    return tuple(replace(one, only_if=only_if("family", *families)) for one in ADDRESS)


OFFERED = (
    Service(
        code=ServiceCode.MOVE_WITHIN,
        group=Group.MOVE,
        about="Pindah alamat di dalam kabupaten. Tanpa surat pindah; langsung KK baru.",
        yields=("Kartu Keluarga baru dengan alamat baru",),
        forms=("F-1.03",),
        requirements=(),
        questions=(
            Question(
                "family", Kind.CHOICE, "Siapa yang pindah?",
                options=(
                    ("SAME", "Seluruh keluarga, KK tetap"),
                    ("NEW", "Sebagian, membuat KK baru"),
                    ("JOIN", "Sebagian atau semua, menumpang pada KK yang sudah ada di sana"),
                ),
            ),
            Question(
                "head", Kind.MEMBER, "NIK kepala keluarga yang baru", help="Ia ikut pindah.",
                only_if=only_if("family", "NEW"),
            ),
            replace(
                _WHO, label="NIK anggota yang pindah", help=f"Selain kepala keluarga yang baru. {_CHILDREN}",
                is_required=False, only_if=only_if("family", "NEW", "JOIN"),
            ),
            _HOST, *_address("SAME", "NEW"), _WHY,
        ),
    ),
    Service(
        code=ServiceCode.MOVE_OUT,
        group=Group.MOVE,
        about="Pindah ke kabupaten atau kota lain. KTP-el tetap Anda pegang; ditukar di tempat tujuan.",
        yields=("Surat keterangan pindah (SKPWNI)", "Kartu Keluarga baru bagi yang tinggal"),
        forms=("F-1.03",),
        requirements=(),
        questions=(
            _WHO,
            Question(
                "head", Kind.MEMBER, "NIK kepala keluarga bagi yang tinggal", is_required=False,
                help="Hanya bila kepala keluarga ikut pindah.",
            ),
            _WHY,
            Question("to_province", Kind.TEXT, "Provinsi tujuan"),
            Question("to_regency", Kind.TEXT, "Kabupaten atau kota tujuan"),
            Question("to_kecamatan", Kind.TEXT, "Kecamatan tujuan"),
            Question("to_village", Kind.TEXT, "Desa atau kelurahan tujuan"),
            Question("to_address", Kind.TEXT, "Alamat tujuan"),
            Question("to_rt", Kind.TEXT, "RT tujuan", is_required=False),
            Question("to_rw", Kind.TEXT, "RW tujuan", is_required=False),
            Question("to_postal_code", Kind.TEXT, "Kode pos tujuan", is_required=False),
            Question("leaves_on", Kind.DAY, "Rencana tanggal pindah"),
        ),
    ),
    Service(
        code=ServiceCode.MOVE_IN,
        group=Group.MOVE,
        about="Datang dari kabupaten atau kota lain dengan surat pindah.",
        yields=("Kartu Keluarga di tempat baru",),
        forms=("F-1.03", "F-1.01"),
        requirements=("Surat keterangan pindah (SKPWNI) dari daerah asal",),
        questions=(
            Question("letter_no", Kind.TEXT, "Nomor SKPWNI"),
            Question("letter_on", Kind.DAY, "Tanggal SKPWNI"),
            Question("from_regency", Kind.TEXT, "Kabupaten atau kota asal"),
            Question(
                "members", Kind.MEMBERS, "NIK yang kembali", is_required=False,
                help="Yang dahulu pernah terdaftar di kabupaten ini. Datanya sudah ada, cukup NIK.",
            ),
            Question(
                "people", Kind.PEOPLE, "Yang baru pertama datang", columns=NEWCOMER, is_required=False,
                help="Satu isian untuk tiap orang pada surat pindah yang belum pernah terdaftar di kabupaten ini.",
            ),
            Question(
                "family", Kind.CHOICE, "KK di tempat baru",
                options=(("NEW", "Membuat KK baru"), ("JOIN", "Menumpang pada KK")),
            ),
            _HOST, *_address("NEW"),
        ),
        is_for_newcomers=True,
    ),
)  # fmt: skip
