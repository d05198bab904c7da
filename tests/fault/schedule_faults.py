"""What goes wrong in a schedule: a kill, a power cut, a pulled plug, a full disk, a clock that jumps."""

import errno
import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from dekat.adapters.sbi.refusals import DeviceBusy, DeviceUnplugged
from dekat.project.sqlite import base
from tests.fault.schedule_acts import Act
from tests.make.code_devices import CodeDevices

KILLS = ("kill before commit", "kill after commit")
POWER = ("power before commit", "power in commit")
FILE_STAGES = ("written", "synced", "renamed", "kept")
"""Where the process stands in `files.write_durably`: before and after the flush of the file, and of its folder."""
PLUGS = ("unplugged before", "unplugged after", "busy")
JUMPS_S = (86_400, -86_400, 366 * 86_400, -366 * 86_400)
_SECTOR = 512


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong at one act."""

    act: int
    kind: str
    stage: str = ""
    jump_s: int = 0

    @property
    def is_death(self) -> bool:
        return self.kind.startswith(("kill", "power"))

    @property
    def is_power(self) -> bool:
        return self.kind.startswith("power")


def draw(seed: int, acts: list[Act]) -> list[Fault]:
    """The faults of this seed: two to six, anywhere; half of the schedules have one at the seal."""
    rng = random.Random(f"faults {seed}")
    faults = [_fault(rng, number, acts[number]) for number in rng.choices(range(len(acts)), k=rng.randint(2, 5))]
    if rng.random() < 0.5:
        faults.append(_fault(rng, len(acts) - 1, acts[-1]))
    return sorted(faults, key=lambda fault: fault.act)


def _fault(rng: random.Random, number: int, act: Act) -> Fault:
    kinds = [*KILLS, *POWER, *POWER, "repeat", "clock", "database full"]
    if act.captures:
        kinds += [*PLUGS, *PLUGS]
    if act.is_seal:
        kinds += ["kill at file", "power at file"] * 4 + ["packet full"] * 2
    return Fault(number, rng.choice(kinds), rng.choice(FILE_STAGES), rng.choice(JUMPS_S))


@contextmanager
def happening(fault: Fault | None, devices: CodeDevices, keep: Path) -> Iterator[None]:
    """Let the fault happen to what runs inside; `keep` is where the last durable state is put before a power loss."""
    with _ARRANGED.get(fault.kind, _nothing)(fault, devices, keep) if fault else _nothing(fault, devices, keep):
        yield


@contextmanager
def _nothing(fault: Fault | None, devices: CodeDevices, keep: Path) -> Iterator[None]:
    yield


@contextmanager
def _beside_commit(fault: Fault, devices: CodeDevices, keep: Path) -> Iterator[None]:
    real = base.DatabaseWrapper._commit

    def commit_and_die(self: base.DatabaseWrapper) -> None:
        if fault.is_power:
            remember(keep)
        if fault.kind.endswith("before commit"):
            _die()
        real(self)
        _die()

    with _patched(base.DatabaseWrapper, "_commit", commit_and_die):
        yield


@contextmanager
def _at_file(fault: Fault, devices: CodeDevices, keep: Path) -> Iterator[None]:
    real, calls = os.fsync, 0
    place = FILE_STAGES.index(fault.stage)

    def flush_and_die(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if (calls - 1) * 2 == place:
            _die()
        real(descriptor)
        if (calls - 1) * 2 + 1 == place:
            _die()

    with _patched(os, "fsync", flush_and_die):
        yield


@contextmanager
def _packet_full(fault: Fault, devices: CodeDevices, keep: Path) -> Iterator[None]:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with _patched(os, "fsync", full):
        yield


@contextmanager
def _database_full(fault: Fault, devices: CodeDevices, keep: Path) -> Iterator[None]:
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@contextmanager
def _plug(fault: Fault, devices: CodeDevices, keep: Path) -> Iterator[None]:
    real = devices._chain

    def pulled(*asked: object) -> object:
        if fault.kind == "unplugged after":
            real(*asked)
        raise DeviceBusy if fault.kind == "busy" else DeviceUnplugged

    with _patched(devices, "_chain", pulled):
        yield


Arrange = Callable[[Fault, CodeDevices, Path], object]
_ARRANGED = {
    **dict.fromkeys(
        ("kill before commit", "kill after commit", "power before commit", "power in commit"), _beside_commit
    ),
    **dict.fromkeys(("kill at file", "power at file"), _at_file),
    **dict.fromkeys(PLUGS, _plug),
    "packet full": _packet_full,
    "database full": _database_full,
}


@contextmanager
def _patched(owner: object, name: str, value: object) -> Iterator[None]:
    real = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, real)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def remember(keep: Path) -> None:
    """Put aside what is on the disk for certain: everything committed so far was flushed."""
    for source in database_files():
        if source.exists():
            shutil.copy(source, keep / source.name)


def database_files() -> list[Path]:
    """The database and its write-ahead log; the index beside them lives in memory only."""
    database = Path(connection.settings_dict["NAME"])
    return [database, Path(f"{database}-wal")]


def lose_power(fault: Fault, keep: Path, outbox: Path, rng: random.Random) -> None:
    """Leave on the disk what it may legally hold: what was flushed is there, of the rest none, all or some sectors."""
    database, log = database_files()
    Path(f"{database}-shm").unlink(missing_ok=True)
    if (keep / database.name).exists():
        # SQLite flushes the log before it writes the database: both are never in doubt at once.
        in_doubt = log if (keep / database.name).read_bytes() == database.read_bytes() else database
        before = (keep / in_doubt.name).read_bytes() if (keep / in_doubt.name).exists() else b""
        in_doubt.write_bytes(_mixed(before, in_doubt.read_bytes(), rng))
    if fault.kind == "power at file":
        _lose_file(fault.stage, outbox, rng)


def _lose_file(stage: str, outbox: Path, rng: random.Random) -> None:
    if stage == "written":
        for draft in outbox.glob("*.tmp"):
            draft.write_bytes(_mixed(b"", draft.read_bytes(), rng))
    if stage in ("written", "synced") and rng.random() < 0.5:
        for draft in outbox.glob("*.tmp"):
            draft.unlink()
    if stage == "renamed" and rng.random() < 0.6:
        for packet in outbox.glob("*.dkp"):
            packet.rename(f"{packet}.tmp") if rng.random() < 0.5 else packet.unlink()


def _mixed(before: bytes, after: bytes, rng: random.Random) -> bytes:
    share = rng.choice((0.0, 1.0, 0.5, 0.9))
    size = len(after) if share and rng.random() < 0.7 else rng.randint(min(len(before), len(after)), len(after))
    made = bytearray(before.ljust(size, b"\0")[: max(size, len(before))])
    for start in range(0, size, _SECTOR):
        if rng.random() < share:
            made[start : start + _SECTOR] = after[start : min(start + _SECTOR, size)]
    return bytes(made)
