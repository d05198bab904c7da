"""`dekat report month`: the monthly report as PDF and XLSX, the same bytes whenever it is made."""

import argparse
from pathlib import Path

from django.conf import settings

from dekat.faces.oversight.exports import FORMATS, export
from dekat.faces.oversight.scope import scope_for
from dekat.faces.oversight.sheets.month import month
from dekat.reports.period import read_period


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat report`."""
    parser = sub.add_parser("report", help="write the reports of the oversight pages to files")
    commands = parser.add_subparsers(dest="report_command", required=True)
    command = commands.add_parser("month", help="the monthly report as PDF, XLSX and CSV")
    command.add_argument("month", help="a month: 2026-10; one that is not over is told up to now")
    command.add_argument("--folder", type=Path, default=Path(), help="where to write (default: here)")
    command.add_argument("--public", action="store_true", help="close small counts of residents")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the files and name them."""
    scope = scope_for(read_period(options.month).months()[0], is_exact=not options.public)
    address = f"{settings.ENV.public_url}/pengawasan/laporan/?{scope.query}"
    options.folder.mkdir(parents=True, exist_ok=True)
    found = month(scope)
    for form in FORMATS:
        path = options.folder / f"laporan-{scope.period.key}.{form}"
        path.write_bytes(export(found, form, address=address))
        print(path)
    return 0
