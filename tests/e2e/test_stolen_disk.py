"""A station without its key: the disk says nothing, the first officer's password opens it."""

import os
import shutil
import subprocess
import sys

import pytest

from dekat.faces.sample.regency import PASSWORD
from dekat.project.sample.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def locked(regency, tmp_path):
    """Wringin's disk in another machine that was never given the database key."""
    home = tmp_path / "wringin"
    shutil.copytree(regency.layout.home("wringin"), home)
    (home / "database.key").unlink()
    port = regency.layout.base + 70
    environment = {**os.environ, **regency.layout.environment("wringin")}
    environment |= {"DEKAT_DATA_DIR": str(home), "DEKAT_PORT": str(port), "DEKAT_CENTRE_URL": ""}
    environment |= {
        "DEKAT_SECRET_KEY_FILE": str(home / "secret.key"),
        "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
    }
    del environment["DEKAT_DATABASE_KEY_FILE"]
    with (tmp_path / "log").open("wb") as log:
        # As a script starts it in the background: with Ctrl+C ignored. It ends in order all the same.
        command = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", sys.executable, "-m", "dekat.project.main", "serve"]
        process = subprocess.Popen(command, env=environment, stderr=log)
        assert wait_for(f"http://127.0.0.1:{port}/buka/", seconds=30), (tmp_path / "log").read_text()
        try:
            yield f"http://127.0.0.1:{port}", home
            process.terminate()
            assert process.wait(60) == 0
        finally:
            process.kill()
            process.wait()


def test_a_stolen_disk_says_nothing_and_the_first_officer_opens_the_station(locked, browser):
    address, home = locked
    page = browser.new_context(locale="id-ID").new_page()

    page.goto(address)
    assert page.url.endswith("/buka/")
    page.fill("input[name=username]", "operator.wringin")
    page.fill("input[name=password]", "salah")
    page.press("input[name=password]", "Enter")
    assert page.get_by_text("Nama atau sandi tidak cocok").count()
    page.fill("input[name=username]", "operator.wringin")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("text=Rina Hidayati")

    assert b"SQLite format 3" not in (home / "station.db").read_bytes()[:100]
