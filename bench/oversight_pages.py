"""Five years of 23 kecamatan: made again from the log at 1, 4 and 16 times the events, and every page of the oversight.

Each size is a centre of its own, and each measurement a process of its own: so cold means cold, and memory is told.
Pages are told in the processor's time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import people
from bench.result import Result

TIMES = (1, 4, 16)
DAYS, DAYS_IN_FULL = 192, 1826
OVERSIGHT_MS, DEVICE_MS = 500, 200
COLD = ("/pengawasan/", "/pengawasan/alat/REK-24-12/", "/")


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Load, make again, ask pages cold, warm, and right after something was said; 1.9 million events in full."""
    most = DAYS_IN_FULL if is_full else DAYS
    made: dict[int, dict[str, float]] = {}
    loaded: dict[int, dict[str, float]] = {}
    for times in TIMES:
        home, days = folder / f"years-{times}", str(most * times // 16)
        home.mkdir()
        loaded[times] = _child(home, "load", days)
        made[times] = _child(home, "rebuild")
    events = f"{loaded[16]['events']:,.0f} events"
    rate = {f"s at {times}×": found["s"] for times, found in loaded.items()}
    yield Result(
        f"{events} said, signed and kept", loaded[16]["events"] / loaded[16]["s"], "events/s", 1500, "higher", rate
    )
    each = {times: made[times]["cpu_s"] / loaded[times]["events"] for times in TIMES}
    told = {f"s at {times}×": made[times]["s"] for times in TIMES} | {"µs/event": each[16] * 1e6}
    yield Result("all answers made again from the log", each[16] / each[1], "× the time per event", 1.3, "lower", told)
    yield Result(
        "memory while they are made again", made[16]["peak_mb"], "MB", 400, "lower", {"at 1×": made[1]["peak_mb"]}
    )
    yield from _pages(home, str(most))


def _pages(home: Path, days: str) -> Iterator[Result]:
    for page in COLD:
        _child(home, "cold", page)  # writes the bytecode, as an installed wheel has it
        first = _child(home, "cold", page)
        goal = DEVICE_MS if "alat" in page else OVERSIGHT_MS
        told = {"ms of loading before": first["load_ms"], "MB": first["peak_mb"]}
        yield Result(f"first page of a process: {page}", first["ms"], "ms", goal, "lower", told)
    warm = _child(home, "warm", days)
    memory = warm.pop("peak_mb")
    devices = {page: took for page, took in warm.items() if "/alat/" in page and not page.endswith("/alat/")}
    others = {page: took for page, took in warm.items() if page not in devices and " after " not in page}
    for name, found, goal in (("device", devices, DEVICE_MS), ("oversight", others, OVERSIGHT_MS)):
        still = {page: took for page, took in found.items() if " after " not in page}
        slowest = dict(sorted(still.items(), key=lambda pair: -pair[1])[:6])
        yield Result(f"slowest {name} page", max(still.values()), "ms", goal, "lower", slowest)
    after = {page: took for page, took in warm.items() if " after " in page}
    for page, took in after.items():
        yield Result(page, took, "ms", DEVICE_MS if "/alat/" in page else OVERSIGHT_MS, "lower")
    yield Result("memory of the process that gave all pages", memory, "MB", 400, "lower")


def _child(home: Path, *words: str) -> dict[str, float]:
    clock = home / "clock"
    clock.write_text(str(round((people.NOW - datetime.now(UTC)).total_seconds())))
    environment = {
        **os.environ,
        "DEKAT_DATA_DIR": str(home),
        "DEKAT_CLOCK_FILE": str(clock),
        "DEKAT_LOG_LEVEL": "ERROR",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(home.parent / "bytecode"),
    }
    command = [sys.executable, "-m", "bench.oversight_child", *words]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
