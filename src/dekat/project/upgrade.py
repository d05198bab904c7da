"""A new release meets the old data: it works on a copy, and one rename puts that in the place of the old database.

Whatever ends an upgrade, at any instant, leaves the old database as it was or the new one whole; the old one is kept.
Sealed packets are files beside the database and are never touched. The copy is as encrypted as the database itself.
"""

import contextlib
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from dekat.kernel.errors import DekatError
from dekat.sync.files import flush_folder

logger = logging.getLogger(__name__)
FOLDER = "before-upgrade"
KEPT_COPIES = 2
# Beside the copy, the migrations write their own log.
_ROOM_FACTOR = 2.2
_TRIES = 3


class UpgradeFailed(DekatError):
    """A migration broke off; the data is as it was before, and the former release can go on with it."""

    code = "project.upgrade.failed"


class UpgradeNeedsRoom(DekatError):
    """The disk has no room for the copy that an upgrade makes first; nothing was changed."""

    code = "project.upgrade.no_room"


class UpgradeUnderWay(DekatError):
    """The data is being brought to this release's shape; pages wait that long."""

    code = "project.upgrade.under_way"


def upgrade(
    *,
    folder: Path,
    now: datetime,
    migrate: Callable[[], object] | None = None,
    on_begin: Callable[[], object] | None = None,
) -> None:
    """Bring the database to this release's tables, or leave it exactly as it was.

    Facts: PostgreSQL has its own backups and is only migrated. Nobody else may write in the meantime: `on_begin` is
    called first, where there is something to do, to close the pages.
    Again: a database that is up to date is not touched; after a stop in the middle it begins anew.
    Refuses: project.upgrade.no_room, project.upgrade.failed.
    """
    if not _is_behind():
        return
    if on_begin:
        on_begin()
    run = migrate or _migrate
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not _has_tables():
        run()
        return
    draft = database.with_name(f"{database.name}.draft")
    try:
        with _nobody_writes(database):
            _copy(database, draft)
            _renew(draft, run)
            _keep(database, folder / FOLDER, now)
        _put_in_place(draft, database)
    except OSError as error:
        _remove(draft)
        raise UpgradeNeedsRoom from error
    logger.info("project.upgrade.done")


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _has_tables() -> bool:
    return "django_migrations" in connection.introspection.table_names()


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


@contextlib.contextmanager
def _nobody_writes(database: Path) -> Iterator[None]:
    """Hold the writers' lock of a database whose log is empty, so that its one file is all there is."""
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            for _ in range(_TRIES):
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.fetchall()
                cursor.execute("BEGIN IMMEDIATE")
                if not _has_log(database):
                    break
                cursor.execute("ROLLBACK")
            else:
                raise UpgradeFailed
            yield
            cursor.execute("ROLLBACK")
    except DatabaseError as error:
        raise UpgradeFailed from error
    finally:
        holder.close()


def _has_log(database: Path) -> bool:
    log = Path(f"{database}-wal")
    return log.exists() and log.stat().st_size > 0


def _copy(database: Path, draft: Path) -> None:
    _remove(draft)
    if shutil.disk_usage(database.parent).free < database.stat().st_size * _ROOM_FACTOR:
        raise UpgradeNeedsRoom
    shutil.copyfile(database, draft)
    draft.chmod(0o600)


def _renew(draft: Path, run: Callable[[], object]) -> None:
    """Run the migrations on the draft; only this thread's connection goes there."""
    usual = connection.settings_dict
    connection.close()
    connection.settings_dict = {**usual, "NAME": str(draft)}
    try:
        run()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
    except Exception as error:  # whatever a migration breaks with: half of it must not stay
        logger.exception("project.upgrade.failed")
        connection.close()
        _remove(draft)
        raise UpgradeFailed from error
    finally:
        connection.close()
        connection.settings_dict = usual


def _keep(database: Path, folder: Path, now: datetime) -> None:
    """Give the old database a second name, under which it stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in sorted(folder.glob("*.db"))[: -KEPT_COPIES + 1]:
        old.unlink()
    kept = folder / f"{now:%Y%m%d-%H%M%S}.db"
    kept.unlink(missing_ok=True)
    database.chmod(0o600)
    try:
        os.link(database, kept)
    except OSError:
        # The folder is on another disk, or the file system has no links.
        shutil.copyfile(database, kept)
        kept.chmod(0o600)
    flush_folder(folder)


def _put_in_place(draft: Path, database: Path) -> None:
    # The log is empty, and a log of the old database must never be read beside the new one.
    for beside in ("-wal", "-shm"):
        Path(f"{database}{beside}").unlink(missing_ok=True)
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(database)
    flush_folder(database.parent)


def _remove(database: Path) -> None:
    for beside in ("", "-wal", "-shm"):
        Path(f"{database}{beside}").unlink(missing_ok=True)
