"""A station of the line's bench, in a process of its own: the product's background, told by lines of JSON.

First line out: its public half. First line in: the centre's, the address, how many packets of which size. Then each
line in is `{"go": true}` or `{"message": id}`.
"""

import json
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

MESSAGE_CHARACTERS = 2048


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


def main() -> None:
    """Introduce, seal, and send when told, until the bench ends this process."""
    import django

    django.setup()
    from dekat.adapters.centre_line.worker import SyncWorker
    from dekat.sync import queries, services

    own = _found()
    say({name: getattr(own, name).raw.hex() for name in ("verify_key", "seal_key")}
        | {"name": own.name, "incarnation": own.incarnation.hex()})  # fmt: skip
    told = json.loads(sys.stdin.readline())
    say(_seal(told))
    worker = SyncWorker(centre_url=told["url"], clock=now, ca_file=Path(told["ca"]) if told["ca"] else None)
    for line in sys.stdin:
        word = json.loads(line)
        if "go" in word:
            worker.start()
        else:
            body = {"text": secrets.token_urlsafe(MESSAGE_CHARACTERS)[:MESSAGE_CHARACTERS]}
            message_id = UUID(word["message"])
            services.send_message(message_id=message_id, kind="bench/1", body=body, now=now())
            say(len(queries.sealed_bytes(message_id) or b""))


def _found() -> Any:
    from django.conf import settings
    from django.core.management import call_command

    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import found_node

    call_command("migrate", verbosity=0)
    return found_node(name=settings.NODE_NAME, kind=NodeKind.STATION, kecamatan=settings.ENV.kecamatan, now=now()).node


def _seal(told: dict[str, Any]) -> dict[str, int]:
    """Make the packets; the size of each as it will travel."""
    from dekat.accounts.actor import machine
    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import enrol_node
    from dekat.kernel.ids import new_id
    from dekat.kernel.sealing import SealKey
    from dekat.kernel.signing import VerifyKey
    from dekat.sync import services

    enrol_node(
        name="centre", kind=NodeKind.CENTRE, kecamatan="", verify_key=VerifyKey(bytes.fromhex(told["verify_key"])),
        seal_key=SealKey(bytes.fromhex(told["seal_key"])), incarnation=bytes.fromhex(told["incarnation"]),
        actor=machine("centre"), now=now(),
    )  # fmt: skip
    made = {}
    for _ in range(told["count"]):
        packet = services.seal_packet(
            packet_id=new_id(now()), kind="bench/1", content=secrets.token_bytes(told["size"]), operator="", now=now()
        )
        made[str(packet.packet_id)] = packet.size_bytes
    return made


def say(words: object) -> None:
    """One line to the bench."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
