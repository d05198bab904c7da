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
PYTEST = [ROOT / ".venv" / "bin" / "pytest", "-q"]


def main() -> int:
    """Both halves; the exit code of the first that failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    prerequisites.main()
    return half("SQLite", database_url="") or on_postgresql()


def on_postgresql() -> int:
    """The half on PostgreSQL."""
    with private_postgres() as address:
        return half("PostgreSQL", database_url=address)


def half(name: str, *, database_url: str) -> int:
    """One run of the suite."""
    sys.stdout.write(f"== The tests on {name}\n")
    sys.stdout.flush()
    environment = {**os.environ, "DEKAT_DATABASE_URL": database_url}
    return subprocess.run([*PYTEST, *sys.argv[1:]], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
