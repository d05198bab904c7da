"""`dekat sync …`: sticks, what a verified backup holds, what a broken station still gives, the recovery key."""

import argparse
from pathlib import Path

from django.conf import settings

from dekat.accounts.actor import machine
from dekat.faces.clock import now
from dekat.sync import recovery
from dekat.sync.backup import check_backup
from dekat.sync.carried import take_stick
from dekat.sync.rescue import rescue
from dekat.sync.services import mark_durable


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat sync`."""
    parser = sub.add_parser("sync", help="packets that do not come by the line")
    commands = parser.add_subparsers(dest="sync_command", required=True)
    carried = commands.add_parser("import-usb", help="at the centre: take in a stick, put receipts and the feed on it")
    carried.add_argument("folder", type=Path, help="where the stick is mounted")
    carried.set_defaults(run=_import)
    durable = commands.add_parser("mark-durable", help="at the centre: stations may delete what this backup holds")
    durable.add_argument("backup", type=Path, help="the folder of a backup, or of one that was restored to be checked")
    durable.add_argument("--through", type=int, help="check and mark only up to this inbox number")
    durable.add_argument(
        "--database-url", default="", help="the backup's PostgreSQL database, restored beside the real"
    )
    durable.set_defaults(run=_mark_durable)
    made = commands.add_parser("recovery-key", help="at the centre: make the regency's offline recovery key")
    made.add_argument("file", type=Path, help="where its private half is written once; print it, then delete the file")
    made.set_defaults(run=_make_recovery_key)
    drill = commands.add_parser("recovery-drill", help="at the centre: open every held packet with the recovery key")
    drill.add_argument("file", type=Path, help="the private half, as it was written")
    drill.set_defaults(run=_drill)
    rescued = commands.add_parser("rescue", help="at a station without its database: all sealed packets onto a stick")
    rescued.add_argument("folder", type=Path, help="where the stick is mounted")
    rescued.set_defaults(run=_rescue)


def _import(options: argparse.Namespace) -> int:
    found = take_stick(options.folder, now=now())
    print(f"Stations: {', '.join(found.nodes) or 'none'}")
    print(f"New: {found.done['new']}, held before: {found.done['known']}, refused: {len(found.refused)}")
    if not found.is_written:
        print("The stick is full, locked or gone: not every receipt and piece of the feed is on it. Read it again.")
    for one in found.refused:
        print(f"  {one.name}: {one.code}")
    return 1 if found.refused else 0


def _mark_durable(options: argparse.Namespace) -> int:
    found = check_backup(options.backup, through=options.through, database_url=options.database_url)
    mark_durable(through_inbox_seq=found.through, now=now())
    print(f"The backup is whole up to number {found.through} ({found.checked} items checked). Stations learn it now.")
    return 0


def _make_recovery_key(options: argparse.Namespace) -> int:
    # Opened first: a folder that cannot be written costs no key.
    with options.file.open("x") as file:
        options.file.chmod(0o600)
        made = recovery.make_recovery_key(actor=machine(settings.NODE_NAME), now=now())
        text = made.raw.hex()
        file.write("\n".join(text[start : start + 32] for start in range(0, len(text), 32)) + "\n")
    print(f"Written: {options.file}. Print it twice, keep it in two safes, then delete the file.")
    print("From now on stations seal to it too. Try it once a year: dekat sync recovery-drill FILE")
    return 0


def _drill(options: argparse.Namespace) -> int:
    key = recovery.read_open_key(options.file.read_text())
    found = recovery.drill(key=key, actor=machine(settings.NODE_NAME), now=now())
    print(f"Opened: {found.opened}, sealed before this key was made: {found.older}, not opened: {len(found.broken)}")
    for item_id, code in found.broken:
        print(f"  {item_id}: {code}")
    return 1 if found.broken else 0


def _rescue(options: argparse.Namespace) -> int:
    found = rescue(options.folder, node=settings.NODE_NAME, now=now())
    print(f"Packets on the stick: {found.copied}, left out: {len(found.unreadable)}")
    for name in found.unreadable:
        print(f"  {name}")
    print("At the centre: `dekat sync import-usb`; then enrol this station anew.")
    return 1 if found.unreadable else 0
