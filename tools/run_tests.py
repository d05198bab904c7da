"""Run the whole suite on SQLite, then again on a PostgreSQL of its own; stop at the first half that fails.

Arguments go to pytest. The last line of the output is pytest's closing line. Stdlib only.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import prerequisites
from private_postgres import private_postgres

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [ROOT / ".venv" / "bin" / "pytest", "-q", "--durations=10"]
# Stations keep SQLite wherever the suite runs: what starts only them need not start twice; nor does what asks no
# database (tests/conftest.py).
NOT_TWICE = ["-m", "not processes or centre_database"]
NOTHING_CHOSEN = 5


def main() -> int:
    """Both halves; the exit code of the first that failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    prerequisites.main()
    return half("SQLite", sys.argv[1:], database_url="") or on_postgresql()


def on_postgresql() -> int:
    """The half on PostgreSQL; that none of the chosen tests needs it is no failure."""
    with private_postgres() as address:
        code = half("PostgreSQL", [*NOT_TWICE, *sys.argv[1:]], database_url=address)
    return 0 if code == NOTHING_CHOSEN else code


def half(name: str, arguments: list[str], *, database_url: str) -> int:
    """One run of the suite."""
    sys.stdout.write(f"== The tests on {name}\n")
    sys.stdout.flush()
    environment = {**os.environ, "DEKAT_DATABASE_URL": database_url, "DEKAT_REQUIRE_BROWSER": "1"}
    command = [*PYTEST, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
