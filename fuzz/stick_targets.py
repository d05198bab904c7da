"""A stick that somebody prepared: any files under any names, links among them."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from dekat.sync import carried, stick
from fuzz.world import NOW, World

LINK = b"->"
_VICTIM = b"a file of this machine"


def take_at_centre(world: World, data: bytes) -> None:
    """The centre takes a stick in; its files are divided by two NULs, a name from its content by one."""
    _with_stick(world, data, lambda path: carried.take_stick(path, now=NOW))


def take_at_station(world: World, data: bytes) -> None:
    """A station looks at a stick, takes back what the centre put on it, and copies to it."""

    def served(path: Path) -> None:
        stick.look_at(path)
        carried.take_back(path, now=NOW)
        stick.copy_to(path, is_checked=set())

    _with_stick(world, data, served)


def _with_stick(world: World, data: bytes, work: Callable[[Path], object]) -> None:
    folder = world.folder / "stick"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    victim = world.folder / "victim"
    victim.write_bytes(_VICTIM)
    for part in data.split(b"\0\0")[:40]:
        name, _, content = part.partition(b"\0")
        _put(folder, name, content, victim)
    work(folder)
    if victim.read_bytes() != _VICTIM:
        raise AssertionError("a stick led writing out of itself")


def _put(folder: Path, name: bytes, content: bytes, victim: Path) -> None:
    parts = [part for part in name.split(b"/")[:6] if part not in (b"", b".", b"..")]
    if not parts:
        return
    target = folder.joinpath(*(os.fsdecode(part[:120]) for part in parts))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if content == LINK:
            target.symlink_to(victim)
        else:
            target.write_bytes(content)
    except OSError:
        return
