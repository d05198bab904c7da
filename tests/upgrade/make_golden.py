"""Write what this release sends, once, before it is published: `python -m tests.upgrade.make_golden 0.1.0`.

The files never change afterwards; every later release must still read them. The keys in them are for tests only.
"""

import json
import os
import sys
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"
CONTENT = b"rekaman contoh 0.1.0 dari orang yang tidak ada" * 20
MESSAGE = {"said": "halo", "count": 3}
FEED = [("a", {"v": 2}), ("b", {"v": 1, "text": "kabar dari pusat"})]


def main(version: str) -> None:
    """Make the folder of a version with one example of each format."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    folder = GOLDEN / version
    folder.mkdir()
    write(folder)


def write(folder: Path) -> None:
    """A packet, a message, a receipt, an event and a piece of the feed, with the keys to read them."""
    from django.db import transaction

    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import found_node
    from dekat.kernel.canonical import canonical_json
    from dekat.kernel.ids import new_id
    from dekat.ledger import ports
    from dekat.ledger.services import as_message, record
    from dekat.sync import feed, receipts, services
    from dekat.sync.rules import InState
    from tests.conftest import NOW
    from tests.make.sync import enrolled_station

    own = found_node(name="centre", kind=NodeKind.CENTRE, kecamatan="", now=NOW)
    ports.use_signer(lambda: ports.Signer(own.node.name, own.signing_key))
    station = enrolled_station(now=NOW)
    (folder / "packet.dkp").write_bytes(station.seal(CONTENT, now=NOW, kind="recording/1"))
    (folder / "message.dkp").write_bytes(station.seal(canonical_json(MESSAGE), now=NOW, kind="application/1"))
    receipt = receipts.Receipt(new_id(NOW), station.name, 1, bytes(32), 7, InState.APPLIED, "", NOW)
    (folder / "receipt.txt").write_text(receipt.signed(own.signing_key))
    with transaction.atomic():
        event = record(name="equipment.device.delivered", subject="device:CONTOH-1", actor="node:centre",
                       data={"note": "BAST-CONTOH"}, now=NOW)  # fmt: skip
        for key, body in FEED:
            services.publish(scope="*", kind="golden/1", key=key, body=body, now=NOW)
    (folder / "event.json").write_text(json.dumps(as_message(event), indent=1) + "\n")
    (folder / "feed.cbor").write_bytes(feed.next_batch(scope="*", after=0))
    keys = {
        "centre_open": own.open_key.raw.hex(),
        "centre_verify": own.node.verify_key.raw.hex(),
        "centre_seal": own.node.seal_key.raw.hex(),
        "station_verify": station.signing.verify_key.raw.hex(),
    }
    (folder / "test-keys.json").write_text(json.dumps(keys, indent=1) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    main(sys.argv[1])
