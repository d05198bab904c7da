"""Papers that change nothing: the biodata, and letters about what the register says. Law: permendagri-109-2019"""

from dekat.cases.offered.entry import Group, Service, ServiceCode
from dekat.cases.questions import Kind, Question

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
        requirements=(),
        questions=(
            Question("person", Kind.MEMBER, "NIK orang yang diterangkan"),
            Question(
                "about", Kind.CHOICE, "Yang diterangkan",
                options=(
                    ("RESIDENCE", "Terdaftar sebagai penduduk"), ("RECORDED", "Sudah merekam KTP-el"),
                    ("UNMARRIED", "Belum menikah menurut data"), ("SAME_PERSON", "Dua penulisan nama orang yang sama"),
                ),
            ),
            Question("purpose", Kind.TEXT, "Untuk keperluan"),
        ),
    ),
)  # fmt: skip
