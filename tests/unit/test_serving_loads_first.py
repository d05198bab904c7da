"""A process that serves has loaded what pages are made of before the first one is asked for."""

import os
import subprocess
import sys

ASK = """
import sys, django
django.setup()
from dekat.project.commands.serve import load_pages
load_pages()
before = set(sys.modules)
from django.urls import resolve
resolve("/pengawasan/"), resolve("/")
from dekat.areas.working_calendar import calendar_without_decrees
calendar_without_decrees()
kinds = ("dekat.", "holidays", "numpy", "openpyxl")
print(sorted(name for name in set(sys.modules) - before if name.startswith(kinds)))
"""


def test_no_view_and_no_calendar_is_loaded_while_somebody_waits(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
        "DEKAT_DATA_DIR": str(tmp_path),
        "DEKAT_ROLE": "centre",
    }

    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, timeout=120, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
