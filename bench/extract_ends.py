"""Both ends of the extract's bench over a real slow link: the centre's wire, and a new station that has nothing yet."""

import json
import sys
import time
from datetime import UTC, datetime

PORT = 8444
NEWS = "bench/1"


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


def main(role: str, address: str) -> None:
    """Be one end until the bench closes our input."""
    import django

    django.setup()
    (_centre if role == "centre" else _station)(address)


def _centre(address: str) -> None:
    """Serve; at each word tell the kecamatan that it names something small and urgent."""
    from django.db import transaction

    from dekat.faces.wire.server import serve_in_thread
    from dekat.sync import services

    serve_in_thread(PORT, host=address, clock=now)
    _say("serving")
    for scope in map(str.strip, sys.stdin):
        with transaction.atomic():
            services.publish(scope=scope, kind=NEWS, key=str(time.time()), body={"text": "x" * 2000}, now=now())
        _say(time.time())


def _station(address: str) -> None:
    """Say who we are, hear who the centre is, take everything in; tell when news came and how long the whole took."""
    from django.conf import settings
    from django.core.management import call_command

    from dekat.accounts.actor import machine
    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import enrol_node, found_node
    from dekat.adapters.centre_line.worker import SyncWorker
    from dekat.kernel.sealing import SealKey
    from dekat.kernel.signing import VerifyKey
    from dekat.registry import queries
    from dekat.registry.models import Extract
    from dekat.sync import ports

    call_command("migrate", verbosity=0)
    here = settings.ENV.kecamatan
    own = found_node(name=settings.NODE_NAME, kind=NodeKind.STATION, kecamatan=here, now=now()).node
    keys = {name: getattr(own, name).raw.hex() for name in ("verify_key", "seal_key")}
    _say({**keys, "name": own.name, "incarnation": own.incarnation.hex()})
    told = json.loads(sys.stdin.readline())
    enrol_node(
        name="centre", kind=NodeKind.CENTRE, kecamatan="", verify_key=VerifyKey(bytes.fromhex(told["verify_key"])),
        seal_key=SealKey(bytes.fromhex(told["seal_key"])), incarnation=bytes.fromhex(told["incarnation"]),
        actor=machine("centre"), now=now(),
    )  # fmt: skip
    ports.on_feed(NEWS, lambda **_: _say({"news": time.time()}))
    worker = SyncWorker(centre_url=f"http://{address}:{PORT}", clock=now)
    began = time.time()
    worker.start()
    while not Extract.objects.filter(kecamatan=here).exists() or queries.extract_progress(here, now=now()):
        time.sleep(0.2)
    _say(
        {
            "whole": time.time() - began,
            "residents": queries.resident_count(here),
            "moved": worker.status().received_bytes,
        }
    )
    sys.stdin.read()
    worker.stop()


def _say(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
