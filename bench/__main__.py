"""Run the benches (all, or the one named), print a table, write `bench/results/latest.json`."""

import argparse
import json
import logging
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import bench
from bench.result import Result

NOT_BENCHES = {
    "__main__",
    "result",
    "people",
    "busy_station",
    "extract_ends",
    "oversight_child",
    "years",
    "years_story",
}


def main() -> None:
    """Measure, print, write."""
    names = [found.name for found in iter_modules(bench.__path__) if not found.ispkg and found.name not in NOT_BENCHES]
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("only", nargs="?", default="", help=f"one of: {', '.join(names)}")
    parser.add_argument("--full", action="store_true", help="a million residents, whole packets on bad lines (an hour)")
    options = parser.parse_args()
    if options.only and options.only not in names:
        parser.error(f"{options.only} is none of: {', '.join(names)}")
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=_scratch()))
    try:
        _prepare(folder)
        chosen = [name for name in names if options.only in ("", name)]
        results = [row for name in chosen for row in _measured(name, folder, is_full=options.full)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(table(results))
    print(machine)
    target = Path(__file__).parent / "results" / "latest.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps([row.as_json(machine) for row in results], indent=1) + "\n")


def table(results: list[Result]) -> str:
    """The figures as aligned text."""
    rows = [("what", "value", "goal", "", "in the same run")]
    for row in results:
        peers = ", ".join(f"{name} {value:,.3g}" for name, value in row.peers.items())
        goal = f"{'≤' if row.better == 'lower' else '≥'} {row.goal:,g}"
        rows.append((row.name, f"{row.value:,.4g} {row.unit}", goal, "met" if row.is_met else "MISSED", peers))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _measured(name: str, folder: Path, *, is_full: bool) -> Iterator[Result]:
    print(f"… {name}", flush=True)
    yield from import_module(f"bench.{name}").measure(folder, is_full=is_full)


def _scratch() -> Path:
    scratch = Path(__file__).resolve().parent.parent / "var"
    scratch.mkdir(exist_ok=True)
    return scratch


def _prepare(folder: Path) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="dekat.project.settings",
        DEKAT_DATA_DIR=str(folder),
        DEKAT_DATABASE_URL="",
        DEKAT_ROLE="centre",
        DEKAT_SAMPLE="1",
    )
    import django

    django.setup()
    logging.disable(logging.INFO)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
