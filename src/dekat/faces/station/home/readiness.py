"""Which devices are ready, chosen and due for their weekly test, in words an operator can act on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.enrolment.ports import DeviceKind, DeviceStatus
from dekat.readings.kinds import SelfTestResult
from dekat.reports import desk_devices
from dekat.reports.desk_devices import Desk, DeskDevice

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
_RESULTS: dict[SelfTestResult, str | Promise] = {
    SelfTestResult.PASSED: gettext_lazy("Baik"),
    SelfTestResult.WEAK: gettext_lazy("Gambarnya lemah: bersihkan kacanya, lalu uji lagi"),
    SelfTestResult.FAILED: gettext_lazy("Gagal"),
}
LAY_DOWN: dict[DeviceKind, str | Promise] = {
    DeviceKind.FINGER: gettext_lazy("Tempelkan kedua ibu jari Anda sendiri pada kaca pemindai."),
    DeviceKind.IRIS: gettext_lazy("Lihat lurus ke alat dengan kedua mata terbuka."),
    DeviceKind.FACE: gettext_lazy("Duduk tegak di depan kamera alat."),
}


@dataclass(frozen=True)
class Line:
    """One device with what to do.

    Facts: `is_testable` when it answers and is believed; `test_word` says how the last test went, with its `test_tone`.
    """

    name: str
    icon: str
    word: str
    tone: str
    device: DeskDevice
    is_testable: bool
    test_word: str
    test_tone: str

    @property
    def serial(self) -> str:
        return self.device.state.serial


@dataclass(frozen=True)
class Readiness:
    """Every line, and what the week asks for."""

    lines: tuple[Line, ...]
    desk: Desk

    @property
    def unchosen(self) -> tuple[str, ...]:
        """The names of kinds with two devices, of which the operator chose none."""
        twins = [line for line in self.lines if line.device.has_twin]
        chosen = {line.device.state.kind for line in twins if line.device.is_chosen}
        return tuple(dict.fromkeys(line.name for line in twins if line.device.state.kind not in chosen))


def readiness(now: datetime) -> Readiness:
    """Ask every device; the slow part of the home page, so it is fetched after it."""
    desk = desk_devices.desk(every=timedelta(days=settings.ENV.self_test_days), now=now)
    return Readiness(tuple(_line(device) for device in desk.devices), desk)


def name_of(kind: DeviceKind) -> str:
    """What the operator calls a device of this kind."""
    return str(_NAMES[kind][0])


def result_word(result: SelfTestResult) -> str:
    """How a test went."""
    return str(_RESULTS[result])


def _line(device: DeskDevice) -> Line:
    state = device.state
    name, icon = _NAMES[state.kind]
    word, tone = _WORDS[state.status]
    is_unsigned = state.status == DeviceStatus.READY and not state.is_trusted
    is_plugged = settings.ENV.devices != "sbi"  # a maker's own plug-in, installed on purpose
    if is_unsigned:
        word, tone = (
            (gettext("Siap · tanpa tanda tangan"), "warn")
            if is_plugged
            else (gettext("Tidak dikenal · laporkan"), "bad")
        )
    return Line(
        name=str(name),
        icon=icon,
        word=str(word),
        tone=tone,
        device=device,
        is_testable=bool(state.serial) and (state.is_trusted or is_plugged),
        test_word=result_word(device.last.result) if device.last else gettext("Belum pernah diuji"),
        test_tone=_test_tone(device),
    )


def _test_tone(device: DeskDevice) -> str:
    if device.last is None or device.last.result == SelfTestResult.WEAK:
        return "warn"
    return "bad" if device.last.result == SelfTestResult.FAILED else "ok"
