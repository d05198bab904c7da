"""The devices of this station as they answer now, with their weekly self-test and which one is chosen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dekat.enrolment.device_choice import selected_serial
from dekat.enrolment.ports import DeviceKind, DeviceState, devices
from dekat.readings import queries as readings
from dekat.readings.kinds import device
from dekat.readings.queries import SelfTest, TestedDevice
from dekat.readings.rules import Due


@dataclass(frozen=True)
class DeskDevice:
    """One device, or one kind that is not there (`state.serial` empty, no self-test).

    Facts: `has_twin` says that another of its kind answers too; `is_chosen` that the operator chose this one.
    """

    state: DeviceState
    has_twin: bool = False
    is_chosen: bool = False
    last: SelfTest | None = None
    due: Due | None = None


@dataclass(frozen=True)
class AwayDevice:
    """A device that worked here before and does not answer now."""

    serial: str
    last: SelfTest | None
    due: Due


@dataclass(frozen=True)
class Desk:
    """Everything of the page about devices. `choice_away` are chosen serial numbers of which a twin is here instead."""

    devices: tuple[DeskDevice, ...]
    away: tuple[AwayDevice, ...]
    choice_away: tuple[str, ...]

    @property
    def due_count(self) -> int:
        """How many devices at hand are due for their test."""
        return sum(bool(one.due and one.due.is_due) for one in self.devices)

    @property
    def missed(self) -> tuple[str, ...]:
        """The serial numbers, at hand or away, whose test was missed."""
        here = [one.state.serial for one in self.devices if one.due and one.due.is_missed]
        return (*here, *(one.serial for one in self.away if one.due.is_missed))


def desk(*, every: timedelta, now: datetime) -> Desk:
    """Ask every device; slow, because devices are.

    Refuses: enrolment.devices_missing.
    """
    states = devices().ready()
    chosen = {kind: selected_serial(kind) for kind in DeviceKind}
    history = readings.tested_devices(until=now)
    here = {_ledger_serial(state.serial) for state in states if state.serial}
    away = [(serial, known) for serial, known in sorted(history.items()) if serial not in here]
    return Desk(
        devices=tuple(_device(state, states, chosen, history, every, now) for state in states),
        away=tuple(AwayDevice(serial, known.last, known.due(every=every, now=now)) for serial, known in away),
        choice_away=tuple(
            serial
            for kind, serial in chosen.items()
            if serial
            and any(state.kind is kind and state.serial for state in states)
            and all(state.serial != serial for state in states)
        ),
    )


def _device(
    state: DeviceState,
    states: list[DeviceState],
    chosen: dict[DeviceKind, str],
    history: dict[str, TestedDevice],
    every: timedelta,
    now: datetime,
) -> DeskDevice:
    if not state.serial:
        return DeskDevice(state)
    known = history.get(_ledger_serial(state.serial), TestedDevice(now))
    return DeskDevice(
        state=state,
        has_twin=sum(other.kind is state.kind for other in states) > 1,
        is_chosen=chosen[state.kind] == state.serial,
        last=known.last,
        due=known.due(every=every, now=now),
    )


def _ledger_serial(serial: str) -> str:
    return device(serial).partition(":")[2]
