"""`dekat evidence import|export|validate`: histories as JSON lines."""

import argparse
import sys
from pathlib import Path

from dekat.duties import history
from dekat.faces.clock import now


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat evidence`."""
    parser = sub.add_parser("evidence", help="load, write or check a history of evidence (docs/reference/evidence.md)")
    commands = parser.add_subparsers(dest="evidence_command", required=True)
    for name, help_text in (
        ("import", "load a history into a regency without evidence"),
        ("validate", "check a history and name each fault with its line"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("file", type=Path)
    commands.add_parser("export", help="write what is held here to standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do one of the three; 1 when the file has faults."""
    if options.evidence_command == "export":
        sys.stdout.writelines(f"{line}\n" for line in history.export_history())
        return 0
    with options.file.open(encoding="utf-8") as lines:
        if options.evidence_command == "import":
            print(f"{history.import_history(lines, now=now())} events loaded")
            return 0
        faults = list(history.validate(lines))
    for fault in faults:
        print(f"line {fault.line}: {fault.reason}")
    print("no faults" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0
