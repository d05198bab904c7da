"""Write docs/reference/sbi-conformance.md: every definition of MOSIP's CTK asked of the emulator, one line each.

`.venv/bin/python tools/write_sbi_conformance.py FOLDER`, where FOLDER holds tests_sbi.json and the schemas (MPL-2.0;
they are read there and never copied: the page holds their numbers and our own words only).
"""

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from dekat.adapters.sbi.ctk.asking import Bench
from dekat.adapters.sbi.ctk.definitions import SCHEMAS, Definition, Topic, read_definitions
from dekat.adapters.sbi.ctk.desk import SwitchedDesk
from dekat.adapters.sbi.ctk.outcomes import Outcome, Reason, Verdict
from dekat.adapters.sbi.ctk.runner import judge_device
from dekat.adapters.sbi.ctk.schemas import Schemas
from dekat.adapters.sbi.device_ca import open_authority
from dekat.adapters.sbi.discovery import find_devices
from dekat.adapters.sbi.emulator import EmulatedRig, Socketed, serve_control
from dekat.adapters.sbi.trust import DeviceTrust
from dekat.enrolment.ports import DeviceKind

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "sbi-conformance.md"
TOPICS = {
    Topic.DISCOVERY: "answers discovery",
    Topic.INFO: "identity is signed",
    Topic.STATUS: "says its state",
    Topic.KEY_ROTATION: "signs with a new key",
    Topic.CAPTURE: "captures",
    Topic.EXCEPTIONS: "captures with exceptions",
    Topic.EXCEPTION_PHOTO: "exception photo",
    Topic.WRONG_COUNT: "refuses a wrong count",
    Topic.NOBODY: "gives up in time when nobody comes",
    Topic.IN_TIME: "captures before the time is over",
    Topic.CONTAINER: "ISO/IEC 19794 container",
    Topic.STREAM: "live picture, then a capture",
    Topic.QUALITY: "quality of the capture",
    Topic.SPEED: "speed of the capture",
    Topic.WRONG_REQUEST: "refuses a misspelt request",
    Topic.HASH: "continues the hash chain",
    Topic.TRANSACTION: "refuses a transaction id that is too long",
    Topic.TEN_PEOPLE: "quality over ten people",
}
REASONS = {
    Reason.AUTHENTICATION: "does not apply: an authentication capture, which an L0 registration device has to refuse",
    Reason.AUTHENTICATION_KEY: "does not apply: the key of authentication captures, which an L0 device does not have",
    Reason.AUTHENTICATION_PEOPLE: "does not apply: ten people for authentication, which an L0 device has to refuse",
    Reason.OTHER_KIND: "does not apply: for another kind of device",
    Reason.OTHER_SUB_TYPE: "does not apply: for a device that captures another way",
    Reason.CANNOT_ARRANGE: "does not apply: its state cannot be brought about here",
}
HEAD = """# Conformance: every definition, one by one

MOSIP's Compliance Toolkit holds 196 test definitions for SBI 0.9.5 (MPL-2.0; read where they lie, not copied:
their numbers, our words). Each that concerns registration is asked of the emulator's fingerprint, iris and face
devices by the same runner as `dekat devices conformance --ctk`; every element of a list is held against MOSIP's
schemas. The same answer is given to the station's own client; "Client" says what it made of it: a state it saw,
the code it refused with, or "believed".

The definitions about ten people of an age group are run with ten people who do not exist for each group. That
proves the protocol and the count of ten, not a scanner's eye for children or labourers: a real device needs
real people, and `dekat devices conformance` tells the desk whom to seat.

This page is written by `tools/write_sbi_conformance.py`; `tests/flows/test_sbi_ctk.py` holds it equal to a run.
"""


def run_emulator(folder: Path) -> list[Outcome]:
    """Every definition asked of three emulated devices."""
    now = datetime.now(UTC).replace(microsecond=0)
    definitions = read_definitions(folder)
    with TemporaryDirectory() as trusted:
        authority, trust = open_authority(Path(trusted), now), DeviceTrust(Path(trusted))
        places = [Socketed(0, kind) for kind in DeviceKind]
        with (
            EmulatedRig(places, seed=7, authority=authority, clock=lambda: now) as rig,
            closing(_Control(rig)) as control,
        ):
            bench = Bench(Schemas(folder / SCHEMAS), trust, lambda: now)
            desk = SwitchedDesk(control.port)
            devices = find_devices(rig.ports, trust, now)
            return [outcome for device in devices for outcome in judge_device(definitions, device, bench, desk)]


class _Control:
    """The emulator's switches on a free port."""

    def __init__(self, rig: EmulatedRig) -> None:
        self._server = serve_control(rig, 0)
        self.port = int(self._server.server_address[1])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def of_definition(outcomes: Sequence[Outcome], definition: Definition) -> list[Outcome]:
    """The outcomes that count for a definition: those of the devices it asks, else one that says why it asks none."""
    mine = [outcome for outcome in outcomes if outcome.definition.id == definition.id]
    return [outcome for outcome in mine if outcome.reason is None] or mine[:1]


def page(outcomes: Sequence[Outcome]) -> str:
    """The reference page of a run."""
    definitions = list({outcome.definition.id: outcome.definition for outcome in outcomes}.values())
    rows = [_row(definition, of_definition(outcomes, definition)) for definition in definitions]
    counts = [sum(word in row for row in rows) for word in ("| passed |", "| FAILED |", "does not apply")]
    total = f"{len(rows)} definitions: {counts[0]} passed, {counts[1]} failed, {counts[2]} do not apply.\n"
    head = ["| Number | Method | Device | What it asks | Result | Client |", "| --- | --- | --- | --- | --- | --- |"]
    return "\n".join([HEAD, total, *head, *rows]) + "\n"


def _row(definition: Definition, outcomes: list[Outcome]) -> str:
    what = TOPICS[definition.topic]
    if definition.group:
        what += f": {', '.join(definition.group)}"
    first = outcomes[0]
    if first.reason:
        result, client = REASONS[first.reason], ""
    else:
        result = "FAILED" if any(outcome.verdict is Verdict.FAILED for outcome in outcomes) else "passed"
        said = {outcome.station for outcome in outcomes}
        client = (
            ""
            if definition.method == "device"
            else ", ".join(sorted(f"`{word}`" if word else "believed" for word in said))
        )
    kinds = ", ".join(kind.value for kind in definition.kinds)
    return f"| {definition.id} | {definition.method} | {kinds} | {what} | {result} | {client} |"


def main() -> None:
    """Run and write."""
    PAGE.write_text(page(run_emulator(Path(sys.argv[1]))))
    sys.stdout.write(f"{PAGE.relative_to(PAGE.parent.parent.parent)}\n")


if __name__ == "__main__":
    main()
