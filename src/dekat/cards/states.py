"""The closed lists of the card's and the blank's life."""

from django.db.models import TextChoices


class CardState(TextChoices):
    """The life of one card, after the national centre said that it may be printed."""

    WAITING = "WAITING", "Menunggu ulang tahun ke-17"
    READY = "READY", "Siap cetak"
    PRINTED = "PRINTED", "Sudah dicetak"
    BATCHED = "BATCHED", "Dikemas"
    SENT = "SENT", "Dalam perjalanan ke kecamatan"
    ARRIVED = "ARRIVED", "Siap diambil"
    MISSING = "MISSING", "Tidak ada dalam kiriman"
    HANDED_OVER = "HANDED_OVER", "Sudah diterima warga"
    ENDED = "ENDED", "Tidak jadi dicetak"


class BlankFate(TextChoices):
    """What became of a blank."""

    IN_STOCK = "IN_STOCK", "Di gudang"
    PRINTED = "PRINTED", "Menjadi kartu"
    SPOILED = "SPOILED", "Rusak saat cetak"
    RETURNED = "RETURNED", "Dikembalikan ke pusat"
    LOST = "LOST", "Hilang"


class CardFault(TextChoices):
    """Why a printed card is not given out but printed again on another blank."""

    FACE = "FACE", "Muka kartu kabur atau tergores"
    CHIP = "CHIP", "Cip tidak terbaca"
    BROKEN = "BROKEN", "Kartu patah atau bengkok"
    WRONG = "WRONG", "Isi kartu tidak sama dengan data"


class JumpReason(TextChoices):
    """Why a card was printed before others that waited longer; the log holds it."""

    DISASTER = "DISASTER", "Korban bencana"
    HEALTH = "HEALTH", "Sakit, perlu layanan kesehatan"
    TRAVEL = "TRAVEL", "Berangkat dalam tujuh hari"
    ORDER = "ORDER", "Perintah tertulis kepala dinas"
    FACE_AGAIN = "FACE_AGAIN", "Kartu di depannya tertahan (berkas atau printer)"


class OldCard(TextChoices):
    """What became of the former card when a new one was handed over."""

    WITHDRAWN = "WITHDRAWN", "Ditarik, lalu dimusnahkan"
    LOST = "LOST", "Tidak ada, hilang"
    NOT_SAID = "NOT_SAID", "Tidak dicatat"
