"""A station of the line's bench, in a process of its own: it says who it is, seals packets, and sends when told."""

import json
import secrets
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


def main(how: str) -> None:
    """Introduce, seal, wait for the word, send, say how long it took and how many arrived."""
    import django

    django.setup()
    own = _found()
    _say({name: getattr(own, name).raw.hex() for name in ("verify_key", "seal_key")}
         | {"name": own.name, "incarnation": own.incarnation.hex()})  # fmt: skip
    told = json.loads(sys.stdin.readline())
    packets = _seal(told)
    _say("sealed")
    sys.stdin.readline()
    start = time.monotonic()
    is_late: Callable[[], bool] = lambda: time.monotonic() - start > told["seconds"]  # noqa: E731
    arrived = {"ours": _ours, "tuspy": _tuspy, "post": _post}[how](packets, told, is_late)
    _say([time.monotonic() - start, arrived])
    sys.stdin.read()  # until the bench ends this process


def _found() -> Any:
    from django.conf import settings
    from django.core.management import call_command

    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import found_node

    call_command("migrate", verbosity=0)
    return found_node(name=settings.NODE_NAME, kind=NodeKind.STATION, kecamatan=settings.ENV.kecamatan, now=now()).node


def _seal(told: dict[str, Any]) -> dict[UUID, bytes]:
    from dekat.accounts.actor import machine
    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import enrol_node
    from dekat.kernel.ids import new_id
    from dekat.kernel.sealing import SealKey
    from dekat.kernel.signing import VerifyKey
    from dekat.sync import queries, services

    enrol_node(
        name="centre", kind=NodeKind.CENTRE, kecamatan="", verify_key=VerifyKey(bytes.fromhex(told["verify_key"])),
        seal_key=SealKey(bytes.fromhex(told["seal_key"])), incarnation=bytes.fromhex(told["incarnation"]),
        actor=machine("centre"), now=now(),
    )  # fmt: skip
    ids = [new_id(now()) for _ in range(told["count"])]
    for packet_id in ids:
        content = secrets.token_bytes(told["size"])
        services.seal_packet(packet_id=packet_id, kind="bench/1", content=content, operator="", now=now())
    return {packet_id: queries.sealed_bytes(packet_id) or b"" for packet_id in ids}


def _ours(packets: dict[UUID, bytes], told: dict[str, Any], is_late: Callable[[], bool]) -> int:
    from dekat.adapters.centre_line.line import CentreLine
    from dekat.adapters.centre_line.rounds import Rounds
    from dekat.kernel.errors import DekatError

    line = CentreLine(told["url"], clock=now, patience_s=20.0)
    rounds, went = Rounds(line, clock=now, patience_s=20.0), 0
    while went < len(packets) and not is_late():
        try:
            went += rounds.send_packets()
        except DekatError:
            time.sleep(0.2)
    return went


def _tuspy(packets: dict[UUID, bytes], told: dict[str, Any], is_late: Callable[[], bool]) -> int:
    from tusclient.client import TusClient

    client = TusClient(f"{told['url']}/sync/v1/packets", headers={"Authorization": f"Bearer {told['given']}"})
    went = 0
    for packet_id, sealed in packets.items():
        path = Path(f"{packet_id}.tmp")
        path.write_bytes(sealed)
        uploader = None
        while not is_late():
            try:
                uploader = uploader or client.uploader(str(path), chunk_size=64 * 1024, retries=3, retry_delay=1)
                uploader.upload()
                went += 1
                break
            except Exception as trouble:  # whatever a stock client throws, it is asked again
                print(repr(trouble), file=sys.stderr)
                time.sleep(1)
        path.unlink()
    return went


def _post(packets: dict[UUID, bytes], told: dict[str, Any], is_late: Callable[[], bool]) -> int:
    went = 0
    for sealed in packets.values():
        while not is_late():
            try:
                urllib.request.urlopen(told["url"], data=sealed, timeout=25).close()
                went += 1
                break
            except OSError:
                time.sleep(1)
    return went


def _say(words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
