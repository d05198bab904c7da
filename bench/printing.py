"""A thousand papers through a printer that runs out, stops, forgets, lies and dies, with our worker killed between."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bench.result import Result

DAYS, SEED = 100, 1
ROOT = Path(__file__).resolve().parent.parent


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Papers that were lost and sheets that came out without being written down; the same seed gives the same day."""
    shares = os.cpu_count() or 1
    bounds = [share * DAYS // shares for share in range(shares + 1)]
    runs = [_begin(SEED + first, until - first) for first, until in pairwise(bounds)]
    found = [json.loads(run.communicate()[0]) for run in runs]
    broken = [fault for one in found for fault in one["broken"]]
    print("\n".join(broken))
    tried = {
        what: float(sum(one["tried"].get(what, 0) for one in found))
        for what in ("jobs", "die before", "die after", "restart", "power-off", "answer lost", "question twice")
    }
    papers = {"papers": float(10 * DAYS)}
    yield Result("papers lost", sum(": lost" in fault for fault in broken), "", 0, "lower", papers | tried)
    yield Result("sheets double and unnoticed", sum(": double" in fault for fault in broken), "", 0, "lower")


def _begin(seed: int, count: int) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.fault.print_days", "--count", str(count), "--seed", str(seed)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
