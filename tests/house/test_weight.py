"""What the station's own process must not load: the judge of pictures has a process of its own."""

import os
import subprocess
import sys

HEAVY = ("cv2", "onnxruntime", "ai_edge_litert")
LOAD = (
    "import sys, django; django.setup(); import dekat.project.urls_station, dekat.project.wiring, dekat.project.wsgi; "
    f"print([name for name in {HEAVY!r} if name in sys.modules])"
)


def test_a_station_with_all_its_pages_loads_no_library_of_pictures():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "dekat.project.settings", "DEKAT_JUDGE": "full"}

    done = subprocess.run([sys.executable, "-c", LOAD], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
