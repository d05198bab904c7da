"""A new release meets the old data: a copy first, then the migrations; when one fails, the copy comes back.

Sealed packets are files beside the database and are never touched. The copy is as encrypted as the database itself.
"""

import logging
import os
import shutil
from collections.abc import Callable
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


class UpgradeFailed(DekatError):
    """A migration broke off; the data is as it was before, and the former release can go on with it."""

    code = "project.upgrade.failed"


class UpgradeNeedsRoom(DekatError):
    """The disk has no room for the copy that an upgrade makes first; nothing was changed."""

    code = "project.upgrade.no_room"


def upgrade(*, folder: Path, now: datetime, migrate: Callable[[], object] | None = None) -> None:
    """Bring the database to this release's tables, or leave it exactly as it was.

    Facts: PostgreSQL has its own backups and is only migrated.
    Again: a database that is up to date is not touched.
    Refuses: project.upgrade.no_room, project.upgrade.failed.
    """
    if not _is_behind():
        return
    run = migrate or _migrate
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not _has_tables():
        run()
        return
    try:
        copy = _copy(database, folder / FOLDER, now)
    except (DatabaseError, OSError) as error:
        raise UpgradeNeedsRoom from error
    try:
        run()
    except Exception as error:  # whatever a migration breaks with: half of it must not stay
        logger.exception("project.upgrade.failed")
        _bring_back(copy, database)
        raise UpgradeFailed from error
    logger.info("project.upgrade.done")


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _has_tables() -> bool:
    return "django_migrations" in connection.introspection.table_names()


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _copy(database: Path, folder: Path, now: datetime) -> Path:
    """Copy database and log while nobody may write; both are pages under the same key."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in sorted(folder.glob("*.db"))[: -KEPT_COPIES + 1]:
        _remove(old)
    if shutil.disk_usage(folder).free < database.stat().st_size * _ROOM_FACTOR:
        raise UpgradeNeedsRoom
    target = folder / f"{now:%Y%m%d-%H%M%S}.db"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("BEGIN IMMEDIATE")
        try:
            for source in _files(database):
                if source.exists():
                    _copied(source, Path(str(source).replace(str(database), str(target))))
        finally:
            cursor.execute("ROLLBACK")
    flush_folder(folder)
    return target


def _bring_back(copy: Path, database: Path) -> None:
    connection.close()
    Path(f"{database}-shm").unlink(missing_ok=True)
    for source, target in zip(_files(copy), _files(database), strict=True):
        if source.exists():
            draft = target.with_name(f"{target.name}.draft")
            _copied(source, draft)
            draft.replace(target)
        else:
            target.unlink(missing_ok=True)
    flush_folder(database.parent)


def _copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _files(database: Path) -> tuple[Path, Path]:
    # The log goes first: a new database beside an old log would be read as one.
    return Path(f"{database}-wal"), database


def _remove(database: Path) -> None:
    for one in (*_files(database), Path(f"{database}-shm")):
        one.unlink(missing_ok=True)
