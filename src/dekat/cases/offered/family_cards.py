"""Kartu Keluarga: new, changed, parted, joined, another head, lost. Law: perpres-96-2018, permendagri-109-2019"""

from dataclasses import replace

from dekat.cases.offered.elements import CHANGES
from dekat.cases.offered.entry import Group, Service, ServiceCode
from dekat.cases.questions import Kind, Question, only_if
from dekat.registry.states import ListName

ADDRESS = (
    Question("village", Kind.VILLAGE, "Desa atau kelurahan"),
    Question("address", Kind.TEXT, "Alamat", help="Nama jalan atau dusun dan nomor rumah", longest=160),
    Question("rt", Kind.TEXT, "RT", longest=3),
    Question("rw", Kind.TEXT, "RW", longest=3),
)

OFFERED = (
    Service(
        code=ServiceCode.KK_CHANGE,
        group=Group.FAMILY,
        about="Data satu anggota keluarga berubah, misalnya pekerjaan, pendidikan, atau salah tulis nama.",
        yields=("Kartu Keluarga baru dengan nomor yang sama",),
        forms=("F-1.02", "F-1.06"),
        requirements=("Surat bukti perubahan, misalnya ijazah atau surat keterangan kerja",),
        questions=(
            Question(
                "element", Kind.CHOICE, "Apa yang berubah?",
                options=tuple((element.value, str(element.label)) for element in CHANGES),
            ),
            Question("new_value", Kind.TEXT, "Isi yang baru"),
        ),
    ),
    Service(
        code=ServiceCode.KK_REPLACE,
        group=Group.FAMILY,
        about="KK hilang atau rusak. Isinya tidak berubah.",
        yields=("Kartu Keluarga baru dengan isi yang sama",),
        forms=("F-1.02",),
        requirements=("Surat kehilangan dari kepolisian, atau KK yang rusak",),
    ),
    Service(
        code=ServiceCode.KK_NEW,
        group=Group.FAMILY,
        about="Suami istri atau orang yang mulai berumah tangga sendiri, keluar dari KK yang lama.",
        yields=("Kartu Keluarga baru dengan nomor baru", "Kartu Keluarga baru bagi keluarga yang ditinggalkan"),
        forms=("F-1.02",),
        requirements=("Buku nikah atau akta perkawinan bila baru menikah",),
        questions=(
            Question("head", Kind.NIK, "NIK kepala keluarga yang baru"),
            Question(
                "members", Kind.MEMBERS, "NIK anggota lain yang ikut", is_required=False,
                help="Boleh dari KK lain, misalnya istri dari KK orang tuanya.",
            ),
            Question("is_elsewhere", Kind.YES, "Alamat rumah berbeda dengan KK yang sekarang"),
            *(replace(one, only_if=only_if("is_elsewhere", "true")) for one in ADDRESS),
        ),
    ),
    Service(
        code=ServiceCode.KK_SPLIT,
        group=Group.FAMILY,
        about="Sebagian anggota membuat KK sendiri di alamat yang sama.",
        yields=("Kartu Keluarga baru dengan nomor baru", "Kartu Keluarga baru bagi keluarga yang ditinggalkan"),
        forms=("F-1.02",),
        requirements=(),
        questions=(
            Question(
                "head", Kind.MEMBER, "NIK kepala keluarga yang baru", help="Paling muda 17 tahun, atau sudah kawin."
            ),
            Question("members", Kind.MEMBERS, "NIK anggota lain yang ikut", is_required=False),
        ),
    ),
    Service(
        code=ServiceCode.KK_JOIN,
        group=Group.FAMILY,
        about="Seseorang masuk ke KK keluarga lain di kabupaten ini.",
        yields=("Kartu Keluarga baru bagi kedua keluarga",),
        forms=("F-1.02",),
        requirements=("Pernyataan setuju dari kepala keluarga yang ditumpangi",),
        questions=(
            Question("members", Kind.MEMBERS, "NIK orang yang masuk"),
            Question("host_card_no", Kind.FAMILY_CARD, "Nomor KK yang ditumpangi"),
        ),
    ),
    Service(
        code=ServiceCode.KK_HEAD,
        group=Group.FAMILY,
        about="Anggota lain menjadi kepala keluarga. Hanya ini yang membuat nomor KK berganti.",
        yields=("Kartu Keluarga baru dengan nomor baru",),
        forms=("F-1.02",),
        requirements=("Akta kematian bila kepala keluarga meninggal di luar kabupaten",),
        questions=(
            Question(
                "head", Kind.MEMBER, "NIK kepala keluarga yang baru", help="Paling muda 17 tahun, atau sudah kawin."
            ),
            Question("why", Kind.TEXT, "Mengapa berganti?"),
        ),
    ),
)  # fmt: skip


def relations_question(key: str, label: str, people: tuple[tuple[str, str], ...], help: str = "") -> Question:
    """What each of these people (id, name) is to the head; the office answers it at the review."""
    return Question(key, Kind.RELATIONS, label, help=help, values=ListName.RELATION, options=people)
