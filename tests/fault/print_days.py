"""Lives randomised days of a print desk (`print_schedules`) in a station of its own; prints what happened as JSON."""

import argparse
import json
import logging
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import django

PLACE = "35.11.15"


def main() -> None:
    """Found a station in an empty folder and live the days there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="dekat.project.settings",
            DEKAT_ROLE="station",
            DEKAT_KECAMATAN=PLACE,
            DEKAT_DATA_DIR=folder,
            DEKAT_DATABASE_URL="",
            DEKAT_DATABASE_KEY="ab" * 32,
        )
        django.setup()
        logging.disable(logging.INFO)
        print(json.dumps(_live(given.count, given.seed, Path(folder))))


def _live(count: int, seed: int, folder: Path) -> dict[str, object]:
    from django.core.management import call_command

    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import found_node
    from tests.fault import print_schedules
    from tests.make import printing

    call_command("migrate", verbosity=0)
    now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    found_node(name=f"station-{PLACE}", kind=NodeKind.STATION, kecamatan=PLACE, now=now)
    printing.keep_documents_in(folder / "archive")
    return print_schedules.run(count, seed=seed, folder=folder, now=now)


if __name__ == "__main__":
    main()
