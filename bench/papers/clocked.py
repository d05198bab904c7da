"""How each engine is clocked: warm, one paper after another. Stdlib only: it runs where only a peer is installed."""

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

WARM_UP = 3
TICKS = os.sysconf("SC_CLK_TCK")


def clock(draw: Callable[[int, dict[str, object]], bytes], *, is_tree: bool = False) -> None:
    """Draw `--count` papers of `--content` (JSON, one a line) into `--folder`; print seconds and memory as JSON.

    Facts: `is_tree` counts the CPU time and memory of every process below this one too.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--content", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    given = parser.parse_args()
    contents = [json.loads(line) for line in given.content.read_text().splitlines()]
    for number in range(WARM_UP):
        draw(number, contents[number % len(contents)])
    cpu, wall = [], []
    for number in range(given.count):
        before, start = cpu_s(is_tree=is_tree), time.perf_counter()
        paper = draw(number, contents[number % len(contents)])
        wall.append(time.perf_counter() - start)
        cpu.append(cpu_s(is_tree=is_tree) - before)
        (given.folder / f"{number}.pdf").write_bytes(paper)
    print(json.dumps({"cpu_s": cpu, "wall_s": wall, "peak_mb": peak_mb(is_tree=is_tree)}))


def cpu_s(*, is_tree: bool) -> float:
    """CPU seconds used so far by this process, or by all below it too."""
    if not is_tree:
        return time.process_time()
    fields = [_stat(pid) for pid in _tree(os.getpid())]
    return sum(int(one[11]) + int(one[12]) for one in fields if one) / TICKS


def peak_mb(*, is_tree: bool) -> float:
    """The most memory that was resident; of a tree, the sum of what is its own or shared by parts (PSS) now."""
    if is_tree:
        return sum(_kb(pid, "smaps_rollup", "Pss:") for pid in _tree(os.getpid())) / 1024
    return _kb(os.getpid(), "status", "VmHWM:") / 1024  # ru_maxrss would count the process that started this one


def _tree(top: int) -> list[int]:
    parents = {int(path.name): _stat(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit()}
    found, fresh = {top}, {top}
    while fresh:
        fresh = {pid for pid, stat in parents.items() if stat and int(stat[1]) in fresh} - found
        found |= fresh
    return sorted(found)


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: state, parent, …"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _kb(pid: int, file: str, field: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(field)), 0)
