"""What the printer's condition means, and what the person beside it does now."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dekat.printing.states import Condition


@dataclass(frozen=True)
class ConditionWords:
    """One condition: a tone, what is, and what to do."""

    tone: str
    text: str | Promise
    do_now: str | Promise


CONDITIONS = {
    Condition.READY: ConditionWords("ok", _("Siap"), _("Tidak ada yang perlu dilakukan.")),
    Condition.BUSY: ConditionWords("ok", _("Sedang mencetak"), _("Tunggu sampai lembarnya keluar.")),
    Condition.PAPER_OUT: ConditionWords(
        "warn", _("Kertas habis"), _("Isi kertas HVS A4 80 g. Pekerjaan lanjut sendiri.")
    ),
    Condition.PAPER_JAM: ConditionWords(
        "bad",
        _("Kertas macet"),
        _("Buka penutup, tarik kertas pelan-pelan ke arah keluar, lalu tutup lagi. Robek kertas yang kusut."),
    ),
    Condition.DOOR_OPEN: ConditionWords(
        "warn", _("Penutup terbuka"), _("Tutup semua penutup printer sampai berbunyi. Pekerjaan lanjut sendiri.")
    ),
    Condition.INK_OUT: ConditionWords(
        "warn", _("Tinta atau toner habis"), _("Ganti tinta atau toner, lalu tekan Lanjut.")
    ),
    Condition.STOPPED: ConditionWords(
        "warn", _("Printer berhenti"), _("Tekan tombol Lanjut pada printer. Pekerjaan lanjut sendiri.")
    ),
    Condition.UNREACHABLE: ConditionWords(
        "bad", _("Printer tidak terhubung"), _("Nyalakan printer dan periksa kabelnya. Cetakan tetap menunggu di sini.")
    ),
    Condition.MISSING: ConditionWords(
        "bad", _("Printer belum dipasang"), _("Minta Dispendukcapil memasang alamat printer kecamatan ini.")
    ),
}
