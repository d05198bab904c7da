"""Run the whole suite on SQLite and, at the same time where there are processors for it, on a PostgreSQL of its own.

Arguments go to pytest. Both halves always run; the last line of the output is pytest's closing line of the half that
failed, else of the one on PostgreSQL. Stdlib only.
"""

import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import prerequisites
from private_postgres import private_postgres

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [ROOT / ".venv" / "bin" / "pytest", "-q", "--durations=10"]
# Stations keep SQLite wherever the suite runs: what starts only them need not start twice; nor does what asks no
# database (tests/conftest.py), nor what only looks at pages that other tests ask for on both.
NOT_TWICE = ["-m", "(not processes and not browser) or centre_database"]
# Ports of the sample regencies of this half, apart from those of the other one.
OTHER_PORTS = {"DEKAT_E2E_BASE": "18400", "DEKAT_E2E_SBI_BASE": "4741"}
NOTHING_CHOSEN = 5


@dataclass(frozen=True)
class Half:
    """How one run ended: its exit code and pytest's closing line."""

    code: int
    closing: str


def main() -> int:
    """Both halves; the exit code of the first that failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    prerequisites.main()
    with tempfile.TemporaryFile("w+") as later, ThreadPoolExecutor(1) as beside:
        is_beside = (os.cpu_count() or 1) > 1
        waiting = beside.submit(on_postgresql, sys.argv[1:], later) if is_beside else None
        sqlite = half("SQLite", sys.argv[1:], sys.stdout, DEKAT_DATABASE_URL="")
        postgresql = waiting.result() if waiting else on_postgresql(sys.argv[1:], later)
        later.seek(0)
        sys.stdout.writelines(later)
    if sqlite.code:
        sys.stdout.write(f"== On SQLite\n{sqlite.closing}")
    return sqlite.code or postgresql.code


def on_postgresql(arguments: list[str], out: IO[str]) -> Half:
    """The half on PostgreSQL; that none of the chosen tests needs it is no failure."""
    with private_postgres() as address:
        found = half("PostgreSQL", [*NOT_TWICE, *arguments], out, DEKAT_DATABASE_URL=address, **OTHER_PORTS)
    return Half(0, found.closing) if found.code == NOTHING_CHOSEN else found


def half(name: str, arguments: list[str], out: IO[str], **told: str) -> Half:
    """One run of the suite, written to `out` as it goes."""
    out.write(f"== The tests on {name}\n")
    environment = {**os.environ, **told, "DEKAT_REQUIRE_BROWSER": "1"}
    closing = ""
    with running([*PYTEST, *arguments], environment) as process:
        for line in process.stdout:
            out.write(line)
            out.flush()
            closing = line if line.strip() else closing
    return Half(process.returncode, closing)


@contextmanager
def running(command: list[Any], environment: dict[str, str]) -> Any:
    """A process whose words are read line by line; ended when we are."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield process
        process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
