"""The closed lists of the desk. Values are stored, never renamed, only added."""

from django.db.models import TextChoices


class Service(TextChoices):
    """What somebody came for."""

    RECORD = "RECORD", "Rekam KTP-el"
    KK = "KK", "Kartu Keluarga"
    COLLECT = "COLLECT", "Ambil KTP-el atau KK"
    OTHER = "OTHER", "Bertanya atau lainnya"


class Priority(TextChoices):
    """Why somebody is served sooner (UU 25/2009 art. 29); empty for everybody else."""

    NONE = "", "Tanpa prioritas"
    ELDERLY = "ELDERLY", "Lansia"
    DISABLED = "DISABLED", "Disabilitas"
    PREGNANT = "PREGNANT", "Hamil atau membawa bayi"


class Origin(TextChoices):
    """Who made the ticket."""

    OPERATOR = "OPERATOR", "Petugas"
    KIOSK = "KIOSK", "Layar ambil nomor"
    APPOINTMENT = "APPOINTMENT", "Janji"


class TicketState(TextChoices):
    """Where a ticket stands today."""

    WAITING = "WAITING", "Menunggu"
    CALLED = "CALLED", "Dipanggil"
    SERVING = "SERVING", "Dilayani"
    PARKED = "PARKED", "Ditunda"
    NO_SHOW = "NO_SHOW", "Tidak hadir"
    TRANSFERRED = "TRANSFERRED", "Dipindahkan"
    DONE = "DONE", "Selesai"
    CANCELLED = "CANCELLED", "Dibatalkan"


class AppointmentState(TextChoices):
    """Where an appointment stands."""

    BOOKED = "BOOKED", "Belum diterima kecamatan"
    RECEIVED = "RECEIVED", "Diterima kecamatan"
    ARRIVED = "ARRIVED", "Sudah datang"
    MISSED = "MISSED", "Tidak datang"
    CANCELLED = "CANCELLED", "Dibatalkan"
