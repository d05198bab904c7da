"""`dekat sync import-usb`: what a stick from a kecamatan brings, without a page."""

import argparse
from pathlib import Path

from dekat.faces.clock import now
from dekat.sync.carried import take_stick


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat sync`."""
    parser = sub.add_parser("sync", help="packets that do not come by the line")
    commands = parser.add_subparsers(dest="sync_command", required=True)
    carried = commands.add_parser("import-usb", help="at the centre: take in a stick, put receipts and the feed on it")
    carried.add_argument("folder", type=Path, help="where the stick is mounted")
    carried.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    found = take_stick(options.folder, now=now())
    print(f"Stations: {', '.join(found.nodes) or 'none'}")
    print(f"New: {found.done['new']}, held before: {found.done['known']}, refused: {len(found.refused)}")
    if not found.is_written:
        print("The stick is full, locked or gone: not every receipt and piece of the feed is on it. Read it again.")
    for one in found.refused:
        print(f"  {one.name}: {one.code}")
    return 1 if found.refused else 0
