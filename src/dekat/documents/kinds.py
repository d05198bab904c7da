"""The closed lists of documents: what they are, where they stand, why one is withdrawn."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    """A document that the centre signs and registers."""

    FAMILY_CARD = "FAMILY_CARD", "Kartu Keluarga"
    BIRTH_CERTIFICATE = "BIRTH_CERTIFICATE", "Kutipan Akta Kelahiran"
    DEATH_CERTIFICATE = "DEATH_CERTIFICATE", "Kutipan Akta Kematian"
    CHILD_CARD = "CHILD_CARD", "Kartu Identitas Anak"
    BIODATA = "BIODATA", "Biodata Penduduk"
    MOVE_LETTER = "MOVE_LETTER", "Surat Keterangan Pindah"
    STATEMENT = "STATEMENT", "Surat keterangan"
    CARD_BATCH = "CARD_BATCH", "Berita acara kiriman KTP-el"
    HANDOVER_RECORD = "HANDOVER_RECORD", "Berita acara serah terima"
    EVIDENCE_PACK = "EVIDENCE_PACK", "Berkas bukti perangkat"
    HEARING_PACK = "HEARING_PACK", "Berkas rapat dengar pendapat"


class SheetKind(TextChoices):
    """A sheet of paper that is printed and forgotten: neither signed nor registered."""

    FORM = "FORM", "Formulir"
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


class Stock(TextChoices):
    """What a paper is printed on. Law: permendagri-109-2019, art. 12 and 21 (KTP-el and KIA keep their cards)."""

    A4 = "A4", "HVS A4 80 gram"
    A6 = "A6", "Kertas A6"
    CARD = "CARD", "Kartu ID-1"
