"""What an appointment's state means for the one who made it, and what to do now."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dekat.desk.appointments import AppointmentCard
from dekat.desk.states import AppointmentState


@dataclass(frozen=True)
class Said:
    """The headline of the slip."""

    tone: str
    title: str | Promise
    lead: str | Promise


_SAID = {
    AppointmentState.BOOKED: Said(
        "wait",
        gettext_lazy("Janji dibuat"),
        gettext_lazy(
            "Kecamatan belum menerima janji ini; biasanya beberapa menit. Kalau sampai harinya belum juga, "
            "datang saja: Anda dilayani seperti warga tanpa janji."
        ),
    ),
    AppointmentState.RECEIVED: Said(
        "done",
        gettext_lazy("Kecamatan sudah menerima janji Anda"),
        gettext_lazy("Datang 10 menit sebelumnya dan sebutkan kodenya kepada petugas."),
    ),
    AppointmentState.ARRIVED: Said(
        "done", gettext_lazy("Anda sudah datang"), gettext_lazy("Nomor antrean Anda dipanggil di layar kecamatan.")
    ),
    AppointmentState.MISSED: Said(
        "act",
        gettext_lazy("Jam janji sudah lewat"),
        gettext_lazy("Tempatnya sudah dipakai orang lain. Datang saja tanpa janji, atau buat janji baru."),
    ),
    AppointmentState.CANCELLED: Said(
        "act", gettext_lazy("Janji dibatalkan"), gettext_lazy("Datang tanpa janji tetap boleh, atau buat janji baru.")
    ),
}


def said_of(card: AppointmentCard) -> Said:
    """The words of an appointment's state."""
    return _SAID[card.state]
