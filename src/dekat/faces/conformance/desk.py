"""Who sits before the device while MOSIP's definitions are asked of it."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from dekat.adapters.sbi.ctk.definitions import Definition, Need
from dekat.adapters.sbi.ctk.desk import Desk, QuietDesk, SwitchedDesk
from dekat.adapters.sbi.discovery import Found
from dekat.faces.conformance.words import NEEDS, lay_down

_SKIP = "l"


@dataclass(frozen=True)
class PersonDesk:
    """A person who reads what to do, and says when it is done."""

    def arrange(self, definition: Definition, device: Found, person: int) -> bool:
        """Tell what is needed and wait for Enter; `l` leaves the definition out."""
        if definition.need is Need.NOTHING:
            return True
        turn = f" (orang ke-{person + 1} dari {definition.people})" if definition.people > 1 else ""
        words = lay_down(definition, device.state.kind) if definition.need is Need.A_PERSON else NEEDS[definition.need]
        answer = input(f"  {definition.id}{turn}: {words} Lalu tekan Enter ({_SKIP} = lewati): ")
        return answer.strip().lower() != _SKIP

    def clear(self, device: Found) -> None:
        """The person sees the result and goes on."""


def add_options(command: argparse.ArgumentParser) -> None:
    """The options that turn the seven questions into MOSIP's definitions."""
    command.add_argument("--ctk", type=Path, help="folder of MOSIP's tests_sbi.json: ask every definition")
    command.add_argument("--report", type=Path, help="write the signed-off report here (.md or .html); needs --ctk")
    command.add_argument("--yes", action="store_true", help="ask nobody: for emulated devices")
    command.add_argument("--control", type=int, default=0, help="port of an emulator's switches, turned with --yes")


def desk_for(options: argparse.Namespace) -> Desk:
    """The desk that the options ask for."""
    if not options.yes:
        return PersonDesk()
    return SwitchedDesk(options.control) if options.control else QuietDesk()
