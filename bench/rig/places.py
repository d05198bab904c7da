"""Places: network namespaces with a loopback of their own, named after this process and always removed."""

import contextlib
import ctypes
import itertools
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PREFIX = "dkrig"
TUN = Path("/dev/net/tun")
# What a machine ships with (the second where a namespace may not have the first), so that a program which wants better
# has to ask for it itself.
USUAL_CONGESTION = ("cubic", "reno")
_OWN_NAME = re.compile(rf"^{PREFIX}-(\d+)-\d+$")
_CLONE_NEWNET = 0x40000000
_count = itertools.count(1)


class Place:
    """One network namespace; what runs in it sees only its loopback and the links that end here."""

    def __init__(self) -> None:
        self.name = f"{PREFIX}-{os.getpid()}-{next(_count)}"
        ip("netns", "add", self.name)
        try:
            ip("-n", self.name, "link", "set", "lo", "up")
            self.congestion = next(filter(self._has_congestion, USUAL_CONGESTION), "")
            self._set("net.ipv4.tcp_timestamps", "0")  # as docs/how-to/set-up-a-station.md says
        except BaseException:
            self.remove()
            raise

    def inside(self, *command: str) -> list[str]:
        """The command line that runs a command here."""
        return ["ip", "netns", "exec", self.name, *command]

    def start(self, *command: str, **how: Any) -> "subprocess.Popen[Any]":
        """Start a process here; `how` is what Popen takes. Whoever starts it ends it."""
        return subprocess.Popen(self.inside(*command), **how)

    def ran(self, *command: str) -> str:
        """Run a command here to its end; give what it printed."""
        return subprocess.run(self.inside(*command), check=True, capture_output=True, text=True).stdout

    def _has_congestion(self, name: str) -> bool:
        return self._set("net.ipv4.tcp_congestion_control", name)

    def _set(self, name: str, value: str) -> bool:
        """Change one of the kernel's settings here; whether it let us."""
        setting = self.inside("sysctl", "-qw", f"{name}={value}")
        return subprocess.run(setting, check=False, capture_output=True).returncode == 0

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Be here with the calling thread: sockets it opens, and threads it starts, belong here for good."""
        with Path("/proc/thread-self/ns/net").open() as home, Path(f"/run/netns/{self.name}").open() as here:
            _go_to(here.fileno())
            try:
                yield
            finally:
                _go_to(home.fileno())

    def remove(self) -> None:
        """Take the namespace away; links that end here go with it."""
        ip("netns", "del", self.name, check=False)


@contextlib.contextmanager
def places(count: int) -> Iterator[list[Place]]:
    """So many places, and none of them left afterwards."""
    sweep()
    with contextlib.ExitStack() as leaving:
        yield [leaving.enter_context(_one()) for _ in range(count)]


@contextlib.contextmanager
def _one() -> Iterator[Place]:
    place = Place()
    try:
        yield place
    finally:
        place.remove()


def why_not() -> str:
    """Why this machine lets us make no places; empty where it does."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    if not shutil.which("ip"):
        return "the program ip (iproute2) is missing"
    if not TUN.exists():
        return f"{TUN} is missing"
    try:
        place = Place()
    except (subprocess.CalledProcessError, OSError) as trouble:
        return f"network namespaces are not permitted here ({trouble})"
    try:
        os.close(os.open(TUN, os.O_RDWR))
    except OSError as trouble:
        return f"{TUN} does not open ({trouble})"
    finally:
        place.remove()
    return ""


def sweep() -> int:
    """Remove what a run that was killed left behind, with the processes in it; give how many places."""
    listed = subprocess.run(["ip", "netns", "list"], check=False, capture_output=True, text=True).stdout
    names = [line.split()[0] for line in listed.splitlines() if line.strip()]
    dead = [name for name in names if (own := _OWN_NAME.match(name)) and not Path(f"/proc/{own[1]}").exists()]
    for name in dead:
        inhabitants = subprocess.run(["ip", "netns", "pids", name], check=False, capture_output=True, text=True).stdout
        for pid in inhabitants.split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        ip("netns", "del", name, check=False)
    return len(dead)


def _go_to(namespace: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(namespace, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def ip(*words: str, check: bool = True) -> None:
    """Call iproute2."""
    subprocess.run(["ip", *words], check=check, capture_output=True, text=True)
