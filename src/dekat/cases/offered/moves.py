"""Moves: within the regency, out of it with a letter (SKPWNI), and into it. Law: perpres-96-2018, art. 25"""

from dekat.cases.offered.entry import Group, Service, ServiceCode
from dekat.cases.offered.family_cards import ADDRESS
from dekat.cases.questions import Kind, Question, only_if

_WHO = Question(
    "members", Kind.MEMBERS, "NIK yang pindah", help="Anak di bawah 17 tahun tidak boleh tinggal tanpa orang dewasa."
)
_WHY = Question(
    "why", Kind.CHOICE, "Alasan pindah",
    options=(("WORK", "Pekerjaan"), ("SCHOOL", "Pendidikan"), ("SAFETY", "Keamanan"), ("HEALTH", "Kesehatan"),
             ("HOUSING", "Perumahan"), ("FAMILY", "Keluarga"), ("OTHER", "Lainnya")),
)  # fmt: skip
_FAMILY = Question(
    "family", Kind.CHOICE, "KK di tempat baru",
    options=(("SAME", "Seluruh keluarga pindah, KK tetap"), ("NEW", "Membuat KK baru"), ("JOIN", "Menumpang pada KK")),
)  # fmt: skip
_HOST = Question("family_card_no", Kind.FAMILY_CARD, "Nomor KK yang ditumpangi", only_if=only_if("family", "JOIN"))

OFFERED = (
    Service(
        code=ServiceCode.MOVE_WITHIN,
        group=Group.MOVE,
        about="Pindah alamat di dalam kabupaten. Tanpa surat pindah; langsung KK baru.",
        yields=("Kartu Keluarga baru dengan alamat baru",),
        forms=("F-1.03",),
        requirements=(),
        questions=(
            _WHO, _WHY, _FAMILY, _HOST,
            *(
                Question(one.key, one.kind, one.label, help=one.help, only_if=only_if("family", "SAME", "NEW"))
                for one in ADDRESS
            ),
            Question("head", Kind.MEMBER, "NIK kepala keluarga yang baru", only_if=only_if("family", "NEW")),
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
        ),
    ),
    Service(
        code=ServiceCode.MOVE_IN,
        group=Group.MOVE,
        about="Datang dari kabupaten atau kota lain dengan surat pindah.",
        yields=("Kartu Keluarga dengan alamat baru",),
        forms=("F-1.03", "F-1.01"),
        requirements=("Surat keterangan pindah (SKPWNI) dari daerah asal",),
        questions=(
            Question("letter_no", Kind.TEXT, "Nomor SKPWNI"),
            Question("letter_on", Kind.DAY, "Tanggal SKPWNI"),
            Question("from_regency", Kind.TEXT, "Kabupaten atau kota asal"),
            Question("members", Kind.MEMBERS, "NIK yang datang", help="Seperti pada surat pindah."),
            Question(
                "family", Kind.CHOICE, "KK di tempat baru",
                options=(("NEW", "Membuat KK baru"), ("JOIN", "Menumpang pada KK")),
            ),
            _HOST,
            Question("head", Kind.NIK, "NIK kepala keluarga", only_if=only_if("family", "NEW")),
            *(
                Question(one.key, one.kind, one.label, help=one.help, only_if=only_if("family", "NEW"))
                for one in ADDRESS
            ),
        ),
    ),
)  # fmt: skip
