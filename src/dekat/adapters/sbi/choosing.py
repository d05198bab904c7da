"""Which of several devices of one kind is asked: the operator's choice, else one that is ready; never a stranger."""

from collections.abc import Sequence

from dekat.adapters.sbi.discovery import Found
from dekat.adapters.sbi.refusals import ChosenAway, DeviceAbsent, DeviceNotRegistered
from dekat.enrolment.ports import DeviceKind, DeviceStatus


def choose(known: Sequence[Found], kind: DeviceKind, chosen: str = "", alone: str = "") -> Found:
    """The device to ask, by the operator's choice (a serial number), else the first that is ready, else any.

    Facts: `alone` admits one serial number only. A device that is not ready is still asked: it says itself what is
    wrong. One that is not believed is never asked.
    Refuses: sbi.device.absent, sbi.device.chosen_away, sbi.device.not_registered, and why a device is not believed.
    """
    alike = [device for device in known if device.state.kind is kind and alone in ("", device.state.serial)]
    believed = [device for device in alike if device.distrust is None]
    if not believed:
        raise _why_none(alike)
    ready = [device for device in believed if device.state.status is DeviceStatus.READY]
    if chosen and not alone:
        mine = [device for device in believed if device.state.serial == chosen]
        if not mine:
            raise ChosenAway(serial=chosen, other=(ready or believed)[0].state.serial)
        return next((device for device in mine if device in ready), mine[0])
    return (ready or believed)[0]


def _why_none(strangers: Sequence[Found]) -> Exception:
    if not strangers:
        return DeviceAbsent()
    stranger = strangers[0]
    if stranger.state.status is DeviceStatus.NOT_REGISTERED:
        return DeviceNotRegistered()
    return stranger.distrust or DeviceAbsent()
