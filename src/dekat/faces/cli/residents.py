"""`dekat residents`: a population file into the register, with a report of what was not taken; and to the stations."""

import argparse
import csv
import sys
from contextlib import ExitStack
from pathlib import Path

from dekat.accounts.actor import machine
from dekat.accounts.queries import own_identity, stations
from dekat.faces.clock import now
from dekat.faces.refusals.words import all_words
from dekat.registry.invariants import INVARIANTS, broken
from dekat.registry.services import import_population, publish_extract
from dekat.registry.views import RowFault

MOST_SHOWN = 20
HEADER = ("baris", "kolom", "kode", "apa yang terjadi", "apa yang harus dilakukan")


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat residents`."""
    parser = sub.add_parser("residents", help="the population register")
    commands = parser.add_subparsers(dest="residents_command", required=True)
    load = commands.add_parser("import", help="read residents from a CSV or XLSX file")
    load.add_argument("file", type=Path, help="columns as in docs/reference/population-file.md")
    load.add_argument("--report", type=Path, help="write the rows that were not taken to this CSV file")
    load.set_defaults(run=run)
    tell = commands.add_parser("publish", help="tell stations everybody of their kecamatan, in blocks")
    tell.add_argument("kecamatan", nargs="*", help="codes like 35.11.19; all that have a station when left out")
    tell.set_defaults(run=publish)
    prove = commands.add_parser("check", help="ask whether everything that must be true of the register is")
    prove.set_defaults(run=check)


def run(options: argparse.Namespace) -> int:
    """Import the file; exit code 0 also when single rows were refused, for the good ones are in."""
    with ExitStack() as stack:
        out = stack.enter_context(options.report.open("w", encoding="utf-8", newline="")) if options.report else None
        writer = csv.writer(out or sys.stderr)
        writer.writerow(HEADER) if out else None
        words = all_words()

        def write(fault: RowFault) -> None:
            said = words[fault.code]
            # A fault of a row knows its column; what a sentence would name besides is left open.
            texts = (said.happened.replace("{list}", fault.column), said.do_now)
            writer.writerow((fault.row, fault.column, fault.code, *texts))

        actor = machine(own_identity().node.name)
        result = import_population(path=options.file, actor=actor, now=now(), on_fault=write)
    print(
        f"{result.read} baris dibaca: {result.added} baru, {result.changed} berubah, "
        f"{result.unchanged} tetap, {result.refused} tidak diambil."
    )
    return 0


def publish(options: argparse.Namespace) -> int:
    """Publish now; the centre does the same by itself within ten minutes of an import."""
    codes = options.kecamatan or sorted({one.kecamatan for one in stations() if one.kecamatan})
    for code in codes:
        told = publish_extract(code, now=now())
        print(f"{code}: {told.residents} warga, {told.blocks} bagian, {told.fetched_bytes / 1e6:.2f} MB")
    return 0


def check(options: argparse.Namespace) -> int:
    """Name each invariant that is broken, with ids and no personal data; 1 when there is one."""
    found = broken()
    for one in INVARIANTS:
        ids = found.get(one.key, [])
        print(f"{one.key}: {'ya' if not ids else f'TIDAK, {len(ids)}'}")
        for some_id in ids[:MOST_SHOWN]:
            print(f"  {some_id}")
    return 1 if found else 0
