"""Keeps the second copy up to date while a stick stands in the station, and remembers how it went for the pages."""

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dekat.sync import carried, stick
from dekat.sync.carried import Carried, Refused
from dekat.sync.stick import Stick, StickState

_lock = threading.Lock()
_checked: set[str] = set()


@dataclass(frozen=True)
class SecondCopy:
    """The last look: every stick that stands here, and the last one of ours with when it was seen.

    Facts: `orders` are what the centre last said on a stick since this process started; `receipts` and `refused` are of
    the last time that a stick brought something.
    """

    sticks: tuple[Stick, ...] = ()
    orders: tuple[str, ...] = ()
    receipts: int = 0
    refused: tuple[Refused, ...] = ()
    last: Stick | None = None
    seen_at: datetime | None = None

    @property
    def present(self) -> Stick | None:
        """The stick of ours that stands here now."""
        return next((one for one in self.sticks if one.state not in (StickState.NEW, StickState.FOREIGN)), None)


_latest = SecondCopy()


def latest() -> SecondCopy:
    """How the second copy is."""
    with _lock:
        return _latest


def round_once(patterns: Sequence[str], *, now: datetime) -> SecondCopy:
    """Look for sticks, take in what the centre put on ours, copy what is missing.

    Again: changes nothing on a stick that is complete.
    """
    global _latest
    paths = stick.sticks(patterns)
    _forget_pulled(paths)
    found = tuple(_served(path, now) for path in paths)
    ours = next((one for one in found if one.state not in (StickState.NEW, StickState.FOREIGN)), None)
    with _lock:
        last, seen_at = (ours, now) if ours else (_latest.last, _latest.seen_at)
        _latest = replace(_latest, sticks=found, last=last, seen_at=seen_at)
        return _latest


def _forget_pulled(paths: Sequence[Path]) -> None:
    """What comes back may be another stick, or the same one after somebody else wrote on it: it is read anew."""
    there = tuple(f"{path}{os.sep}" for path in paths)
    _checked.intersection_update([name for name in _checked if name.startswith(there)])


def _served(path: Path, now: datetime) -> Stick:
    found = stick.look_at(path)
    if found.state != StickState.READY:
        return found
    brought = carried.take_back(path, now=now, is_read=_checked)
    if brought.done or brought.refused or brought.orders:
        _note_brought(brought)
    with suppress(OSError):
        stick.bring_back(path, now=now)
    return stick.copy_to(path, is_checked=_checked)


def _note_brought(brought: Carried) -> None:
    global _latest
    with _lock:
        orders = brought.orders or _latest.orders
        _latest = replace(_latest, orders=orders, receipts=brought.done["receipts"], refused=tuple(brought.refused))
