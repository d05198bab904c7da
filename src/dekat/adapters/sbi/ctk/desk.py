"""Whoever sits before the device while it is judged: a person who is told what to do, or the emulator's switches."""

import http.client
from dataclasses import dataclass
from typing import Protocol

from dekat.adapters.sbi.ctk.definitions import Definition, Need
from dekat.adapters.sbi.discovery import Found
from dekat.adapters.sbi.wire import HOST

_FAULTS = {
    Need.NOBODY: "NOBODY",
    Need.BUSY: "BUSY",
    Need.NOT_READY: "NOT_READY",
    Need.NOT_REGISTERED: "NOT_REGISTERED",
    Need.A_NEW_KEY: "ROTATE",
}
_LIMIT_S = 30.0


class Desk(Protocol):
    """Brings about what a definition needs."""

    def arrange(self, definition: Definition, device: Found, person: int) -> bool:
        """Make it so that the question can be asked now; False when that is not possible here.

        Facts: `person` counts from 0 the people of a definition that wants several.
        """

    def clear(self, device: Found) -> None:
        """The question was answered: back to an ordinary device."""


@dataclass(frozen=True)
class QuietDesk:
    """Nobody to talk to: good for whatever needs no change of the device, with a hand that is always there."""

    def arrange(self, definition: Definition, device: Found, person: int) -> bool:
        """Only what is so by itself."""
        return definition.need in (Need.NOTHING, Need.A_PERSON)

    def clear(self, device: Found) -> None:
        """Nothing was changed."""


@dataclass(frozen=True)
class SwitchedDesk:
    """An emulator whose switches (`--control`) are turned for each definition."""

    control: int

    def arrange(self, definition: Definition, device: Found, person: int) -> bool:
        """Seat a person, or turn the fault on."""
        if definition.people > 1:
            self._turn(f"/person/{_person(definition, person)}")
        fault = _FAULTS.get(definition.need)
        return fault is None or self._turn(f"/{device.port}/{fault}")

    def clear(self, device: Found) -> None:
        """No fault, and again another person for each transaction."""
        self._turn(f"/{device.port}/NONE")
        self._turn("/person/AUTO")

    def _turn(self, path: str) -> bool:
        connection = http.client.HTTPConnection(HOST, self.control, timeout=_LIMIT_S)
        try:
            connection.request("POST", path)
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _person(definition: Definition, place: int) -> int:
    """Ten people who do not exist for each age group, the same ones for all its definitions."""
    return sum(map(ord, definition.group[0])) * 100 + place if definition.group else place
