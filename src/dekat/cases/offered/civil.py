"""Civil records: birth, death, and what a marriage or a divorce changes. Law: uu-24-2013, perpres-96-2018"""

from dekat.cases.offered.entry import Group, Service, ServiceCode
from dekat.cases.questions import Kind, Question, only_if

_SEX = (("MALE", "Laki-laki"), ("FEMALE", "Perempuan"))
_WITNESSES = (
    Question("witness_1", Kind.NIK, "NIK saksi pertama"),
    Question("witness_2", Kind.NIK, "NIK saksi kedua"),
)

OFFERED = (
    Service(
        code=ServiceCode.BIRTH,
        group=Group.CIVIL,
        about="Bayi atau anak yang belum punya akta. Satu permohonan untuk akta, KK, dan KIA. Lewat 60 hari pun bisa.",
        yields=("Akta kelahiran", "Kartu Keluarga baru dengan nama anak", "Kartu Identitas Anak"),
        forms=("F-2.01", "F-1.02"),
        requirements=(
            "Surat keterangan lahir dari rumah sakit, bidan, atau desa; bila tidak ada, SPTJM kelahiran",
            "Buku nikah atau akta perkawinan orang tua; bila tidak ada, SPTJM sebagai suami istri",
        ),
        questions=(
            Question("name", Kind.NEW_NAME, "Nama lengkap anak", help="Paling sedikit dua kata, tanpa gelar."),
            Question("sex", Kind.CHOICE, "Jenis kelamin", options=_SEX),
            Question("born_on", Kind.DAY, "Tanggal lahir"),
            Question("born_at", Kind.TIME, "Jam lahir", is_required=False),
            Question("birth_place", Kind.TEXT, "Tempat lahir", help="Kabupaten atau kota."),
            Question("child_order", Kind.COUNT, "Anak ke-"),
            Question("mother", Kind.NIK, "NIK ibu"),
            Question("father", Kind.NIK, "NIK ayah", is_required=False),
            Question(
                "birth_proof", Kind.CHOICE, "Bukti kelahiran",
                options=(("LETTER", "Surat keterangan lahir"), ("SPTJM", "SPTJM kebenaran data kelahiran")),
            ),
            Question(
                "marriage_proof", Kind.CHOICE, "Bukti perkawinan orang tua",
                options=(
                    ("BOOK", "Buku nikah atau akta perkawinan"),
                    ("SPTJM", "SPTJM sebagai pasangan suami istri"),
                    ("NONE", "Tidak ada"),
                ),
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
            Question("person", Kind.MEMBER, "NIK yang meninggal"),
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
            Question("reporter", Kind.NIK, "NIK pelapor"),
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
            Question("husband", Kind.NIK, "NIK suami"),
            Question("wife", Kind.NIK, "NIK istri"),
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
            Question("husband", Kind.NIK, "NIK suami"),
            Question("wife", Kind.NIK, "NIK istri"),
            Question("divorced_on", Kind.DAY, "Tanggal perceraian"),
            Question("proof", Kind.CHOICE, "Bukti",
                     options=(("DEED", "Akta cerai atau putusan pengadilan"), ("SPTJM", "SPTJM F-1.05"))),
            Question("certificate_no", Kind.TEXT, "Nomor akta cerai", only_if=only_if("proof", "DEED")),
        ),
    ),
)  # fmt: skip
