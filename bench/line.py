"""Our line and others' on the lines of the kecamatan: each contestant on a bad link of its own, all at the same time.

`BENCH_SCENARIOS=B,C+` and `BENCH_CONTESTANTS=plain,tls` choose. A full run keeps what each contestant did in
`bench/results/line-full/` and does not repeat what lies there.
"""

import json
import os
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.result import Result
from bench.rig.contest import Contestant
from bench.rig.far_end import Centre
from bench.rig.places import places, why_not
from bench.rig.record import Record
from bench.rig.scenarios import SCENARIOS, Scenario, goal

CONTESTANTS = ("plain", "tls", "post", "tuspy", "tus-js", "rsync")
WORDS = {"post": "POST", "tls": "ours over TLS"}
# So many times the physical limit, and a contestant is stopped.
PATIENCE, FULL_PATIENCE = 1.5, 2.5
EFFICIENCY_GOAL, URGENT_GOAL_S = 0.94, 5.0
KEPT = Path(__file__).parent / "results" / "line-full"


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Time by the physical limit, payload by bytes on the wire, and how long an urgent message waits."""
    if reason := why_not():
        from bench.rig import line_by_proxy

        print(f"  No bad links here: {reason}. A proxy on loopback instead, on which nothing but B can be told.")
        yield from line_by_proxy.measure(folder)
        return
    records = _race(folder, is_full=is_full)
    for scenario in SCENARIOS:
        yield from _results(scenario, {r.contestant: r for r in records if r.scenario == scenario.name})


def _race(folder: Path, *, is_full: bool) -> list[Record]:
    pairs = [(scenario, how) for scenario in _chosen_scenarios() for how in _chosen_contestants()]
    kept = [record for scenario, how in pairs if is_full and (record := _kept(scenario.name, how))]
    pairs = [(s, how) for s, how in pairs if not any((r.scenario, r.contestant) == (s.name, how) for r in kept)]
    if not pairs:
        return kept
    with places(1 + len(pairs)) as (centre_place, *stations):
        centre = Centre(centre_place, folder / "line" / "centre")
        runs: list[Contestant] = []
        try:
            for number, ((scenario, how), place) in enumerate(zip(pairs, stations, strict=True)):
                runs.append(Contestant(scenario, how, number, centre, place, is_full=is_full))
            ready = threading.Barrier(len(runs))
            preparing = threading.Semaphore(os.cpu_count() or 1)

            def race(run: Contestant) -> Record:
                try:
                    with preparing:
                        run.prepare()
                    ready.wait(600)
                    record = run.race(FULL_PATIENCE if is_full else PATIENCE)
                except BaseException:
                    ready.abort()
                    raise
                return _noted(record, is_full=is_full)

            with ThreadPoolExecutor(len(runs)) as threads:
                return kept + list(threads.map(race, runs))
        finally:
            for run in runs:
                run.stop()
            centre.stop()


def _results(scenario: Scenario, records: dict[str, Record]) -> Iterator[Result]:
    peers = {_named(how, record): record.ratio for how, record in records.items() if how not in ("plain", "tls")}
    for how, words in (("plain", "plain"), ("tls", "TLS")):
        if (record := records.get(how)) is None:
            continue
        size = f"{record.packets}×{record.packet_bytes // 1000} kB"
        name = f"line {scenario.name}, {words}, {size}"
        most = goal(scenario, is_tls=how == "tls", has_bbr=_has_bbr())
        assert record.seconds, f"{name}: only {record.arrived} of {record.packets} arrived"
        yield Result(name, record.ratio, "× the line's limit", most, "lower", peers if how == "plain" else {})
        peer_bytes = {WORDS.get(one, one): r.efficiency for one, r in records.items() if one not in ("plain", "tls")}
        yield Result(
            f"line {scenario.name}, {words}: payload by wire", record.efficiency, "", EFFICIENCY_GOAL, "higher",
            peer_bytes if how == "plain" else {},
        )  # fmt: skip
        yield Result(
            f"line {scenario.name}, {words}: urgent message", max(record.urgent_s), "s", URGENT_GOAL_S, "lower"
        )


def _named(how: str, record: Record) -> str:
    words = WORDS.get(how, how)
    return words if record.seconds else f"{words} (stopped, {record.arrived} of {record.packets}) over"


def _noted(record: Record, *, is_full: bool) -> Record:
    print(
        f"  {record.scenario:2} {record.contestant:6} {record.arrived}/{record.packets} "
        f"{'×' if record.seconds else '>'}{record.ratio:.3f} of {record.limit_s:.0f} s, "
        f"payload by wire {record.efficiency:.3f}, urgent {record.urgent_s}, link late ≤ {record.late_ms:.0f} ms",
        flush=True,
    )
    target = KEPT if is_full else KEPT.with_name("line-short")
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{record.scenario}-{record.contestant}.json").write_text(json.dumps(record.as_json(), indent=1) + "\n")
    return record


def _kept(scenario: str, how: str) -> Record | None:
    file = KEPT / f"{scenario}-{how}.json"
    return Record(**json.loads(file.read_text())) if file.exists() else None


def _chosen_scenarios() -> list[Scenario]:
    names = os.environ.get("BENCH_SCENARIOS", "").split(",")
    return [scenario for scenario in SCENARIOS if scenario.name in names or names == [""]]


def _chosen_contestants() -> list[str]:
    names = os.environ.get("BENCH_CONTESTANTS", "").split(",")
    found = [how for how in CONTESTANTS if how in names or names == [""]]
    for missing, needed in (("rsync", "rsync"), ("tus-js", "node")):
        if missing in found and not shutil.which(needed):
            print(f"  {missing} does not take part: {needed} is not installed")
            found.remove(missing)
    return found


def _has_bbr() -> bool:
    if sys.platform != "linux":
        return False
    with socket.socket() as one:
        try:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bbr")
        except OSError:
            return False
    return True
