"""What earlier releases sealed, signed and told is still read: their packets may lie on a disk for months."""

import json

import pytest

from dekat.accounts.actor import machine
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node, found_node
from dekat.kernel.sealing import OpenKey, SealKey
from dekat.kernel.signing import VerifyKey
from dekat.ledger import rules
from dekat.ledger.services import from_message
from dekat.sync import envelope, ports, receipts, services
from tests.upgrade.make_golden import CONTENT, FEED, GOLDEN, MESSAGE

RELEASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
FIRST_RELEASE = "0.1.0"
LIMIT = 1 << 20


@pytest.fixture(params=RELEASES)
def golden(request):
    """The folder of one release."""
    return GOLDEN / request.param


@pytest.fixture
def keys(golden):
    """The test keys of that release, by name."""
    return {name: bytes.fromhex(text) for name, text in json.loads((golden / "test-keys.json").read_text()).items()}


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [("packet.dkp", "recording/1", CONTENT), ("message.dkp", "application/1", json.dumps(MESSAGE))],
)
def test_a_sealed_item_still_opens(golden, keys, name, kind, content):
    found = envelope.parse((golden / name).read_bytes(), max_bytes=LIMIT)

    found.check(VerifyKey(keys["station_verify"]))
    opened = found.open(OpenKey(keys["centre_open"]))

    assert found.header.kind == kind
    assert opened == content if isinstance(content, bytes) else json.loads(opened) == json.loads(content)


def test_a_receipt_is_still_believed(golden, keys):
    receipt = receipts.read((golden / "receipt.txt").read_text(), VerifyKey(keys["centre_verify"]))

    assert (receipt.node, receipt.seq, receipt.inbox_seq, receipt.state) == ("station-99.01.01", 1, 7, "APPLIED")


def test_an_event_still_proves_itself(golden, keys):
    event = from_message(json.loads((golden / "event.json").read_text()))

    fault = rules.first_fault(
        [event], node="centre", key=VerifyKey(keys["centre_verify"]), after_seq=event.seq - 1, prev_hash=event.prev_hash
    )

    assert fault is None
    assert (event.name, event.data) == ("equipment.device.delivered", {"note": "BAST-CONTOH"})


def test_a_piece_of_the_feed_is_still_applied(golden, keys, db, now, monkeypatch):
    found_node(name="station-99.01.01", kind=NodeKind.STATION, kecamatan="99.01.01", now=now)
    enrol_node(
        name="centre", kind=NodeKind.CENTRE, kecamatan="", verify_key=VerifyKey(keys["centre_verify"]),
        seal_key=SealKey(keys["centre_seal"]), incarnation=bytes(16), actor=machine("station-99.01.01"), now=now,
    )  # fmt: skip
    seen = []
    monkeypatch.setitem(ports._feed, "golden/1", lambda *, item_id, node, body, now: seen.append(dict(body)))

    assert services.apply_batch(data=(golden / "feed.cbor").read_bytes(), now=now)

    assert seen == [body for _, body in FEED]


def test_the_first_release_is_never_forgotten():
    assert FIRST_RELEASE in RELEASES
