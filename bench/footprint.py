"""What a station costs its old computer: time to the first page, memory at rest and at work, a page, a save."""

import gzip
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median
from threading import Thread

from bench.result import Result

ROOT = Path(__file__).resolve().parent.parent
DEKAT = [sys.executable, "-m", "dekat.project.main"]
PARTS = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
REST_S = 4.0
STARTS, BUSY_S = 3, 15.0
PAGES = ("/", "/rekam/cari", "/terkirim/", "/cetak/", "/stik/", "/petunjuk/")
USERNAME, PASSWORD = "bench", "sandi-untuk-ukuran"


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """A real station process with its own encrypted database: started cold, left alone, then worked hard."""
    home, port = folder / "station", _free_port()
    home.mkdir()
    environment = _environment(home, port)
    found = [*DEKAT, "sample-seed", "found", "station", str(folder), str(port), "1"]
    subprocess.run(found, env=environment, check=True, stderr=subprocess.DEVNULL)
    know = [*DEKAT, "node", "enrol", _card_of_centre(folder)]
    subprocess.run(know, env=environment, check=True, stderr=subprocess.DEVNULL)
    starts = []
    for _ in range(STARTS):
        with _running([*DEKAT, "serve"], environment, port) as (station, page, took):
            starts.append(took)
            weight = sum(_weight(f"http://127.0.0.1:{port}{part}") for part in ["/masuk/", *set(PARTS.findall(page))])
            time.sleep(REST_S)
            rest, cpu = _resident_bytes(station.pid), _cpu_seconds(station.pid)
    yield Result("station: start to first page", median(starts), "s", 3, "lower", {"shortest": min(starts), "CPU": cpu})
    yield Result("station: memory at rest", rest / 1e6, "MB", 120, "lower")
    yield Result("station: log-in page, styles and scripts", weight / 1000, "kB gzip", 50, "lower")
    yield from _busy(home, environment, port)


def _busy(home: Path, environment: dict[str, str], port: int) -> Iterator[Result]:
    """Eight people click while a recording is saved step by step; then one person alone, on one core."""
    saves, url = home / "saves", f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "bench.busy_station", str(saves)]
    with _running(command, environment, port) as (station, _, _):
        os.sched_setaffinity(station.pid, {0})
        for task in Path(f"/proc/{station.pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {0})
        alone = _clicks(url, seconds=6.0)
        together: list[float] = []
        threads = [Thread(target=lambda: together.extend(_clicks(url, seconds=BUSY_S))) for _ in range(8)]
        for thread in threads:
            thread.start()
        highest = 0
        while any(thread.is_alive() for thread in threads):
            highest = max(highest, _resident_bytes(station.pid))
            time.sleep(0.25)
        _search(url)
        searched = _resident_bytes(station.pid)
    steps = [took for _, took in map(json.loads, saves.read_text().splitlines())]
    yield Result("station: memory while 8 click and one records", highest / 1e6, "MB", 120, "lower")
    yield Result("station: memory after the first search by name", searched / 1e6, "MB", 120, "lower")
    at = {"p99": _at(alone, 0.99), "8 at once, p50": median(together)}
    yield Result("station: a page, one core", median(alone), "ms", 100, "lower", at)
    seen = {"p99": _at(steps, 0.99) / 1000, "saves": len(steps)}
    yield Result("station: seconds per step, server time on that core", median(steps) / 1000, "s", 1, "lower", seen)


def _logged_in(url: str) -> tuple[urllib.request.OpenerDirector, str]:
    """A browser after the log-in, and the token that its forms carry."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    token = _token(opener.open(f"{url}/masuk/", timeout=30).read().decode())
    said = {"csrfmiddlewaretoken": token, "username": USERNAME, "password": PASSWORD}
    opener.open(f"{url}/masuk/", urllib.parse.urlencode(said).encode(), timeout=60).read()
    return opener, _token(opener.open(f"{url}/rekam/cari", timeout=30).read().decode())


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]


def _search(url: str) -> None:
    """Look for somebody by name, as every desk does sooner or later."""
    opener, token = _logged_in(url)
    said = {"csrfmiddlewaretoken": token, "q": "siti aminah"}
    opener.open(f"{url}/rekam/cari", urllib.parse.urlencode(said).encode(), timeout=60).read()


def _clicks(url: str, *, seconds: float) -> list[float]:
    """Log in and go round the pages of a day; how long each took."""
    opener, _ = _logged_in(url)
    took, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        for path in PAGES:
            begun = time.perf_counter()
            opener.open(url + path, timeout=30).read()
            took.append((time.perf_counter() - begun) * 1000)
    return took


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], port: int
) -> Iterator[tuple["subprocess.Popen[bytes]", str, float]]:
    """A station that answers; what its first page said, and after how many seconds."""
    start = time.perf_counter()
    station = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        page = _first_page(f"http://127.0.0.1:{port}/masuk/")
        yield station, page, time.perf_counter() - start
    finally:
        station.terminate()
        station.wait(20)


def _at(values: list[float], place: float) -> float:
    return sorted(values)[min(int(len(values) * place), len(values) - 1)]


def _card_of_centre(folder: Path) -> str:
    card = folder / "centre.json"
    with card.open("w") as file:
        subprocess.run([*DEKAT, "node", "found"], check=True, stdout=file, stderr=subprocess.DEVNULL)
    return str(card)


def _environment(home: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DEKAT_ROLE": "station",
        "DEKAT_KECAMATAN": "35.11.12",
        "DEKAT_DATA_DIR": str(home),
        "DEKAT_PORT": str(port),
        "DEKAT_DATABASE_KEY": secrets.token_hex(32),
        "DEKAT_SECRET_KEY": secrets.token_hex(32),
        "DEKAT_CENTRE_URL": f"http://127.0.0.1:{_free_port()}",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


def _first_page(url: str) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)


def _weight(url: str) -> int:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return len(gzip.compress(answer.read()))


def _resident_bytes(process: int) -> int:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) * 1024


def _cpu_seconds(process: int) -> float:
    """What the start took of one core, whatever else this machine was doing."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])
