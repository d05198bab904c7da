"""One contestant on a link of its own to the common centre: prepared, started together, watched, stopped."""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from bench.rig.certificate import CA_FILE
from bench.rig.far_end import ROOT, RSYNC_PORT, AnyPlace, Centre, environment, read, write
from bench.rig.link import bad_link
from bench.rig.places import Place
from bench.rig.record import Record
from bench.rig.scenarios import Scenario
from bench.rig.way import Counts
from dekat.kernel.ids import new_id

# The urgent messages leave at these parts of the physical limit: one early, one in the middle, one late.
URGENT_AT = (0.2, 0.5, 0.8)
_LOOK_S = 0.25


class AnyLink(Protocol):
    """What a race needs of its link."""

    began: float
    late_s: float

    @property
    def sent(self) -> Counts: ...

    @property
    def received(self) -> Counts: ...


class Contestant:
    """Everything about one run; `prepare` and `race` are called in a thread of its own."""

    def __init__(
        self, scenario: Scenario, how: str, number: int, centre: Centre, place: AnyPlace, *, is_full: bool
    ) -> None:
        self.scenario, self.how, self._centre, self._place = scenario, how, centre, place
        self._number, self._kecamatan = number, f"99.{number // 100 + 1:02d}.{number % 100:02d}"
        self._folder = centre.folder.parent / f"{scenario.name}-{how}"
        self._folder.mkdir()
        count, size = scenario.full if is_full else scenario.short
        self.record = Record(scenario.name, how, count, size, 0.0)
        self._log = (self._folder / "log").open("w")
        self._awaited: dict[str, int] = {}
        self._urgent: dict[str, int] = {}
        self._process: subprocess.Popen[Any] | None = None
        self._begin: Callable[[], None] = lambda: None

    @property
    def is_ours(self) -> bool:
        return self.how in ("plain", "tls")

    def prepare(self) -> None:
        """Have everything sealed and ready to leave."""
        (self._prepare_ours if self.is_ours else self._prepare_peer)()
        self.record.limit_s = self.scenario.quality.seconds_for(sum(self._awaited.values()))

    def race(self, patience: float) -> Record:
        """Send until all is there, or so many times the limit are over."""
        near_ip = f"10.77.{self._number // 200 + 1}.{self._number % 200 + 2}"
        record = self.record
        with self._line(near_ip) as link:
            self._begin()
            urgent = [record.limit_s * part for part in URGENT_AT] if self.is_ours else []
            said: dict[str, float] = {}
            while (elapsed := time.monotonic() - link.began) < record.limit_s * patience:
                if urgent and elapsed >= urgent[0]:
                    said[self._say_urgent()] = urgent.pop(0)
                if all(one in self._arrived() for one in self._awaited):
                    break
                time.sleep(_LOOK_S)
            record.wire_bytes = link.sent.on_air
            record.link = {"sent": link.sent.as_json(), "received": link.received.as_json(), "seconds": elapsed}
            record.late_ms = link.late_s * 1000
            self._note(self._arrived(), link.began, said)
        self.stop()
        return record

    def stop(self) -> None:
        """End the process."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._log.close()

    def _url(self, scheme: str, port: int) -> str:
        return f"{scheme}://{self._centre.host}:{self._centre.port + port}"

    def _line(self, near_ip: str) -> AbstractContextManager[AnyLink]:
        assert isinstance(self._place, Place) and isinstance(self._centre.place, Place)
        return bad_link(
            self._place, self._centre.place, self.scenario.quality, near_ip=near_ip, far_ip=self._centre.host
        )

    def _note(self, arrived: dict[str, float], began: float, said: dict[str, float]) -> None:
        record = self.record
        came = [arrived[one] - began for one in self._awaited if one in arrived]
        record.arrived = len(came)
        everything = self._awaited | self._urgent
        record.payload_bytes = sum(size for one, size in everything.items() if one in arrived)
        record.limit_s = self.scenario.quality.seconds_for(sum(everything.values()))
        if record.arrived == record.packets:
            record.seconds = max(came)
        for one, at in said.items():
            up_at = self.scenario.quality.up_again_at(at)
            if one in arrived:
                record.urgent_s.append(round(arrived[one] - began - up_at, 2))
            elif record.seconds is None or record.seconds - up_at > 5:
                record.urgent_s.append(999.0)

    def _say_urgent(self) -> str:
        message = str(new_id(datetime.now(UTC)))
        assert self._process
        write(self._process, {"message": message})
        self._urgent[message] = read(self._process)
        return message

    def _arrived(self) -> dict[str, float]:
        if self.how == "rsync":
            self._look_at_files()
        return self._centre.arrived

    def _look_at_files(self) -> None:
        for one, size in self._awaited.items():
            if one in self._centre.arrived:
                continue
            for file in (self._centre.folder / "rsync").glob(f"{self._number}/*.dkp"):
                if file.stat().st_size == size and hashlib.sha256(file.read_bytes()).hexdigest() == one:
                    self._centre.arrived[one] = time.monotonic()

    def _prepare_ours(self) -> None:
        told = environment(self._folder, DEKAT_ROLE="station", DEKAT_KECAMATAN=self._kecamatan)
        process = self._process = self._place.start(
            sys.executable, "-m", "bench.rig.station", env=told, text=True, cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, start_new_session=True,
        )  # fmt: skip
        centre = self._centre.tell(enrol=read(process), kecamatan=self._kecamatan)
        is_tls = self.how == "tls"
        url = self._url("https", 1) if is_tls else self._url("http", 0)
        task = {"count": self.record.packets, "size": self.record.packet_bytes}
        ca = str(self._centre.folder / CA_FILE) if is_tls else ""
        write(process, {**centre, **task, "url": url, "ca": ca})
        self._awaited = read(process)
        self._begin = lambda: write(process, {"go": True})

    def _prepare_peer(self) -> None:
        out = self._folder / "out"
        out.mkdir()
        task = {"folder": str(out), "kecamatan": self._kecamatan}
        told = self._centre.tell(seal={**task, "count": self.record.packets, "size": self.record.packet_bytes})
        by_digest = self.how in ("post", "rsync")
        self._awaited = {digest if by_digest else one: size for one, (size, digest) in told["made"].items()}
        command = self._peer_command(out, told["given"])
        self._begin = lambda: self._start_peer(command)

    def _start_peer(self, command: list[str]) -> None:
        self._process = self._place.start(
            *command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, start_new_session=True
        )

    def _peer_command(self, out: Path, given: str) -> list[str]:
        tus = f"{self._url('http', 0)}/sync/v1/packets"
        match self.how:
            case "tuspy":
                return [sys.executable, "-m", "bench.rig.peers", "tuspy", tus, str(out), given]
            case "post":
                return [sys.executable, "-m", "bench.rig.peers", "post", self._url("http", 2), str(out), given]
            case "tus-js":
                return ["node", str(Path(__file__).parent / "tus_js.mjs"), tus, str(out), given]
            case "rsync":
                (self._centre.folder / "rsync" / str(self._number)).mkdir()
                target = f"rsync://{self._centre.host}:{RSYNC_PORT}/in/{self._number}/"
                call = f"rsync -a --partial --timeout=30 --contimeout=10 {out}/ {target}"
                return ["sh", "-c", f"exec 2>&1; until {call}; do sleep 1; done"]
        raise AssertionError(self.how)
