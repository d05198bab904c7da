"""Papers that change nothing: the biodata, and letters about what the register says. Law: permendagri-109-2019"""

from dekat.cases.offered.entry import Group, Service, ServiceCode
from dekat.cases.questions import Kind, Question, only_if

STATEMENTS = (
    ("RESIDENCE", "Terdaftar sebagai penduduk"),
    ("RECORDED", "Sudah merekam KTP-el"),
    ("UNMARRIED", "Belum menikah menurut data"),
    ("SAME_PERSON", "Dua penulisan nama orang yang sama"),
)

OFFERED = (
    Service(
        code=ServiceCode.BIODATA,
        group=Group.OTHER,
        about="Salinan semua data Anda yang dipegang kantor.",
        yields=("Biodata penduduk",),
        forms=("F-1.01",),
        requirements=(),
        questions=(Question("person", Kind.MEMBER, "NIK orang yang datanya diminta"),),
    ),
    Service(
        code=ServiceCode.STATEMENT,
        group=Group.OTHER,
        about="Surat yang menerangkan apa yang tertulis tentang Anda, misalnya sudah merekam KTP-el.",
        yields=("Surat keterangan",),
        forms=("F-1.02",),
        requirements=("Surat yang memuat penulisan nama lain, bila itu yang diterangkan",),
        questions=(
            Question("person", Kind.MEMBER, "NIK orang yang diterangkan"),
            Question(
                "about", Kind.CHOICE, "Yang diterangkan",
                options=STATEMENTS,
            ),
            Question(
                "other_name", Kind.TEXT, "Nama yang tertulis lain", help="Persis seperti pada surat itu.",
                only_if=only_if("about", "SAME_PERSON"),
            ),
            Question(
                "other_paper", Kind.TEXT, "Surat yang memuat nama itu", help="Misalnya: ijazah SD nomor 12/2001.",
                only_if=only_if("about", "SAME_PERSON"),
            ),
            Question("purpose", Kind.TEXT, "Untuk keperluan"),
        ),
    ),
)  # fmt: skip
