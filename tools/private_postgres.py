"""A PostgreSQL server of this run's own: made, used, stopped, removed. Stdlib only."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from prerequisites import postgresql_bin

ROOT = Path(__file__).resolve().parent.parent
# Nothing here outlives the run, so nothing is worth waiting for a disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@contextmanager
def private_postgres() -> Iterator[str]:
    """Give the address of a fresh server on a free loopback port; stop and remove it also after a failure."""
    programs = postgresql_bin()
    if programs is None:
        sys.exit("PostgreSQL is missing: sudo apt-get install postgresql")
    person = server_account()
    folder = data_folder(person)
    password = secrets.token_hex(16)
    server: subprocess.Popen[bytes] | None = None
    try:
        make_cluster(programs, folder, person, password)
        port = free_port()
        server = start(programs, folder, person, port)
        wait_until_ready(programs, port, server, folder)
        yield f"postgresql://dekat:{password}@127.0.0.1:{port}/postgres"
    finally:
        if server:
            server.send_signal(2)  # SIGINT: PostgreSQL's fast shutdown
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def server_account() -> str | None:
    """Whom the server runs as: ourselves, except that it refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    sys.exit("PostgreSQL does not run as root, and there is no account postgres or nobody to run it as.")


def rights(person: str | None) -> dict[str, Any]:
    """What makes a child process run as that account and nothing more."""
    if not person:
        return {}
    return {"user": person, "group": pwd.getpwnam(person).pw_gid, "extra_groups": []}


def data_folder(person: str | None) -> Path:
    """A folder below `var/`, or below the system's temporary folder where that account cannot reach ours."""
    parent = ROOT / "var"
    parent.mkdir(exist_ok=True)
    if person:
        reaches = subprocess.run(["test", "-x", parent], **rights(person), check=False, cwd="/").returncode == 0
        parent = parent if reaches else Path(tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=parent))
    if person:
        shutil.chown(folder, person)
    return folder


def make_cluster(programs: Path, folder: Path, person: str | None, password: str) -> None:
    """Create an empty cluster that only the password opens."""
    secret = folder / "password"
    secret.write_text(password)
    if person:
        shutil.chown(secret, person)
    command = [programs / "initdb", "-D", folder / "data", "-U", "dekat", "-A", "scram-sha-256", f"--pwfile={secret}",
               "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]  # fmt: skip
    done = subprocess.run(command, **rights(person), cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"PostgreSQL could not make its data folder:\n{done.stderr}")
    secret.unlink()


def start(programs: Path, folder: Path, person: str | None, port: int) -> "subprocess.Popen[bytes]":
    """Start the server on loopback alone."""
    settings = [f"-c{setting}" for setting in (*FAST, "listen_addresses=127.0.0.1", "unix_socket_directories=")]
    command = [programs / "postgres", "-D", folder / "data", "-p", str(port), *settings]
    with (folder / "log").open("wb") as log:
        # A session of its own: Ctrl-C must reach the tests first, the server last.
        return subprocess.Popen(command, **rights(person), cwd=folder, stdout=log, stderr=log, start_new_session=True)


def wait_until_ready(programs: Path, port: int, server: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Return when the server takes connections."""
    for _ in range(300):
        ready = subprocess.run([programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False)
        if ready.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
