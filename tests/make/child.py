"""A program of the tests in a process of its own, as a node with an empty folder: what it printed, as JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def told_by(program: str, *words: str, data: Path, timeout_s: int = 120, **settings: str) -> Any:
    """Run `python -m program`; only `settings` (without `DEKAT_`) and what is the same for all reach it."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("DEKAT_")},
        "DEKAT_ROLE": "station",
        "DEKAT_KECAMATAN": "35.11.12",
        "DEKAT_DATABASE_KEY": "ab" * 32,
        "DEKAT_SECRET_KEY": "test",
        "DEKAT_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        **{f"DEKAT_{name}": value for name, value in settings.items()},
    }
    done = subprocess.run(
        [sys.executable, "-m", program, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    assert done.stdout, done.stderr[-3000:]
    return json.loads(done.stdout)
