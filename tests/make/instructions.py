"""Instructions written, published and delivered through the real services, and files to put into them."""

import struct
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

from PIL import Image

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.duties import services
from dekat.duties.instructing import INSTRUCTION_FEED
from dekat.duties.quiz import QuizQuestion
from dekat.sync.queries import told
from tests.make.evidence import KEC

HEAD = Actor(uuid4(), Role.REGISTRY_HEAD, "", "centre")
OPERATOR = Actor(uuid4(), Role.OPERATOR, KEC, f"station-{KEC}")
CAMAT = Actor(uuid4(), Role.DISTRICT_HEAD, KEC, f"station-{KEC}")
KASI = Actor(uuid4(), Role.SECTION_HEAD, KEC, f"station-{KEC}")
STATION = replace(machine(f"station-{KEC}"), kecamatan=KEC)
QUIZ = (QuizQuestion("Latar tahun ganjil?", ("Biru", "Merah"), 1),)
TEXT = services.Text("Merekam", "## Langkah\n1. Cari", QUIZ, ["RECORDER"], [KEC], task="PRINT")


def publish(now, text=TEXT, *, name="P-1"):
    """Write and publish; give what the feed tells the station of KEC."""
    services.write_instruction(instruction_id=name, text=text, actor=HEAD, now=now)
    services.publish_instruction(instruction_id=name, actor=HEAD, now=now)
    return body_for(name)


def body_for(name="P-1", kecamatan=KEC):
    """What the feed tells a station of an instruction."""
    import json

    raw = told(scope=kecamatan, kind=INSTRUCTION_FEED, key=name)
    return json.loads(raw) if raw else None


def deliver(body, now, own=STATION):
    """Let a station receive it; here the same database plays both machines."""
    services.receive_instruction(item_id=uuid4(), node="centre", body=body, now=now, own=own)


def acknowledge(actor, now, *, name="P-1", chosen=None, **more):
    """Let an officer say that it is understood, with the right answer unless told otherwise."""
    return services.acknowledge(instruction_id=name, chosen=chosen or {0: 1}, actor=actor, now=now, **more)


def picture(kind="PNG", size=(2400, 1600)) -> bytes:
    """A picture with a place and a comment in it."""
    out = BytesIO()
    made = Image.radial_gradient("L").resize(size).convert("RGB")
    made.save(out, kind, **({"exif": _exif()} if kind == "JPEG" else {}))
    return out.getvalue()


def _exif():
    exif = Image.Exif()
    exif[0x010F] = "KAMERA-RAHASIA"
    return exif


def mp4(seconds=12, *, handler=b"vide", more=b"") -> bytes:
    """The containers of an MP4 of so many seconds, with nothing to see in it."""
    mvhd = _box(b"mvhd", bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80))
    hdlr = _box(b"hdlr", bytes(8) + handler + bytes(12))
    moov = _box(b"moov", mvhd + _box(b"trak", _box(b"mdia", hdlr)))
    return _box(b"ftyp", b"isom" + bytes(4)) + moov + _box(b"mdat", more)


def _box(name, content):
    return struct.pack(">I4s", len(content) + 8, name) + content


def webm(seconds=7, *, has_duration=True) -> bytes:
    """The containers of a WebM; without its duration as a browser records it, with open sizes."""
    head = _element("1A45DFA3", _element("4282", b"webm"))
    said = _element("4489", struct.pack(">d", seconds * 1000.0)) if has_duration else b""
    info = _element("1549A966", _element("2AD7B1", (1_000_000).to_bytes(3, "big")) + said)
    tracks = _element("1654AE6B", _element("AE", _element("83", b"\x01")))
    block = _element("A3", b"\x81" + struct.pack(">h", 1000) + b"\x80picture")
    cluster = _open("1F43B675", _element("E7", (seconds * 1000 - 1000).to_bytes(4, "big")) + block)
    return head + _open("18538067", info + tracks + cluster)


def _element(name, content):
    return bytes.fromhex(name) + struct.pack(">Q", (1 << 56) | len(content)) + content


def _open(name, content):
    return bytes.fromhex(name) + b"\x01" + b"\xff" * 7 + content
