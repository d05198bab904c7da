"""A process that has loaded everything once and then forks nodes, each with a folder and a database of its own.

Reads lines of JSON from its standard input: `{"folder", "name", "socket"}`; the new node connects to that socket and
does what it is told there: `{"act": name, "with": [arguments]}` gives `{"gave": value}` or `{"raised": code}`.
"""

import gc
import json
import os
import signal
import socket
import sys
import traceback
from dataclasses import replace
from pathlib import Path

import cryptography.hazmat.backends.openssl  # noqa: F401 - as below
import django
import django.core.management.commands.migrate
import uvicorn.lifespan.on
import uvicorn.loops.asyncio
import uvicorn.protocols.http.h11_impl  # noqa: F401 - a node that seals, upgrades or serves loads nothing more

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402

from dekat.kernel.errors import DekatError  # noqa: E402
from tests.fault.nodes import acts, equipment_acts, identity_acts, looks, trouble, ways  # noqa: E402

_OF_TROUBLE = (trouble.arm, trouble.disarm, trouble.hurry, trouble.note_flushed)
_ALL = (acts.ACTS, looks.ACTS, ways.ACTS, identity_acts.ACTS, equipment_acts.ACTS)
ACTS = {name: act for acts_of in _ALL for name, act in acts_of.items()}
ACTS |= {one.__name__: one for one in _OF_TROUBLE}


def main() -> None:
    """Fork a node for each line, until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    MigrationLoader(None)
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        wanted = json.loads(line)
        if (pid := os.fork()) == 0:
            live(wanted)
        print(pid, flush=True)


def live(wanted: dict[str, str]) -> None:
    """Be that node until nobody listens any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(Path(wanted["folder"]) / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for standard in (1, 2):
        os.dup2(log, standard)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    become(wanted["name"], Path(wanted["folder"]))
    acts.connect()
    told = socket.socket(socket.AF_UNIX)
    told.connect(wanted["socket"])
    with told.makefile("rw") as talk:
        for line in talk:
            talk.write(json.dumps(answered(json.loads(line))) + "\n")
            talk.flush()
    os._exit(0)


def become(name: str, folder: Path) -> None:
    """What the environment says to a node that starts by itself."""
    is_station = name != "centre"
    settings.IS_STATION, settings.NODE_NAME = is_station, name
    settings.ENV = replace(
        settings.ENV,
        role="station" if is_station else "centre",
        data_dir=folder,
        kecamatan=name.removeprefix("station-") if is_station else "",
        database_key="7" * 64 if is_station else "",
    )
    connections.settings["default"]["NAME"] = str(folder / "node.db")


def answered(question: dict[str, object]) -> dict[str, object]:
    """Do it; a refusal gives its code, a bug its traceback."""
    try:
        return {"gave": ACTS[question["act"]](*question["with"])}
    except DekatError as refusal:
        return {"raised": refusal.code}
    except Exception:
        return {"bug": traceback.format_exc()}
    finally:
        connections.close_all()


if __name__ == "__main__":
    main()
