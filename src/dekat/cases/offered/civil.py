"""Civil records: birth, death, and what a marriage or a divorce changes. Law: uu-24-2013, perpres-96-2018"""

from dekat.cases.offered.entry import Group, Service, ServiceCode, Start
from dekat.cases.questions import ONE_WORD, Kind, Question, only_if

_SEX = (("MALE", "Laki-laki"), ("FEMALE", "Perempuan"))
_ELSEWHERE = "Hanya bila terdaftar di luar kabupaten ini. Tidak perlu fotokopi KTP."


def _person(
    key: str, who: str, condition: tuple[str, frozenset[str]] | None = None, help: str = ""
) -> tuple[Question, Question]:
    """Somebody by NIK; whoever is registered elsewhere also by name, which nobody here could look up."""
    return (
        Question(key, Kind.NIK, f"NIK {who}", help=help, only_if=condition),
        Question(f"{key}_name", Kind.TEXT, f"Nama {who}", help=_ELSEWHERE, is_required=False, only_if=condition),
    )


_WITNESSES = (*_person("witness_1", "saksi pertama"), *_person("witness_2", "saksi kedua"))
_SPOUSES = (*_person("husband", "suami"), *_person("wife", "istri"))
_MARRIED = only_if("marriage_proof", "BOOK", "SPTJM")
_PROOFS = (("BOOK", "Buku nikah atau akta perkawinan"), ("SPTJM", "SPTJM sebagai pasangan suami istri"))
_ON_CARD, _NEW = only_if("is_on_card", "true"), only_if("is_on_card", "false")

OFFERED = (
    Service(
        code=ServiceCode.BIRTH,
        group=Group.CIVIL,
        about="Bayi atau anak yang belum punya akta. Satu permohonan untuk akta, KK, dan KIA. Lewat 60 hari pun bisa.",
        starts=(
            Start(
                "birth", "Akta kelahiran bayi atau anak baru di KK",
                "Satu permohonan untuk akta, KK, dan KIA. Lewat 60 hari pun bisa, tanpa pengadilan.",
                {"is_on_card": False},
            ),
            Start(
                "birth-on-card", "Akta kelahiran anak yang sudah ada di KK",
                "Anak sudah punya NIK dan tercantum di KK, hanya belum punya akta.", {"is_on_card": True},
                yields=("Akta kelahiran", "Kartu Identitas Anak bila umurnya di bawah 5 tahun"),
            ),
        ),
        yields=("Akta kelahiran", "Kartu Keluarga baru dengan nama anak", "Kartu Identitas Anak"),
        forms=("F-2.01", "F-1.02"),
        requirements=(
            "Surat keterangan lahir dari rumah sakit, bidan, atau desa; bila tidak ada, SPTJM kelahiran",
            "Buku nikah atau akta perkawinan orang tua; bila tidak ada, SPTJM sebagai suami istri",
        ),
        questions=(
            Question("is_on_card", Kind.YES, "Anak sudah ada di KK, hanya belum punya akta"),
            Question("child", Kind.MEMBER, "NIK anak", help="Pada KK di atas.", only_if=_ON_CARD),
            Question(
                "name", Kind.NEW_NAME, "Nama lengkap anak", help="Paling sedikit dua kata, tanpa gelar.", only_if=_NEW,
            ),
            Question(
                "one_word", Kind.STATEMENT, "Nama anak memang hanya satu kata",
                help="Dianjurkan dua kata: paspor dan ijazah sering memintanya. Centang hanya bila tetap satu kata.",
                only_if=only_if("name", ONE_WORD),
            ),
            Question("sex", Kind.CHOICE, "Jenis kelamin", options=_SEX, only_if=_NEW),
            Question("born_on", Kind.DAY, "Tanggal lahir", only_if=_NEW),
            Question("born_at", Kind.TIME, "Jam lahir", is_required=False, only_if=_NEW),
            Question("birth_place", Kind.TEXT, "Tempat lahir", help="Kabupaten atau kota.", only_if=_NEW),
            Question("child_order", Kind.COUNT, "Anak ke-"),
            *_person("mother", "ibu", _NEW),
            Question(
                "birth_proof", Kind.CHOICE, "Bukti kelahiran",
                options=(("LETTER", "Surat keterangan lahir"), ("SPTJM", "SPTJM kebenaran data kelahiran")),
            ),
            Question(
                "marriage_proof", Kind.CHOICE, "Bukti perkawinan orang tua",
                options=(*_PROOFS, ("NONE", "Tidak ada: akta sebagai anak seorang ibu")), only_if=_NEW,
            ),
            *_person("father", "ayah", _MARRIED, "Kosongkan hanya bila tidak ada bukti perkawinan."),
            Question(
                "parents_proof", Kind.CHOICE, "Bukti perkawinan orang tua pada KK", options=_PROOFS, is_required=False,
                help="Kosongkan bila KK tidak menyebut ayah anak ini.", only_if=_ON_CARD,
            ),
            *_WITNESSES,
        ),
    ),
    Service(
        code=ServiceCode.DEATH,
        group=Group.CIVIL,
        about="Melaporkan orang yang meninggal. Pasangannya menjadi cerai mati, KK diperbarui.",
        yields=("Akta kematian", "Kartu Keluarga baru tanpa almarhum"),
        forms=("F-2.01", "F-1.02"),
        requirements=("Surat kematian dari dokter, rumah sakit, atau kepala desa",),
        questions=(
            Question("person", Kind.NIK, "NIK yang meninggal", help="Boleh dari KK lain."),
            Question("died_on", Kind.DAY, "Tanggal meninggal"),
            Question("died_at", Kind.TIME, "Jam meninggal", is_required=False),
            Question("death_place", Kind.TEXT, "Tempat meninggal", help="Kabupaten atau kota."),
            Question(
                "cause", Kind.CHOICE, "Sebab",
                options=(
                    ("ILLNESS", "Sakit biasa atau tua"), ("EPIDEMIC", "Wabah penyakit"), ("ACCIDENT", "Kecelakaan"),
                    ("CRIME", "Kriminalitas"), ("SUICIDE", "Bunuh diri"), ("OTHER", "Lainnya"),
                ),
            ),
            Question(
                "declared_by", Kind.CHOICE, "Yang menerangkan",
                options=(("DOCTOR", "Dokter atau tenaga kesehatan"), ("VILLAGE", "Kepala desa"),
                         ("POLICE", "Kepolisian"), ("COURT", "Pengadilan")),
            ),
            Question("spouse", Kind.NIK, "NIK pasangan", is_required=False,
                     help="Hanya bila pasangannya ada pada KK lain."),
            Question("spouse_name", Kind.TEXT, "Nama pasangan", help=_ELSEWHERE, is_required=False),
            *_WITNESSES,
        ),
    ),
    Service(
        code=ServiceCode.MARRIAGE,
        group=Group.CIVIL,
        about="Perkawinan yang sudah terjadi dicatat pada KK dan KTP-el.",
        yields=("Kartu Keluarga baru dengan status kawin",),
        forms=("F-1.02", "F-1.06"),
        requirements=("Buku nikah atau akta perkawinan; bila belum tercatat, SPTJM F-1.05",),
        questions=(
            *_SPOUSES,
            Question("married_on", Kind.DAY, "Tanggal perkawinan"),
            Question("proof", Kind.CHOICE, "Bukti",
                     options=(("BOOK", "Buku nikah atau akta perkawinan"), ("SPTJM", "SPTJM F-1.05"))),
            Question("certificate_no", Kind.TEXT, "Nomor buku nikah atau akta", only_if=only_if("proof", "BOOK")),
            Question("court_order", Kind.TEXT, "Nomor izin pengadilan", is_required=False,
                     help="Hanya bila suami masih beristri."),
        ),
    ),
    Service(
        code=ServiceCode.DIVORCE,
        group=Group.CIVIL,
        about="Perceraian yang sudah diputus dicatat pada KK dan KTP-el.",
        yields=("Kartu Keluarga baru dengan status cerai hidup",),
        forms=("F-1.02", "F-1.06"),
        requirements=("Akta cerai atau putusan pengadilan; bila belum tercatat, SPTJM F-1.05",),
        questions=(
            *_SPOUSES,
            Question("divorced_on", Kind.DAY, "Tanggal perceraian"),
            Question("proof", Kind.CHOICE, "Bukti",
                     options=(("DEED", "Akta cerai atau putusan pengadilan"), ("SPTJM", "SPTJM F-1.05"))),
            Question("certificate_no", Kind.TEXT, "Nomor akta cerai", only_if=only_if("proof", "DEED")),
        ),
    ),
)  # fmt: skip
