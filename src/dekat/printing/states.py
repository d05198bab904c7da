"""The closed lists of printing that other layers may name."""

from django.db.models import TextChoices


class PrintState(TextChoices):
    """The life of one sheet."""

    QUEUED = "QUEUED", "Menunggu printer"
    SENDING = "SENDING", "Sedang dikirim ke printer"
    AT_PRINTER = "AT_PRINTER", "Sedang dicetak"
    ASK = "ASK", "Perlu dilihat"
    OUT = "OUT", "Keluar, perlu diperiksa"
    PRINTED = "PRINTED", "Siap diambil"
    COLLECTED = "COLLECTED", "Sudah diambil"
    SPOILED = "SPOILED", "Rusak"
    CANCELLED = "CANCELLED", "Dibatalkan"


class Condition(TextChoices):
    """How the printer is, in the words of the person who stands before it."""

    READY = "READY", "Siap"
    BUSY = "BUSY", "Sedang mencetak"
    PAPER_OUT = "PAPER_OUT", "Kertas habis"
    PAPER_JAM = "PAPER_JAM", "Kertas macet"
    DOOR_OPEN = "DOOR_OPEN", "Penutup terbuka"
    INK_OUT = "INK_OUT", "Tinta atau toner habis"
    STOPPED = "STOPPED", "Printer berhenti"
    UNREACHABLE = "UNREACHABLE", "Printer tidak terhubung"
    MISSING = "MISSING", "Printer belum dipasang"


class SpoilReason(TextChoices):
    """Why a sheet may not be handed over."""

    SMEARED = "SMEARED", "Tinta luntur atau kabur"
    JAMMED = "JAMMED", "Kertas macet atau robek"
    INCOMPLETE = "INCOMPLETE", "Terpotong atau tidak lengkap"
    WRONG_PAPER = "WRONG_PAPER", "Kertasnya salah"
    LOST = "LOST", "Hilang sebelum diambil"
    DOUBLE = "DOUBLE", "Tercetak lebih dari sekali"
    OUTDATED = "OUTDATED", "Dokumennya sudah diganti yang baru"


class Doubt(TextChoices):
    """Why only a person can say how many sheets came out."""

    FORGOTTEN = "FORGOTTEN", "Printer tidak ingat lagi cetakan ini."
    RESTARTED = "RESTARTED", "Printer sempat mati saat cetakan ini dikerjakan."
    CANCELLED = "CANCELLED", "Cetakan ini dibatalkan pada printer."
    ABORTED = "ABORTED", "Printer menghentikan cetakan ini karena gangguan."
    FEWER = "FEWER", "Printer berkata selesai, tetapi lembarnya kurang."
    MORE = "MORE", "Printer mencetak lebih banyak daripada yang diminta."
    LEFT_ALONE = "LEFT_ALONE", "Anda tidak menunggu printer lagi."


class Waiting(TextChoices):
    """Why the printer does not go on with a job that it has."""

    HELD = "HELD", "Ditahan pada printer"
    STOPPED = "STOPPED", "Berhenti di tengah"


class CopyReason(TextChoices):
    """Why a resident who already has the paper gets a further copy here; at home anybody may print it again."""

    LOST = "LOST", "Hilang di tangan warga"
    DAMAGED = "DAMAGED", "Rusak di tangan warga"
    ONE_MORE = "ONE_MORE", "Warga meminta satu lagi"


class Collector(TextChoices):
    """Who took the sheet."""

    SELF = "SELF", "Pemohon sendiri"
    FAMILY = "FAMILY", "Anggota keluarga dalam satu KK"
    PROXY = "PROXY", "Orang lain dengan surat kuasa"
