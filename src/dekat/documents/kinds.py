"""The closed lists of documents: what they are, where they stand, why one is withdrawn."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    """A document that the centre signs and registers."""

    FAMILY_CARD = "FAMILY_CARD", "Kartu Keluarga"
    CARD_BATCH = "CARD_BATCH", "Berita acara kiriman KTP-el"
    HANDOVER_RECORD = "HANDOVER_RECORD", "Berita acara serah terima"
    EVIDENCE_PACK = "EVIDENCE_PACK", "Berkas bukti perangkat"
    HEARING_PACK = "HEARING_PACK", "Berkas rapat dengar pendapat"


class SheetKind(TextChoices):
    """A sheet of paper that is printed and forgotten: neither signed nor registered."""

    RECEIPT = "RECEIPT", "Tanda terima"
    CARD_LABEL = "CARD_LABEL", "Label kiriman KTP-el"
    ID_CARD = "ID_CARD", "Muka KTP-el"
    HANDOVER_COPY = "HANDOVER_COPY", "Salinan berita acara serah terima"
    EQUIPMENT_LABELS = "EQUIPMENT_LABELS", "Label barang"
    REPORT = "REPORT", "Laporan angka"
    ASSET_BOOK = "ASSET_BOOK", "Buku barang (KIB B, KIR)"


class DocumentStatus(TextChoices):
    """Where a document stands. A row exists only when its signed file lies safe on the disk."""

    ACTIVE = "ACTIVE", "Berlaku"
    SUPERSEDED = "SUPERSEDED", "Sudah diganti"
    REVOKED = "REVOKED", "Dicabut"


class RevocationReason(TextChoices):
    """Why a document is withdrawn without a newer one."""

    WRONG_CONTENT = "WRONG_CONTENT", "Isinya keliru"
    OBTAINED_BY_FRAUD = "OBTAINED_BY_FRAUD", "Diperoleh dengan keterangan palsu"
    COURT_ORDER = "COURT_ORDER", "Putusan pengadilan"
    OWNER_GONE = "OWNER_GONE", "Pemiliknya meninggal atau pindah"


# What residents collect at a station; records of the office stay at the centre.
PRINTED_AT_STATIONS = frozenset({DocumentKind.FAMILY_CARD.value})
