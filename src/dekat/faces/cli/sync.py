"""`dekat sync import-usb|rescue`: what a stick from a kecamatan brings, and what a broken station can still give."""

import argparse
from pathlib import Path

from django.conf import settings

from dekat.faces.clock import now
from dekat.sync.carried import take_stick
from dekat.sync.rescue import rescue


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat sync`."""
    parser = sub.add_parser("sync", help="packets that do not come by the line")
    commands = parser.add_subparsers(dest="sync_command", required=True)
    carried = commands.add_parser("import-usb", help="at the centre: take in a stick, put receipts and the feed on it")
    carried.add_argument("folder", type=Path, help="where the stick is mounted")
    carried.set_defaults(run=_import)
    rescued = commands.add_parser("rescue", help="at a station without its database: all sealed packets onto a stick")
    rescued.add_argument("folder", type=Path, help="where the stick is mounted")
    rescued.set_defaults(run=_rescue)


def _import(options: argparse.Namespace) -> int:
    found = take_stick(options.folder, now=now())
    print(f"Stations: {', '.join(found.nodes) or 'none'}")
    print(f"New: {found.done['new']}, held before: {found.done['known']}, refused: {len(found.refused)}")
    for one in found.refused:
        print(f"  {one.name}: {one.code}")
    return 1 if found.refused else 0


def _rescue(options: argparse.Namespace) -> int:
    found = rescue(options.folder, node=settings.NODE_NAME, now=now())
    print(f"Packets on the stick: {found.copied}, left out: {len(found.unreadable)}")
    for name in found.unreadable:
        print(f"  {name}")
    print("At the centre: `dekat sync import-usb`, and only then a new card for this station.")
    return 1 if found.unreadable else 0
