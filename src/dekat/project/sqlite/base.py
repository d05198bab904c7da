"""Django's SQLite backend on SQLCipher.

The key comes from the keyring when a connection opens; without a key (centre, tests) the same library runs plain.
"""

import sys
from collections.abc import Callable
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2
from django.db.utils import OperationalError

from dekat.accounts import keyring
from dekat.project.sqlite.fifo import FifoLock

# Django's backend takes its DB-API module by name; it is imported once with SQLCipher standing in that name.
_STAND_IN = {"sqlite3": sqlcipher3, "sqlite3.dbapi2": sqlcipher3.dbapi2}
_DJANGO = ("django.db.backends.sqlite3.base", "django.db.backends.sqlite3._functions")
_before = {name: sys.modules.pop(name, None) for name in (*_STAND_IN, *_DJANGO)}
sys.modules.update(_STAND_IN)
try:
    from django.db.backends.sqlite3 import base as django_sqlite
finally:
    for _name, _module in _before.items():
        sys.modules.pop(_name, None)
        if _module is not None:
            sys.modules[_name] = _module

WRITERS = FifoLock()
WRITER_TIMEOUT_S = 20.0
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """One connection; its transactions wait in the process's one queue for writers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._holds_queue = False
        self.execute_wrappers.append(self._in_queue)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # The key must be given before anything else touches the file, Django's init command included.
        params = dict(conn_params)
        key = keyring.database_key()

        class Keyed(sqlcipher3.dbapi2.Connection):  # type: ignore[misc]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                if key:
                    self.execute(f"PRAGMA key = \"x'{key}'\"")
                    self.execute("PRAGMA cipher_log_level = NONE")

        return super().get_new_connection({**params, "factory": Keyed})

    def _start_transaction_under_autocommit(self) -> None:
        self._take_queue()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        # A commit that failed leaves its transaction open: the roll-back or the closing that follows gives the turn up.
        self._leave_queue()

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._leave_queue()

    def _in_queue(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """A statement that writes outside a transaction is one of its own and waits like all others."""
        if self._holds_queue or self.in_atomic_block or not sql.lstrip()[:7].upper().startswith(_WRITES):
            return execute(sql, params, many, context)
        self._take_queue()
        try:
            return execute(sql, params, many, context)
        finally:
            self._leave_queue()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _take_queue(self) -> None:
        if not self._holds_queue:
            if not WRITERS.acquire(WRITER_TIMEOUT_S):
                raise OperationalError("The queue for writers did not move for 20 seconds")
            self._holds_queue = True

    def _leave_queue(self) -> None:
        if self._holds_queue:
            self._holds_queue = False
            WRITERS.release()
