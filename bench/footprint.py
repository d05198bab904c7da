"""What a station costs its old computer: time to the first page, memory at rest, bytes of a page."""

import gzip
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.result import Result

DEKAT = [sys.executable, "-m", "dekat.project.main"]
PARTS = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
REST_S = 4.0


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """A real station process with its own encrypted database, started cold and left alone for a while."""
    home, port = folder / "station", _free_port()
    home.mkdir()
    environment = _environment(home, port)
    found = [*DEKAT, "sample-seed", "found", "station", str(folder), str(port), "1"]
    subprocess.run(found, env=environment, check=True, stderr=subprocess.DEVNULL)
    know = [*DEKAT, "node", "enrol", _card_of_centre(folder)]
    subprocess.run(know, env=environment, check=True, stderr=subprocess.DEVNULL)
    start = time.perf_counter()
    station = subprocess.Popen([*DEKAT, "serve"], env=environment, stderr=subprocess.DEVNULL)
    try:
        page = _first_page(f"http://127.0.0.1:{port}/masuk/")
        took = time.perf_counter() - start
        weight = sum(_weight(f"http://127.0.0.1:{port}{part}") for part in ["/masuk/", *set(PARTS.findall(page))])
        time.sleep(REST_S)
        memory = _resident_bytes(station.pid)
    finally:
        station.terminate()
        station.wait(20)
    yield Result("station: start to first page", took, "s", 3, "lower")
    yield Result("station: memory at rest", memory / 1e6, "MB", 120, "lower")
    yield Result("station: log-in page, styles and scripts", weight / 1000, "kB gzip", 50, "lower")


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


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])
