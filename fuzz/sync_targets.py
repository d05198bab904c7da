"""Parsers of sync: envelopes, events, receipts, passes, greetings, the feed, messages and recordings.

Where a signature guards a parser, an odd first byte has the target sign the rest with the right key: behind the door
stands whoever stole a station, and a centre of another release.
"""

import base64
import json
from dataclasses import replace

import cbor2
import zstandard

from dekat.enrolment import packet_content
from dekat.kernel.reading import read_cbor, read_json, unpack
from dekat.registry import block
from dekat.sync import answers, apply, chain, envelope, feed, hello, inbox, ports, receipts, sessions, stick_word
from dekat.sync.rules import MAX_PACKET_BYTES, Carrier
from fuzz.world import NOW, World


def read_bounded(_: World, data: bytes) -> None:
    """JSON, CBOR and zstd themselves."""
    reader = (read_json, read_cbor, lambda rest: unpack(rest, limit=1024 * 1024))[data[0] % 3 if data else 0]
    reader(data[1:])


def open_envelope(world: World, data: bytes) -> None:
    """An envelope as it stands on the line."""
    found = envelope.parse(data, max_bytes=MAX_PACKET_BYTES)
    found.check(world.station.signing.verify_key)
    found.open(world.own.open_key)


def take_header(world: World, data: bytes) -> None:
    """A signed envelope whose header holds whatever the bytes say, through the inbox."""
    fields = world.header_fields(world.sealed(b"{}", kind="test/1"))
    said = read_cbor(data)
    fields = {**fields, **said} if isinstance(said, dict) else fields
    header = cbor2.dumps({**fields, "cipher_len": 40}, canonical=True)
    inbox.take_message(sealed=world.framed(header, bytes(40)), now=NOW, sent_by=world.station.name)


def unpack_envelope(world: World, data: bytes) -> None:
    """What lies compressed in an envelope that opens; the first four bytes are the length it promises."""
    envelope._unpacked(data[4:], int.from_bytes(data[:4], "big") % envelope.MAX_PLAIN_BYTES)


class _Opened(envelope.Envelope):
    """An envelope that is open already: sealing costs more than everything behind it."""

    def open(self, _: object) -> bytes:
        return self.ciphertext


def take_message(world: World, data: bytes) -> None:
    """A message of any kind we know, with any content, as it lies in the inbox."""
    kinds = [*sorted(ports._messages), "later/9"]
    kind = kinds[data[0] % len(kinds)] if data else "later/9"
    header = replace(world.whole.header, kind=kind)
    found = _Opened(**{**world.whole.__dict__, "header": header, "ciphertext": data[1:]})
    apply.outcome(found, Carrier.MESSAGE, NOW)


def read_recording(_: World, data: bytes) -> None:
    """The content of a recording."""
    packet_content.read(data)


def apply_feed(world: World, data: bytes) -> None:
    """A piece of the feed; signed when the first byte is odd: its header as JSON, a NUL, its entries as CBOR."""
    if not data or data[0] % 2 == 0:
        feed.apply_batch(data=data[1:], now=NOW)
        return
    written, _, plain = data[1:].partition(b"\0")
    payload = zstandard.ZstdCompressor(level=1).compress(plain)
    signature = world.own.signing_key.sign(context=feed.SIGNING_CONTEXT, message=written + b"\0" + payload)
    piece = cbor2.dumps({"header": written, "payload": payload, "signature": signature})
    feed.apply_batch(data=piece, now=NOW)


def open_block(_: World, data: bytes) -> None:
    """A block of families of the extract, unfolded."""
    for row in block.unpack(data):
        block.residents_of(row)


def take_events(world: World, data: bytes) -> None:
    """Events of a station's chain; an odd first byte packs the rest, which is JSON then."""
    packed = zstandard.ZstdCompressor(level=1).compress(data[1:]) if data and data[0] % 2 else data[1:]
    chain.take_events(sender=world.station.name, packed=packed)


def read_receipt(world: World, data: bytes) -> None:
    """A receipt; an odd first byte signs the rest, which is its statement then."""
    text = data[1:].decode("latin1")
    if data and data[0] % 2:
        signature = world.own.signing_key.sign(context=receipts.SIGNING_CONTEXT, message=data[1:])
        text = f"{base64.b64encode(data[1:]).decode()}.{base64.b64encode(signature).decode()}"
    receipts.read(text, world.own.node.verify_key)


def read_pass(world: World, data: bytes) -> None:
    """A pass; an odd first byte seals the rest, which is its claims then."""
    text = data[1:].decode("latin1")
    if data and data[0] % 2:
        text = sessions._proven(data[1:])
    sessions.read_pass(text, now=NOW)


def answer_hello(world: World, data: bytes) -> None:
    """A greeting; an odd first byte signs the rest."""
    signature = base64.b64encode(world.station.signing.sign(context=hello.SIGNING_CONTEXT, message=data[1:])).decode()
    body, said = data[1:], signature
    if data and data[0] % 2 == 0:
        body, _, rest = data[1:].partition(b"\0")
        said = rest.decode("latin1")
    hello.answer_hello(hello=hello.Hello(body, said), now=NOW)


def read_welcome(world: World, data: bytes) -> None:
    """The centre's answer to a greeting; an odd first byte puts a pass into it that opens."""
    body = data[1:]
    if data and data[0] % 2 and isinstance(said := read_json(body), dict):
        sealed = world.own.node.seal_key.seal(b"pass", info=hello._PASS_INFO)
        body = json.dumps({**said, "pass": base64.b64encode(sealed).decode()}).encode()
    hello.read_welcome(body)


def take_word(world: World, data: bytes) -> None:
    """The centre's word on a stick; an odd first byte signs the rest, which is its statement then."""
    file = data[1:]
    if data and data[0] % 2:
        signature = world.own.signing_key.sign(context=stick_word.SIGNING_CONTEXT, message=file)
        both = {"statement": base64.b64encode(file).decode(), "signature": base64.b64encode(signature).decode()}
        file = json.dumps(both).encode()
    stick_word.take_word(file, now=NOW)


def check_answer(world: World, data: bytes) -> None:
    """The signature of an answer, its parts divided by NULs."""
    signature, offset, receipt, *body = (part.decode("latin1") for part in (data + b"\0\0\0").split(b"\0"))
    answers.is_signed(
        world.own.node.verify_key,
        signature,
        nonce="qnonce",
        question="GET /sync/v1/time",
        status=200,
        offset=offset,
        receipt=receipt,
        body="\0".join(body).encode(),
    )
