"""A whole sample regency in real processes, and real Chromium for the people in it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from dekat.adapters.samples.faces import Background
from dekat.faces.sample.regency import PASSWORD, STATIONS, Layout
from dekat.project.sample.processes import wait_for
from tests.make.browser import QUIET, chromium_path
from tests.make.camera import chromium_camera

ROOT = Path(__file__).resolve().parents[2]
BASE = int(os.environ.get("DEKAT_E2E_BASE", "18000"))
SBI_BASE = int(os.environ.get("DEKAT_E2E_SBI_BASE", "4541"))


@dataclass
class Regency:
    """The running sample and its switches."""

    layout: Layout

    def url(self, where: str, path: str = "/") -> str:
        """The address of a page at `centre` or at a station by its key."""
        if where == "centre":
            return self.layout.url(self.layout.base) + path
        station = next(station for station in STATIONS if station.key == where)
        return self.layout.url(self.layout.pages(station)) + path

    def switch(self, name: str, **how: object) -> dict:
        """Turn a switch of the sample: `line/cermee`, `national`, `device/ijen`, `clock`."""
        request = urllib.request.Request(
            self.layout.url(self.layout.control_port) + f"/{name}",
            json.dumps(how).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def sheets(self, station: str) -> list[Path]:
        """What the station's virtual printer printed, oldest first."""
        folder = self.layout.home(station) / "paper"
        return sorted(folder.rglob("*.pdf"), key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="package")
def regency():
    """`dekat demo` with steady lines, in a folder of its own, ended when the tests end.

    In the half on PostgreSQL its centre keeps a database there; stations are SQLCipher in both halves.
    """
    with centre_database() as address:
        yield from running_regency(address)


@contextmanager
def centre_database() -> Iterator[str]:
    """A PostgreSQL database of this run's own, or no address where the suite runs on SQLite."""
    server = os.environ.get("DEKAT_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"e2e_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def running_regency(centre_address: str) -> Iterator[Regency]:
    """Start it, wait for it, end it."""
    folder = ROOT / "var" / "test" / f"e2e-{os.getpid()}"
    folder.mkdir(parents=True)
    seeded = os.environ.get("DEKAT_E2E_SEED")
    if seeded and not centre_address:
        shutil.copytree(seeded, folder / "regency", ignore=shutil.ignore_patterns("logs"))
    log = (folder.parent / f"e2e-{os.getpid()}.log").open("w+")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DEKAT_")}
    environment["DJANGO_SETTINGS_MODULE"] = "dekat.project.settings"
    command = ["-m", "dekat.project.main", "demo", "--folder", str(folder / "regency"), "--steady-lines"]
    command += ["--centre-database", centre_address]
    process = subprocess.Popen(
        [sys.executable, *command, "--base", str(BASE), "--sbi-base", str(SBI_BASE)],
        stdout=log,
        stderr=log,
        env=environment,
    )
    layout = Layout(folder / "regency", BASE, SBI_BASE, centre_address)
    try:
        for _ in range(300):
            if process.poll() is not None or "Dekat siap" in Path(log.name).read_text():
                break
            time.sleep(1)
        text = Path(log.name).read_text()
        assert "Dekat siap" in text, text[-3000:]
        assert wait_for(layout.url(layout.base) + "/masuk/", seconds=30)
        yield Regency(layout)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()
        if keep := os.environ.get("DEKAT_KEEP_E2E"):
            shutil.copytree(folder, keep, dirs_exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        Path(log.name).unlink(missing_ok=True)


@pytest.fixture(scope="package")
def browser(tmp_path_factory):
    """Chromium whose camera films somebody who does not exist, before the red cloth of an odd birth year."""
    from playwright.sync_api import sync_playwright

    arguments = [*QUIET, *chromium_camera(tmp_path_factory.mktemp("film"), background=Background.RED)]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium_path(), args=arguments + (["--no-sandbox"] if os.geteuid() == 0 else [])
        )
        yield running
        running.close()


@pytest.fixture
def person(browser, regency):
    """Open a page as somebody: `person("operator.cermee", "cermee")` logs in and gives the page."""
    contexts = []

    def come(username: str | None, where: str, *, phone: bool = False):
        size = {"width": 390, "height": 844} if phone else {"width": 1366, "height": 768}
        context = browser.new_context(viewport=size, locale="id-ID", permissions=["camera"])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(regency.url(where, "/masuk/" if username else "/"))
        if username:
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(re.compile(r"^(?!.*masuk)"))
        return page

    yield come
    for context in contexts:
        context.close()
