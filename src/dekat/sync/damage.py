"""Whether this machine's database is whole, asked before anything is built on it."""

from django.db import DatabaseError, connection

from dekat.accounts import keyring
from dekat.kernel.errors import DekatError

# SQLite's own words; Django has one class for them and for much else.
_DAMAGE = ("malformed", "not a database", "disk I/O error")


class DatabaseDamaged(DekatError):
    """The database cannot be read as it was written: a failing disk, or another machine's key. Packets are files."""

    code = "sync.database.damaged"


def check_database() -> None:
    """Read every page of an embedded database once and refuse to go on with a damaged one.

    Facts: an encrypted page carries its own proof; 100 MB take about half a second.
    Refuses: sync.database.damaged.
    """
    if connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            # A page that the power cut in half is still whole in the log.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
            # The first names damaged pages and nothing else, the second says "ok".
            cursor.execute("PRAGMA cipher_integrity_check" if keyring.database_key() else "PRAGMA quick_check(1)")
            found = [str(row[0]) for row in cursor.fetchall()]
    except DatabaseError as error:
        raise DatabaseDamaged from error
    if found not in ([], ["ok"]):
        raise DatabaseDamaged


def is_damage(error: BaseException) -> bool:
    """Say whether the database refused because of what the disk gave it."""
    return isinstance(error, DatabaseError) and any(word in str(error) for word in _DAMAGE)
