"""Where a recording can stand (domain 3.4), in the words of the national system."""

from django.db.models import TextChoices


class Status(TextChoices):
    """The national system's own status names; the labels are ours, for residents."""

    BIO_CAPTURED = "BIO_CAPTURED", "Diterima Dispendukcapil"
    SENT_FOR_ENROLLMENT = "SENT_FOR_ENROLLMENT", "Dikirim ke pusat"
    RECEIVED_AT_CENTRAL = "RECEIVED_AT_CENTRAL", "Diterima pusat, sedang diperiksa"
    ENROLL_FAILURE_AT_CENTRAL = "ENROLL_FAILURE_AT_CENTRAL", "Ada rekaman yang tidak terbaca"
    SEARCH_FAILURE_AT_CENTRAL = "SEARCH_FAILURE_AT_CENTRAL", "Pusat mengulang pemeriksaan"
    ADJUDICATE_RECORD = "ADJUDICATE_RECORD", "Pusat memeriksa kemiripan data"
    DUPLICATE_RECORD = "DUPLICATE_RECORD", "Data ganda, perlu memilih domisili"
    PRINT_READY_RECORD = "PRINT_READY_RECORD", "Siap cetak"


# Which status may follow which; a status that may not follow is kept as a claim of the centre and shown, never applied.
MOVES: dict[Status, frozenset[Status]] = {
    Status.BIO_CAPTURED: frozenset({Status.SENT_FOR_ENROLLMENT, Status.DUPLICATE_RECORD}),
    Status.SENT_FOR_ENROLLMENT: frozenset({Status.RECEIVED_AT_CENTRAL}),
    Status.RECEIVED_AT_CENTRAL: frozenset(
        {
            Status.ENROLL_FAILURE_AT_CENTRAL,
            Status.SEARCH_FAILURE_AT_CENTRAL,
            Status.ADJUDICATE_RECORD,
            Status.DUPLICATE_RECORD,
            Status.PRINT_READY_RECORD,
        }
    ),
    Status.SEARCH_FAILURE_AT_CENTRAL: frozenset({Status.RECEIVED_AT_CENTRAL, Status.PRINT_READY_RECORD}),
    Status.ADJUDICATE_RECORD: frozenset({Status.DUPLICATE_RECORD, Status.PRINT_READY_RECORD}),
    Status.ENROLL_FAILURE_AT_CENTRAL: frozenset(),
    Status.DUPLICATE_RECORD: frozenset({Status.PRINT_READY_RECORD}),
    Status.PRINT_READY_RECORD: frozenset(),
}

# Who must act while a recording stands at a status.
WAITS_FOR: dict[Status, str] = {
    Status.BIO_CAPTURED: "DISPENDUKCAPIL",
    Status.SENT_FOR_ENROLLMENT: "PUSAT",
    Status.RECEIVED_AT_CENTRAL: "PUSAT",
    Status.ENROLL_FAILURE_AT_CENTRAL: "KECAMATAN",
    Status.SEARCH_FAILURE_AT_CENTRAL: "PUSAT",
    Status.ADJUDICATE_RECORD: "PUSAT",
    Status.DUPLICATE_RECORD: "WARGA",
    Status.PRINT_READY_RECORD: "DISPENDUKCAPIL",
}
FINAL = frozenset({Status.PRINT_READY_RECORD, Status.DUPLICATE_RECORD, Status.ENROLL_FAILURE_AT_CENTRAL})


def may_follow(before: Status, after: Status) -> bool:
    """Say whether the table of moves allows the step."""
    return after in MOVES[before]


class NumberKind(TextChoices):
    """The numbers that the national centre alone gives."""

    NIK = "NIK", "NIK"
    FAMILY_CARD = "FAMILY_CARD", "Nomor KK"


class Domicile(TextChoices):
    """Which of two records somebody keeps (domain 3.4): the other one is deleted by the national centre."""

    HERE = "HERE", "Tinggal di kabupaten ini"
    ELSEWHERE = "ELSEWHERE", "Tinggal di kabupaten atau kota lain"
