"""Run the benches (all, or the one named), print a table, write `bench/results/latest.json`."""

import argparse
import json
import os
import platform
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import bench
from bench.result import Result

NOT_BENCHES = {"__main__", "result"}


def main() -> None:
    """Measure, print, write."""
    names = [found.name for found in iter_modules(bench.__path__) if found.name not in NOT_BENCHES]
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("only", nargs="?", default="", help=f"one of: {', '.join(names)}")
    only = parser.parse_args().only
    if only and only not in names:
        parser.error(f"{only} is none of: {', '.join(names)}")
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=_scratch()))
    try:
        _prepare(folder)
        results = [row for name in names if only in ("", name) for row in import_module(f"bench.{name}").measure(folder)]
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
        sign = "≤" if row.better == "lower" else "≥"
        rows.append(
            (row.name, f"{row.value:,.4g} {row.unit}", f"{sign} {row.goal:,g}", "met" if row.is_met else "MISSED", peers)
        )
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def _scratch() -> Path:
    scratch = Path(__file__).resolve().parent.parent / "var"
    scratch.mkdir(exist_ok=True)
    return scratch


def _prepare(folder: Path) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="dekat.project.settings", DEKAT_DATA_DIR=str(folder), DEKAT_ROLE="centre", DEKAT_SAMPLE="1"
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
