"""The closed lists of a recording. Values are stored, never renamed, only added."""

from django.db.models import TextChoices


class Step(TextChoices):
    """Where a recording stands."""

    BIODATA = "BIODATA", "Data diri"
    PHOTO = "PHOTO", "Foto wajah"
    FINGERS = "FINGERS", "Sidik jari"
    INDEX_RECHECK = "INDEX_RECHECK", "Cek ulang telunjuk"
    IRISES = "IRISES", "Iris mata"
    SIGNATURE = "SIGNATURE", "Tanda tangan"
    SUMMARY = "SUMMARY", "Periksa & setuju"
    SEALED = "SEALED", "Tersegel"
    DISCARDED = "DISCARDED", "Dibatalkan"


class Purpose(TextChoices):
    """Why a thing was captured."""

    MAIN = "MAIN", "Rekaman"
    RECHECK = "RECHECK", "Cek ulang"
    EXCEPTION = "EXCEPTION", "Foto pengecualian"


class Absence(TextChoices):
    """Why there is no capture: never possible, or still owed."""

    NOT_COLLECTABLE = "NOT_COLLECTABLE", "Tidak dapat direkam"
    SKIPPED_PENDING = "SKIPPED_PENDING", "Dilewati, menyusul"


class Reason(TextChoices):
    """What stands in the way of one finger, eye, face or signature."""

    MISSING = "MISSING", "Tidak ada atau diamputasi"
    INJURED = "INJURED", "Luka atau diperban"
    ILLNESS = "ILLNESS", "Sakit atau tidak dapat digerakkan"
    WORN = "WORN", "Garis jari aus"
    BLIND = "BLIND", "Tunanetra"
    CANNOT_WRITE = "CANNOT_WRITE", "Tidak dapat menulis"
    DEVICE_BROKEN = "DEVICE_BROKEN", "Alat rusak"
    LEPROSY = "LEPROSY", "Kusta"
    PARALYSED = "PARALYSED", "Lumpuh, kaku, atau gemetar"
    EYE_CLOSED = "EYE_CLOSED", "Mata tidak dapat dibuka"
    CANNOT_SIT = "CANNOT_SIT", "Tidak dapat duduk tegak"


class Ruling(TextChoices):
    """What another officer decided about a recording as a whole."""

    POSE_FREE = "POSE_FREE", "Foto dari kursi atau tempat tidur"
    NOTHING_RECORDED = "NOTHING_RECORDED", "Tetap diterima tanpa wajah, jari, dan iris"


class Domicile(TextChoices):
    """Whose resident this is: of the kecamatan that records, or of another one (Perpres 96/2018 art. 22)."""

    HERE = "HERE", "Warga kecamatan ini"
    ELSEWHERE = "ELSEWHERE", "Luar domisili"


class Place(TextChoices):
    """Where the resident was recorded."""

    COUNTER = "COUNTER", "Di kantor kecamatan"
    HOME_VISIT = "HOME_VISIT", "Jemput bola"


class Background(TextChoices):
    """The cloth behind the face: red for odd birth years, blue for even, orange for foreigners."""

    RED = "RED", "Merah"
    BLUE = "BLUE", "Biru"
    ORANGE = "ORANGE", "Oranye"


class Status(TextChoices):
    """Where the recording is on its way to the card; the names are the national centre's own (domain 3.4)."""

    BIO_CAPTURED = "BIO_CAPTURED", "Direkam di kecamatan"
    PROCESSING = "PROCESSING", "Diperiksa di kabupaten"
    SENT_FOR_ENROLLMENT = "SENT_FOR_ENROLLMENT", "Dikirim ke pusat"
    RECEIVED_AT_CENTRAL = "RECEIVED_AT_CENTRAL", "Diterima pusat"
    ENROLL_FAILURE_AT_CENTRAL = "ENROLL_FAILURE_AT_CENTRAL", "Tidak terbaca di pusat, rekam ulang"
    ENROLL_FAILURE_AT_REGIONAL = "ENROLL_FAILURE_AT_REGIONAL", "Tidak terbaca di kabupaten, rekam ulang"
    SEARCH_FAILURE_AT_CENTRAL = "SEARCH_FAILURE_AT_CENTRAL", "Pusat mencoba lagi, warga menunggu"
    ADJUDICATE_RECORD = "ADJUDICATE_RECORD", "Diperiksa orang di pusat"
    DUPLICATE_RECORD = "DUPLICATE_RECORD", "Tercatat ganda"
    PRINT_READY_RECORD = "PRINT_READY_RECORD", "Siap cetak"
    SENT_FOR_CARD_PRINTING = "SENT_FOR_CARD_PRINTING", "Menunggu cetak"
    CARD_PRINTED = "CARD_PRINTED", "Kartu dicetak"
    CARD_SHIPPED = "CARD_SHIPPED", "Kartu dikirim ke kecamatan"
    CARD_ISSUED = "CARD_ISSUED", "Kartu diterima warga"
