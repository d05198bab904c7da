"""The closed lists of equipment."""

from django.db.models import TextChoices


class DeviceKind(TextChoices):
    """What a device is."""

    RECORDER = "RECORDER", "Set perekaman"
    KK_PRINTER = "KK_PRINTER", "Set cetak KK"
    TOWER = "TOWER", "Menara jaringan"


class Funding(TextChoices):
    """Whose money bought it."""

    APBD = "APBD", "APBD kabupaten"
    APBN = "APBN", "APBN"


class Purpose(TextChoices):
    """What a contract buys."""

    PURCHASE = "PURCHASE", "Pembelian"
    MAINTENANCE = "MAINTENANCE", "Pemeliharaan"


class Acquisition(TextChoices):
    """How the regency came by it (column 14 of KIB B)."""

    PURCHASE = "PURCHASE", "Pembelian"
    GRANT = "GRANT", "Hibah"
    LOAN = "LOAN", "Pinjam pakai"
    OTHER = "OTHER", "Lainnya"


class DecreeKind(TextChoices):
    """What a decree changes."""

    USE_STATUS = "USE_STATUS", "Penetapan status penggunaan"
    TRANSFER = "TRANSFER", "Mutasi antarperangkat daerah"
    WRITE_OFF = "WRITE_OFF", "Penghapusan"


class PaperKind(TextChoices):
    """Which paper a scan shows."""

    CONTRACT = "CONTRACT", "Kontrak (SPK)"
    PAYMENT_ORDER = "PAYMENT_ORDER", "SP2D"
    BUDGET = "BUDGET", "DPA"
    BAST = "BAST", "BAST"
    DECREE = "DECREE", "Keputusan"
    WARRANTY = "WARRANTY", "Kartu garansi"
    PHOTO = "PHOTO", "Foto"


class Condition(TextChoices):
    """The three conditions of the inventory (KIR)."""

    GOOD = "GOOD", "Baik"
    MINOR_DAMAGE = "MINOR_DAMAGE", "Rusak ringan"
    MAJOR_DAMAGE = "MAJOR_DAMAGE", "Rusak berat"


class FaultKind(TextChoices):
    """What hinders a device."""

    POWER = "POWER", "Listrik"
    HARDWARE = "HARDWARE", "Perangkat keras"
    SOFTWARE = "SOFTWARE", "Aplikasi"
    LOGIN = "LOGIN", "Nama masuk atau sandi"


class Consumable(TextChoices):
    """What a device needs to work."""

    PAPER = "PAPER", "Kertas"
    TONER = "TONER", "Toner"
    RIBBON = "RIBBON", "Pita"
    CLEANING_KIT = "CLEANING_KIT", "Pembersih alat"
    BLANK = "BLANK", "Blangko"


class Metric(TextChoices):
    """What a claim speaks of."""

    DEVICES_HANDED_OVER = "DEVICES_HANDED_OVER", "Alat yang diserahkan"
    TOTAL_PRICE = "TOTAL_PRICE", "Harga seluruhnya"
