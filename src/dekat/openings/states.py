"""The closed lists of openings: why somebody looks, and whether they were let."""

from django.db.models import TextChoices


class Purpose(TextChoices):
    """Why an officer opens a resident's data; never renamed, only added."""

    COUNTER = "COUNTER", "Warga sendiri meminta, di loket"
    APPLICATION = "APPLICATION", "Memeriksa permohonan"
    CORRECTION = "CORRECTION", "Membetulkan data atau data ganda"
    COMPLAINT = "COMPLAINT", "Menjawab pengaduan"
    DOCUMENT_CHECK = "DOCUMENT_CHECK", "Memastikan dokumen asli"
    AUTHORITY = "AUTHORITY", "Permintaan resmi pengadilan atau kepolisian"
    AUDIT = "AUDIT", "Pemeriksaan internal"
    RECORDING = "RECORDING", "Perekaman KTP-el"
    OUT_OF_DOMICILE = "OUT_OF_DOMICILE", "Perekaman luar domisili, dengan KK di tangan"
    PRINTING = "PRINTING", "Mencetak dokumen"
    HANDOVER = "HANDOVER", "Menyerahkan dokumen"
    OTHER = "OTHER", "Lainnya"


class Outcome(TextChoices):
    """Whether the data were shown."""

    GRANTED = "GRANTED", "Dibuka"
    REFUSED = "REFUSED", "Ditolak"


# What a person chooses from; the other purposes follow from the task in hand.
ASKED = (
    Purpose.COUNTER,
    Purpose.APPLICATION,
    Purpose.CORRECTION,
    Purpose.COMPLAINT,
    Purpose.DOCUMENT_CHECK,
    Purpose.AUTHORITY,
    Purpose.AUDIT,
    Purpose.OTHER,
)
