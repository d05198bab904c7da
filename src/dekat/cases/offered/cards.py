"""KTP-el and KIA. The first KTP-el needs no application: it begins with the recording. Law: perpres-96-2018"""

from dekat.cases.offered.entry import Group, Service, ServiceCode
from dekat.cases.questions import Kind, Question

_LOST_OR_DAMAGED = (("LOST", "Hilang"), ("DAMAGED", "Rusak"))

OFFERED = (
    Service(
        code=ServiceCode.KTP_REPLACE,
        group=Group.CARD,
        is_made_at_office=True,
        about="KTP-el hilang atau rusak. Tidak perlu rekam ulang bila perekamannya dulu di kabupaten ini.",
        yields=("KTP-el baru",),
        forms=("F-1.02",),
        requirements=("Surat kehilangan dari kepolisian, atau KTP-el yang rusak",),
        questions=(Question("reason", Kind.CHOICE, "Apa yang terjadi?", options=_LOST_OR_DAMAGED),),
    ),
    Service(
        code=ServiceCode.KTP_CHANGE,
        group=Group.CARD,
        is_made_at_office=True,
        about="Data pada KTP-el berbeda dengan KK yang sekarang, misalnya setelah menikah atau pindah.",
        yields=("KTP-el baru dengan data sekarang",),
        forms=("F-1.02", "F-1.06"),
        requirements=("KTP-el yang lama",),
    ),
    Service(
        code=ServiceCode.KIA,
        group=Group.CARD,
        is_made_at_office=True,
        about="Untuk anak di bawah 17 tahun yang belum menikah dan sudah punya akta kelahiran.",
        yields=("Kartu Identitas Anak",),
        forms=("F-1.02",),
        requirements=(
            "Pas foto anak bila sudah 5 tahun: wajah dan bahu, latar merah bila tahun lahirnya ganjil, biru bila genap",
        ),
        questions=(
            Question("child", Kind.MEMBER, "NIK anak"),
            Question(
                "reason", Kind.CHOICE, "Permohonan", options=(("FIRST", "Baru"), *_LOST_OR_DAMAGED, ("RENEW", "Habis")),
            ),
        ),
    ),
)  # fmt: skip
