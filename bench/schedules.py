"""A thousand drawn recordings under kills, power cuts, pulled plugs, full disks and jumping clocks."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.result import Result

COUNT, SEED = 1000, 7
ROOT = Path(__file__).resolve().parent.parent


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Lost steps and half packets over all schedules; the same seed gives the same schedules."""
    halves = [(SEED, COUNT // 2), (SEED + COUNT // 2, COUNT - COUNT // 2)]
    runs = [_begin(folder / f"schedules-{seed}", seed, count) for seed, count in halves]
    found = [json.loads(run.communicate()[0]) for run in runs]
    for one in found:
        for broken in one["broken"]:
            print(broken)
    peers = {"schedules": float(COUNT), "deaths": float(sum(one["tried"]["deaths"] for one in found))}
    yield Result("recordings under trouble: lost steps", sum(one["lost_steps"] for one in found), "", 0, "lower", peers)
    yield Result("recordings under trouble: half packets", sum(one["half_packets"] for one in found), "", 0, "lower")
    yield Result("recordings under trouble: duration", max(one["seconds"] for one in found), "s", 900, "lower")


def _begin(home: Path, seed: int, count: int) -> "subprocess.Popen[str]":
    home.mkdir()
    environment = {
        **os.environ,
        "DEKAT_ROLE": "station",
        "DEKAT_KECAMATAN": "35.11.12",
        "DEKAT_JUDGE": "off",
        "DEKAT_DATA_DIR": str(home),
        "DEKAT_DATABASE_KEY": secrets.token_hex(32),
        "DEKAT_SECRET_KEY": secrets.token_hex(32),
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", "tests.fault.schedules", "--count", str(count), "--seed", str(seed)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
