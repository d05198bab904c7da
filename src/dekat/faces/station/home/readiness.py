"""Which devices are ready, in words an operator can act on."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.enrolment.ports import DeviceKind, DeviceState, DeviceStatus, devices

_NAMES: dict[DeviceKind, tuple[str | Promise, str]] = {
    DeviceKind.FINGER: (gettext_lazy("Pemindai jari"), "fingerprint"),
    DeviceKind.IRIS: (gettext_lazy("Pemindai iris"), "eye"),
    DeviceKind.FACE: (gettext_lazy("Kamera alat"), "camera"),
}
_WORDS: dict[DeviceStatus, tuple[str | Promise, str]] = {
    DeviceStatus.READY: (gettext_lazy("Siap"), "ok"),
    DeviceStatus.BUSY: (gettext_lazy("Sedang dipakai"), "info"),
    DeviceStatus.NOT_READY: (gettext_lazy("Tunggu lampunya menyala"), "warn"),
    DeviceStatus.NOT_REGISTERED: (gettext_lazy("Belum terdaftar · laporkan"), "bad"),
    DeviceStatus.ABSENT: (gettext_lazy("Pasang kabel USB"), "warn"),
}


@dataclass(frozen=True)
class Line:
    """One device with what to do."""

    name: str
    icon: str
    word: str
    tone: str


def lines() -> list[Line]:
    """Ask every device; the slow part of the home page, so it is fetched after it."""
    return [_line(state) for state in devices().ready()]


def _line(state: DeviceState) -> Line:
    name, icon = _NAMES[state.kind]
    word, tone = _WORDS[state.status]
    if state.status == DeviceStatus.READY and not state.is_trusted:
        word, tone = gettext("Tidak dikenal · laporkan"), "bad"
    return Line(str(name), icon, str(word), tone)
