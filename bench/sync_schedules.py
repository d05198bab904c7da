"""Ten thousand drawn days of a station and its centre: drops, doubles, delays, kills, full disks, clocks, upgrades."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bench.result import Result

COUNT, SEED = 10_000, 1
ROOT = Path(__file__).resolve().parent.parent


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Days after which something was lost, doubled or changed; the same seed gives the same day."""
    shares = 2 * (os.cpu_count() or 1)
    bounds = [share * COUNT // shares for share in range(shares + 1)]
    runs = [_begin(SEED + first, until - first) for first, until in pairwise(bounds)]
    found = [json.loads(run.communicate()[0]) for run in runs]
    for one in found:
        for broken in one["broken"]:
            print(broken)
    days = sum(one["count"] for one in found)
    deaths = sum(one["tried"].get("deaths", 0) for one in found)
    packets = sum(one["tried"].get("packet", 0) for one in found)
    peers = {"days": float(days), "deaths": float(deaths), "packets": float(packets)}
    yield Result("sync under trouble: broken days", sum(len(one["broken"]) for one in found), "", 0, "lower", peers)
    yield Result("sync under trouble: duration", max(one["seconds"] for one in found), "s", 3600, "lower")


def _begin(seed: int, count: int) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.fault.sync_schedules", "--count", str(count), "--seed", str(seed)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
