"""A process of its own: a station of the release before, with packets that wait, meets this release.

Run by `test_station_upgrade` as `python -m tests.upgrade.upgraded_station`; prints what it found as JSON.
"""

import json
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from dekat.kernel.ids import new_id  # noqa: E402
from dekat.ledger.queries import faults  # noqa: E402
from dekat.project.upgrade import FOLDER, UpgradeFailed, upgrade  # noqa: E402
from dekat.sync import queries, services  # noqa: E402
from dekat.sync.rules import Carrier  # noqa: E402
from tests.make.lone_station import found_alone  # noqa: E402

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
# The last migration of the release before, by concept; a concept without a line had none since.
BEFORE = {"enrolment": "0001"}
COPIES = settings.ENV.data_dir / FOLDER


def main() -> None:
    """Packets of the old release; a failed upgrade; a good one; three more, whose copies are bounded."""
    call_command("migrate", verbosity=0)
    for concept, last in BEFORE.items():
        call_command("migrate", concept, last, verbosity=0)
    found_alone(now=NOW)
    for number in range(5):
        services.seal_packet(packet_id=new_id(NOW), kind="t/1", content=bytes([number]) * 9000, operator="", now=NOW)
        services.send_message(message_id=new_id(NOW), kind="t/1", body={"n": number}, now=NOW)
    found = {"before": waiting(), "failed": fail(), "after_failure": waiting(), "columns_after_failure": columns()}
    upgrade(folder=settings.ENV.data_dir, now=NOW)
    copy = max(COPIES.glob("*.db"))
    found |= {
        "after": waiting(),
        "columns": columns(),
        "lost": services.reconcile(now=NOW).files_lost,
        "faults": len(list(faults())),
        "is_copy_plain": copy.read_bytes().startswith(b"SQLite format 3"),
        "copy_mode": copy.stat().st_mode & 0o077,
        "integrity": connection.cursor().execute("PRAGMA integrity_check").fetchone()[0],
    }
    for day in range(1, 4):
        call_command("migrate", "enrolment", "0001", verbosity=0)
        upgrade(folder=settings.ENV.data_dir, now=NOW.replace(day=day))
    found |= {"copies": len(list(COPIES.glob("*.db"))), "at_last": waiting()}
    sys.stdout.write(json.dumps(found))


def fail() -> bool:
    """A migration that breaks off after half its work was committed."""

    def half() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sync_outitem")
            cursor.execute("CREATE TABLE half (a)")
        raise AttributeError("broken off")

    try:
        upgrade(folder=settings.ENV.data_dir, now=NOW, migrate=half)
    except UpgradeFailed:
        return "half" not in connection.introspection.table_names()
    return False


def waiting() -> list[str]:
    """Every item that waits, with the digest of the bytes that would be sent."""
    items = [*queries.items_to_send(carrier=Carrier.PACKET), *queries.items_to_send(carrier=Carrier.MESSAGE)]
    return [f"{item.id} {sha256(queries.sealed_bytes(item.id) or b'').hexdigest()}" for item in items]


def columns() -> int:
    """How many columns a recording has, to see which release's tables these are."""
    with connection.cursor() as cursor:
        return len(connection.introspection.get_table_description(cursor, "enrolment_recording"))


if __name__ == "__main__":
    Path(settings.ENV.data_dir).mkdir(parents=True, exist_ok=True)
    main()
