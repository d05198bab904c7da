"""A station process for `footprint`: it serves its pages and, beside them, records one resident after another.

The recordings go through the real services on the real encrypted database, with devices made of code: what a device
or a judge of pictures needs lives in processes of its own. Each save's time goes to the file that is named.
"""

import json
import subprocess
import sys
import threading
import time
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid5

import django

django.setup()

from django.db import close_old_connections, connection  # noqa: E402
from tests.fault import schedule_acts  # noqa: E402
from tests.make import code_devices  # noqa: E402
from tests.make.competence import let_actor_record  # noqa: E402
from tests.make.recordings import OPERATOR, devices  # noqa: E402

from dekat.accounts.actor import machine  # noqa: E402
from dekat.accounts.roles import Role  # noqa: E402
from dekat.accounts.services import open_account  # noqa: E402
from dekat.project.commands import serve  # noqa: E402

USERNAME, PASSWORD = "bench", "sandi-untuk-ukuran"


_DRAW = (
    "import sys; from tests.make.portraits import portrait; sys.stdout.buffer.write(portrait(width=360, height=480))"
)


def main() -> None:
    """Open an account, begin to record, serve until the end."""
    target = Path(sys.argv[1])
    drawn = subprocess.run([sys.executable, "-c", _DRAW], check=True, stdout=subprocess.PIPE).stdout
    # A camera's and a device's pictures: whoever draws them is not this station.
    schedule_acts.cloth = lambda: drawn
    code_devices.portrait = lambda *how, **more: drawn
    open_account(
        username=USERNAME,
        full_name="Ukuran Contoh",
        role=Role.OPERATOR,
        kecamatan="35.11.12",
        password=PASSWORD,
        actor=machine("station-35.11.12"),
        now=datetime.now(UTC),
    )
    let_actor_record(OPERATOR, now=datetime.now(UTC))
    connection.close()
    threading.Thread(target=record, args=(target,), daemon=True).start()
    serve.run(Namespace(threads=6))


def record(target: Path) -> None:
    """One recording after another, a save every fifth of a second, as no operator ever could."""
    made, seed = devices(), 0
    while True:
        seed += 1
        for number, act in enumerate(schedule_acts.draw(seed)):
            close_old_connections()
            made.scores[:] = act.scores
            step_id = uuid5(act.recording_id, str(number))
            say = {"recording_id": act.recording_id, "step_id": step_id, "actor": OPERATOR, "now": datetime.now(UTC)}
            begun = time.perf_counter()
            act.do(say)
            took = (time.perf_counter() - begun) * 1000
            with target.open("a") as file:
                file.write(json.dumps([act.name, took]) + "\n")
            connection.close()
            time.sleep(0.2)


if __name__ == "__main__":
    main()
