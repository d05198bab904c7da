"""A centre and a station are set up by commands alone: keys, cards, officers, and a database nobody else reads."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.processes
PASSWORD = "kata sandi yang panjang"


@pytest.fixture
def dekat(tmp_path):
    """Run a command of one machine; give what it printed."""

    def run(where, *words, typed="", code=0, **more):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DEKAT_")}
        environment |= {"DEKAT_DATA_DIR": str(tmp_path / where), "DJANGO_SETTINGS_MODULE": "dekat.project.settings"}
        environment |= {"DEKAT_ROLE": "station", "DEKAT_KECAMATAN": "35.11.12"} if where == "station" else {}
        (tmp_path / where).mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "dekat.project.main", *map(str, words)],
            input=typed, capture_output=True, text=True, env={**environment, **more}, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr[-2000:]
        return done.stdout + (done.stderr if code else "")

    return run


def test_a_centre_and_a_station_know_each_other_after_four_commands(dekat, tmp_path):
    centre_card, station_card = tmp_path / "centre.json", tmp_path / "station.json"

    centre_card.write_text(dekat("centre", "node", "found"))
    officer = ["--officer", "operator.wringin", "--full-name", "Rina Contoh"]
    station_card.write_text(dekat("station", "node", "found", "--centre", centre_card, *officer, typed=PASSWORD + "\n"))
    dekat("centre", "node", "enrol", station_card)
    dekat("centre", "account", "open", "kadis", "--full-name", "Slamet Contoh", "--role", "REGISTRY_HEAD",
          typed=PASSWORD + "\n")  # fmt: skip

    assert json.loads(station_card.read_text())["name"] == "station-35.11.12"
    assert "3 events in 1 chains are whole" in dekat("centre", "verify-log")
    disk = (tmp_path / "station" / "station.db").read_bytes()
    assert b"operator.wringin" not in disk and not disk.startswith(b"SQLite format")


def test_a_file_that_is_no_card_is_refused_in_words(dekat, tmp_path):
    (tmp_path / "card.json").write_text("{}")

    assert "accounts.card.unreadable" in dekat("centre", "node", "enrol", tmp_path / "card.json", code=1)


def test_a_short_password_founds_nothing(dekat, tmp_path):
    card = tmp_path / "centre.json"
    card.write_text(dekat("centre", "node", "found"))

    said = dekat("station", "node", "found", "--centre", card, "--officer", "x", typed="pendek\n", code=1)

    assert "12 characters" in said
    assert not (tmp_path / "station" / "keyring.json").exists()
