"""The print worker is killed again and again; every sheet comes out once."""

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from dekat.adapters.ipp.virtual_printer import VirtualPrinter

HERE = Path(__file__).resolve().parent
JOBS, KILLS = 6, 6


@pytest.mark.processes
def test_a_killed_worker_loses_no_sheet_and_prints_none_twice(tmp_path):
    printer = VirtualPrinter(spool=tmp_path / "tray", control=tmp_path / "control", seconds_per_sheet=0.15).start()
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
        "PYTHONPATH": f"{HERE.parent.parent / 'src'}{os.pathsep}{HERE.parent.parent}",
        "DEKAT_ROLE": "station",
        "DEKAT_KECAMATAN": "35.11.15",
        "DEKAT_DATA_DIR": str(tmp_path / "station"),
        "DEKAT_DATABASE_KEY": "ab" * 32,
        "DEKAT_DATABASE_URL": "",
        "DEKAT_PRINTER_URL": printer.url,
    }
    (tmp_path / "station").mkdir()
    made = subprocess.run(
        [sys.executable, HERE / "make_print_jobs.py", str(JOBS)], env=env, capture_output=True, text=True, check=True
    )
    asked = made.stdout.split()
    chance = random.Random(4)

    kills = 0
    while kills < KILLS:
        worker = subprocess.Popen([sys.executable, HERE / "print_until_done.py"], env=env, stdout=subprocess.PIPE)
        worker.stdout.readline()
        try:
            worker.wait(chance.uniform(0.01, 0.3))
            break
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
            kills += 1
    else:
        subprocess.run([sys.executable, HERE / "print_until_done.py"], env=env, check=True, timeout=60)

    printer.stop()
    tray = Counter(path.name.split(".")[0] for path in printer.printed())
    assert kills > 0
    assert tray == Counter(asked)
