"""The closed lists of alerts. Values are stored, never renamed, only added."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What an alert tells."""

    TURN = "TURN", "Giliran baru"
    NEAR = "NEAR", "Tenggat dekat"
    MISSED = "MISSED", "Tenggat pihak lain lewat"
    LOST = "LOST", "Tenggat Anda lewat"
    ASKED = "ASKED", "Pertanyaan"
    ANSWERED = "ANSWERED", "Jawaban"
    INSTRUCTION = "INSTRUCTION", "Petunjuk terbit"
    BLANKS = "BLANKS", "Blangko hampir habis"
    SUPPLIES = "SUPPLIES", "Bahan habis"
    HANDOVER = "HANDOVER", "Serah terima terbuka"
    SILENT = "SILENT", "Stasiun tidak terdengar"


class Channel(TextChoices):
    """How somebody is told."""

    EMAIL = "EMAIL", "E-mail"
    WHATSAPP = "WHATSAPP", "WhatsApp"
    SMS = "SMS", "SMS"


class DispatchState(TextChoices):
    """Where a text stands."""

    WAITING = "WAITING", "Menunggu dikirim"
    SENT = "SENT", "Terkirim"
    DEAD = "DEAD", "Tidak terkirim"


# News asks nothing of its reader: it waits for the morning's digest, and may be switched off. Duties never.
NEWS = frozenset({Kind.ANSWERED})
