"""What the page says for each verdict, and the names of what a paper shows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dekat.documents.kinds import DocumentKind
from dekat.documents.verification import Answer, Verdict
from dekat.kernel.ids import spaced


@dataclass(frozen=True)
class Result:
    """One state of the page. The colour is named in words too: nobody must see it to know it."""

    key: str
    tone: str
    icon: str
    colour: str | Promise
    title: str | Promise
    text: str | Promise


@dataclass(frozen=True)
class PaperWords:
    """How a kind of paper names its number and what it counts."""

    label: str
    number: str
    count: str


RESULTS = {
    Verdict.VALID.value: Result(
        "VALID",
        "valid",
        "circle-check",
        gettext_lazy("Hijau"),
        gettext_lazy("Asli dan berlaku"),
        gettext_lazy(
            "Dokumen ini diterbitkan Dispendukcapil dan masih berlaku. Cocokkan dengan kertasnya di bawah ini."
        ),
    ),
    Verdict.SUPERSEDED.value: Result(
        "SUPERSEDED",
        "outdated",
        "alert-triangle",
        gettext_lazy("Kuning"),
        gettext_lazy("Asli, tetapi sudah diganti"),
        gettext_lazy("Dokumen ini pernah berlaku. Ada dokumen yang lebih baru; minta yang terbaru kepada pemiliknya."),
    ),
    Verdict.REVOKED.value: Result(
        "REVOKED",
        "outdated",
        "alert-triangle",
        gettext_lazy("Kuning"),
        gettext_lazy("Asli, tetapi sudah dicabut"),
        gettext_lazy("Dokumen ini ditarik oleh Dispendukcapil dan tidak berlaku lagi. Jangan dipakai untuk layanan."),
    ),
    Verdict.FALSE.value: Result(
        "FALSE",
        "false",
        "hand-stop",
        gettext_lazy("Merah"),
        gettext_lazy("Bukan dokumen asli"),
        gettext_lazy(
            "Kode atau nomor ini tidak pernah kami terbitkan, atau isinya diubah. Jangan diterima. Minta "
            "pemiliknya datang ke kantor kecamatan; mengurus dokumen tidak dipungut biaya."
        ),
    ),
    "OFFLINE": Result(
        "OFFLINE",
        "unknown",
        "info-circle",
        gettext_lazy("Biru"),
        gettext_lazy("Tanda tangannya asli"),
        gettext_lazy(
            "Kode ini dibuat Dispendukcapil dan tidak diubah. Telepon ini sedang tanpa internet, jadi belum "
            "diketahui apakah dokumen sudah diganti. Pindai lagi bila jaringan kembali."
        ),
    ),
    Verdict.LISTED.value: Result(
        "LISTED",
        "unknown",
        "info-circle",
        gettext_lazy("Biru"),
        gettext_lazy("Asli, belum tercatat diganti"),
        gettext_lazy(
            "Kode ini dibuat Dispendukcapil dan tidak diubah. Dokumennya tidak ada dalam daftar yang diganti atau "
            "dicabut sampai tanggal di bawah. Sambungkan ke internet untuk kepastian hari ini."
        ),
    ),
    Verdict.UNDECIDED.value: Result(
        "UNDECIDED",
        "unknown",
        "info-circle",
        gettext_lazy("Biru"),
        gettext_lazy("Belum dapat diperiksa"),
        gettext_lazy("Tanpa internet yang ini belum dapat diperiksa. Sambungkan ke internet, lalu coba lagi."),
    ),
}

_ITEMS = gettext_lazy("Jumlah yang tercantum")
_NUMBER = gettext_lazy("Empat huruf terakhir nomornya")
_NIK = gettext_lazy("Empat angka terakhir NIK")
_OWN_WORDS = {
    DocumentKind.FAMILY_CARD: (gettext_lazy("Empat angka terakhir nomor KK"), gettext_lazy("Jumlah anggota")),
    DocumentKind.CHILD_CARD: (_NIK, _ITEMS),
    DocumentKind.BIODATA: (_NIK, _ITEMS),
    DocumentKind.MOVE_LETTER: (_NUMBER, gettext_lazy("Jumlah yang pindah")),
}


def paper_words() -> dict[str, PaperWords]:
    """The words of each kind of paper."""
    words = {kind.value: PaperWords(str(kind.label), str(_NUMBER), str(_ITEMS)) for kind in DocumentKind}
    for kind, (number, items) in _OWN_WORDS.items():
        words[kind.value] = PaperWords(str(kind.label), str(number), str(items))
    return words


@dataclass(frozen=True)
class PaperFacts:
    """What the paper in hand must show."""

    kind: str
    serial: str
    number_label: str
    number_tail: str
    initials: str
    count_label: str
    count: int


def facts_of(answer: Answer) -> PaperFacts | None:
    """The lines to compare with the paper; None when nothing is proven."""
    if answer.stamp is None:
        return None
    words = paper_words()[answer.stamp.kind]
    return PaperFacts(
        kind=words.label,
        serial=spaced(answer.stamp.serial),
        number_label=words.number,
        number_tail=answer.stamp.number_tail,
        initials=answer.stamp.initials,
        count_label=words.count,
        count=answer.stamp.count,
    )
