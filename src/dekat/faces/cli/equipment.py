"""`dekat equipment`: an older asset list into the register, with every fault named by row and column."""

import argparse
from pathlib import Path

from dekat.accounts.actor import Actor
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import Role
from dekat.equipment.list_import import DryRun, dry_run, import_list
from dekat.faces.central.equipment.words import fault_text
from dekat.faces.clock import now, today


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat equipment`."""
    parser = sub.add_parser("equipment", help="the register of equipment")
    commands = parser.add_subparsers(dest="equipment_command", required=True)
    load = commands.add_parser("import", help="read an older asset list (XLSX or CSV; KIB B as it is)")
    load.add_argument("file", type=Path)
    load.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
    load.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take the list, or say what it would do; 1 when it has faults, and then nothing is taken."""
    content, day = options.file.read_bytes(), today(now())
    found = dry_run(content, today=day)
    for kind, faults in (("salah", found.faults), ("catatan", found.notes)):
        for fault in faults:
            print(f"baris {fault.row}, kolom {fault.column} ({kind}): {fault_text(fault)}")
    if found.faults or options.dry_run:
        print(_summary(found))
        return 1 if found.faults else 0
    # Whoever may open this machine's shell speaks for the office that runs it.
    actor = Actor(account_id=None, role=Role.REGISTRY_HEAD, kecamatan="", node=own_identity().node.name)
    print(_summary(import_list(content, actor=actor, now=now(), today=day)))
    return 0


def _summary(found: DryRun) -> str:
    return (
        f"{len(found.new)} alat baru ({found.total}), {found.unchanged} sudah tercatat, "
        f"{len(found.faults)} kesalahan, {len(found.notes)} catatan."
    )
