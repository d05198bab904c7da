"""The key of the station's database: wrapped once for each officer and once for the regency.

A station starts locked. The first officer who logs in unwraps the key with the password (Argon2id); it stays in memory
only. `DEKAT_DATABASE_KEY(_FILE)` unlocks at the start instead, for unattended machines and tests.
"""

import base64
import json
import os
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.conf import settings

from dekat.kernel.errors import DekatError
from dekat.kernel.sealing import OpenKey, SealKey

_REGENCY_INFO = b"dekat/keyring/regency/1"
_lock = threading.Lock()
_key = ""


class StationLocked(DekatError):
    """The station's data is locked until an officer logs in."""

    code = "accounts.keyring.station_locked"


class PasswordUnknown(DekatError):
    """No officer of this station has this name and password."""

    code = "accounts.keyring.password_unknown"


def database_key() -> str:
    """The database key as 64 hex letters; empty where the database is plain.

    Refuses: accounts.keyring.station_locked.
    """
    if not settings.IS_STATION:
        return ""
    if _key:
        return _key
    if settings.ENV.database_key:
        return str(settings.ENV.database_key)
    raise StationLocked


def is_locked() -> bool:
    """Say whether the station still waits for its first officer."""
    try:
        database_key()
    except StationLocked:
        return True
    return False


def create(path: Path, *, regency: SealKey) -> str:
    """Make a new database key and keep it wrapped for the regency; give the key once."""
    key = secrets.token_hex(32)
    keep(path, key=key, regency=regency)
    return key


def keep(path: Path, *, key: str, regency: SealKey) -> None:
    """Begin a keyring for a database key that exists: wrapped for the regency, no officer yet."""
    sealed = regency.seal(bytes.fromhex(key), info=_REGENCY_INFO)
    write_private(path, {"regency": base64.b64encode(sealed).decode(), "officers": {}})


def add_officer(path: Path, *, username: str, password: str, key: str, mark: str = "") -> None:
    """Wrap the key for one more officer (or anew, after a changed password); what the former password opened is void.

    Facts: `mark` names the account's password as kept in the database, to notice later that it changed.
    """
    with _lock:
        ring = json.loads(path.read_text())
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        wrapped = AESGCM(_derive(password, salt)).encrypt(nonce, bytes.fromhex(key), username.encode())
        ring["officers"][username] = base64.b64encode(salt + nonce + wrapped).decode()
        ring.setdefault("marks", {})[username] = mark
        write_private(path, ring)


def keep_in_step(path: Path, *, username: str, password: str, mark: str) -> None:
    """Let an officer who logged in also open the locked station: wrap the key once after each changed password.

    Again: with the same mark nothing is written. A node without a keyring has nothing to keep.
    """
    if not path.exists() or not database_key():
        return
    ring = json.loads(path.read_text())
    if username in ring["officers"] and ring.get("marks", {}).get(username) == mark:
        return
    add_officer(path, username=username, password=password, key=database_key(), mark=mark)


def regency_part(path: Path) -> bytes:
    """The key as only the regency's centre opens it."""
    return base64.b64decode(json.loads(path.read_text())["regency"])


def open_for_regency(sealed: bytes, *, key: OpenKey) -> bytes:
    """At the centre: the database key of a station out of its regency part.

    Refuses: kernel.sealing.seal_broken.
    """
    return key.open(sealed, info=_REGENCY_INFO)


def use_key(key: str) -> None:
    """Open the station's data for this process with a key that came back from the centre."""
    global _key
    _key = key


def unlock(path: Path, *, username: str, password: str) -> None:
    """Open the station's data for this process.

    Refuses: accounts.keyring.password_unknown.
    """
    global _key
    ring = json.loads(path.read_text())
    # A missing name costs the same time as a wrong password.
    blob = base64.b64decode(ring["officers"].get(username, "")) or bytes(76)
    try:
        opened = AESGCM(_derive(password, blob[:16])).decrypt(blob[16:28], blob[28:], username.encode())
    except InvalidTag as error:
        raise PasswordUnknown from error
    _key = opened.hex()


def _derive(password: str, salt: bytes) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=65536).derive(password.encode())


def write_private(path: Path, ring: Mapping[str, object]) -> None:
    """Have a small file whole on the disk, readable by this node alone."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    # Nobody else may read it, not even for the moment before a chmod.
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(ring, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
