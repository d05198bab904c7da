"""Where each target begins: what our own code writes, and one step beside it."""

import base64
import json
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

import cbor2
import pikepdf
import zstandard
import zxingcpp
from django.db import transaction
from openpyxl import Workbook
from PIL import Image
from tests.make.instructions import mp4, webm

from dekat.adapters.ipp.encoding import Attribute, Section, Status, Tag, encode
from dekat.adapters.samples.marks import as_jpeg, as_jpeg2000
from dekat.adapters.sbi import iso
from dekat.documents import stamp, status_list
from dekat.enrolment import packet_content
from dekat.enrolment.positions import Position
from dekat.kernel.canonical import canonical_json
from dekat.kernel.clock import iso as instant
from dekat.ledger.ports import Signer
from dekat.ledger.queries import chain as chain_of
from dekat.ledger.services import Draft, as_message, record_many
from dekat.registry import block
from dekat.sync import feed, hello, ports, receipts, sessions, stick_word
from dekat.sync.rules import InState
from fuzz.device_targets import REQUEST, STAMP_KEY
from fuzz.identity_targets import NEW_KEY, NEW_NODE
from fuzz.world import BLOB, ITEM, KECAMATAN, NOW, World

ID, AT = str(ITEM), instant(NOW)
MESSAGES: dict[str, dict[str, object]] = {
    "application/1": {
        "id": ID, "code": "A", "kecamatan": KECAMATAN, "stated_nik": "9901010101010001",
        "stated_family_card_no": "9901010101010002", "phone": "", "element": "EDUCATION", "new_value": "S1",
        "service": "KK_CHANGE", "submitted_at": AT, "by": ID,
    },
    "appointment_news/1": {"id": ID, "state": "ARRIVED", "at": AT, "account_id": "", "role": "", "kecamatan": ""},
    "card_event/1": {
        "what": "counted", "batch_id": ID, "present": [ID], "is_seal_whole": True, "card_id": ID,
        "identity_check": "FACE", "account_id": ID, "role": "OPERATOR", "kecamatan": KECAMATAN, "at": AT,
    },
    "password_renewed/1": {"account_id": ID, "password": "x", "way": "TWO_OFFICERS", "confirmed_by": ID},
    "print_report/1": {"document": ID, "by": ID, "kecamatan": KECAMATAN, "fate": "PRINTED", "sheet": "1", "at": AT},
    "question/1": {"id": ID, "instruction": ID, "text": "?", "asked_at": AT, "kecamatan": KECAMATAN},
}  # fmt: skip


def _both(raw: bytes, behind_the_door: bytes) -> list[bytes]:
    return [b"\0" + raw, b"\1" + behind_the_door]


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _reading(_: World) -> list[bytes]:
    value = {"a": [1, -2, "é", None, True, {"b": "\\u0041"}]}
    return [b"\0" + _json(value), b"\1" + cbor2.dumps(value), b"\2" + zstandard.compress(_json(value) * 9)]


def _envelope(world: World) -> list[bytes]:
    return [world.sealed(content, kind="test/1") for content in (b"", b"isi", b"isi " * 500)]


def _header(world: World) -> list[bytes]:
    fields = world.header_fields(world.sealed(b"{}", kind="test/1"))
    return [cbor2.dumps({name: value}) for name, value in fields.items()]


def _unpacking(_: World) -> list[bytes]:
    return [len(plain).to_bytes(4, "big") + zstandard.compress(plain) for plain in (b"", b"a", bytes(70_000))]


def _message(_: World) -> list[bytes]:
    kinds = [*sorted(ports._messages), "later/9"]
    return [bytes([kinds.index(kind)]) + _json(body) for kind, body in MESSAGES.items() if kind in kinds]


def _recording(_: World) -> list[bytes]:
    texts = dict.fromkeys(packet_content._TEXTS, "x")
    plain = {
        **texts, "version": packet_content.VERSION, "recording_id": ITEM.bytes, "operator_id": ITEM.bytes,
        "biodata": {}, "corrections": [], "captures": [], "chain": [], "absences": [], "times": [],
        "signature_strokes": [], "signature_png": b"", "signature_measures": {}, "elsewhere": {}, "rulings": [],
        "started_at": AT, "confirmed_at": AT,
    }  # fmt: skip
    return [cbor2.dumps(plain)]


def _feed(world: World) -> list[bytes]:
    with transaction.atomic():
        feed.publish(scope="*", kind="account/1", key="a", body={"id": ID}, now=NOW)
        piece = feed.next_batch(scope="*", after=0) or b""
        transaction.set_rollback(True)
    head = canonical_json({"epoch": "e", "scope": "*", "after": 0, "through": 1, "head": 1})
    return _both(piece, head + b"\0" + cbor2.dumps([[1, "account/1", "a", b'{"id":"x"}', ["0" * 64]]]))


def _block(_: World) -> list[bytes]:
    member = dict.fromkeys(
        ("full_name", "father_name", "mother_name", "birth_place", "father_nik", "mother_nik"), "A B"
    )
    person = {**member, "id": ID, "nik": "9901010101010001", "born_on": "2001-01-01", "sex": "MALE"}
    home = {"village": "1", "rw": "1", "rt": "2", "hamlet": "a b", "address": "c", "family_card_no": "9901010101010002"}
    row = {"id": ID, "version_from": AT, "family": home, "members": [person, {**person, "nik": "x", "sex": "FEMALE"}]}
    return [block.pack([row]), block.pack([row, {**row, "members": [person]}]), block.pack([])]


def _events(world: World) -> list[bytes]:
    draft = Draft(ITEM, "sync.test.said", "test:1", f"node:{world.station.name}", NOW, {"a": [1]})
    with transaction.atomic():
        record_many([draft], voice=Signer(world.station.name, world.station.signing), now=NOW)
        said = canonical_json([as_message(event) for event in chain_of(world.station.name)])
        transaction.set_rollback(True)
    return _both(zstandard.compress(said), said)


def _receipt(world: World) -> list[bytes]:
    made = receipts.Receipt(ITEM, world.station.name, 1, bytes(32), 1, InState.APPLIED, "", NOW)
    text = made.signed(world.own.signing_key)
    return _both(text.encode(), base64.b64decode(text.split(".")[0]))


def _pass(world: World) -> list[bytes]:
    given = world.session_pass
    return _both(given.encode(), base64.urlsafe_b64decode(given + "==")[sessions._MAC_BYTES :])


def _hello(world: World) -> list[bytes]:
    said = {"node": world.station.name, "incarnation": world.station.incarnation.hex(), "last_seq": 3, "last_hash": ""}
    return _both(_json(said) + b"\0" + base64.b64encode(bytes(64)), _json({**said, "sent_at": AT}))


def _welcome(world: World) -> list[bytes]:
    said = {
        "centre": "centre", "came_at": AT, "left_at": AT, "pass": "", "feed": {"epoch": "e", "heads": {"*": 1}},
        "missing": [1], "durable_through": 1, "ledger_seq": 1, "limits": {}, "orders": ["revoked"],
    }  # fmt: skip
    return _both(_json(said), _json(said))


def _answer(_: World) -> list[bytes]:
    return [base64.b64encode(bytes(64)) + b"\x000\0receipt\0body"]


def _wire(world: World) -> list[bytes]:
    packet, message = world.sealed(b"isi", kind="test/1"), world.sealed(b"{}", kind="later/9")
    named = base64.b64encode(ID.encode()) + b",sha256 " + base64.b64encode(sha256(packet).hexdigest().encode())
    begin = b"POST /sync/v1/packets\nUpload-Length: %d\nUpload-Metadata: id %s\n\n" % (len(packet), named)
    said = world.station
    hi = _json({"node": said.name, "incarnation": said.incarnation.hex(), "last_seq": 0, "last_hash": ""})
    mine = base64.b64encode(said.signing.sign(context=hello.SIGNING_CONTEXT, message=hi))
    tus = b"Content-Type: application/offset+octet-stream\nUpload-Offset: 0\n"
    checksum = b"Upload-Checksum: sha256 %s\n" % base64.b64encode(sha256(packet).digest())
    at = b"/sync/v1/packets/" + ID.encode()
    return [
        begin,
        b"PATCH " + at + b"\n" + tus + checksum + b"\n" + packet[:9] + b"\n--\n" + packet[9:],
        b"PATCH " + at + b"\n" + tus + b"\na\n--\n!",
        begin.rstrip(b"\n") + b"\n" + tus + b"\n" + packet[:700] + b"\n--\n" + packet[700:],
        b"HEAD " + at + b"\nDekat-Nonce: n\n\n",
        b"DELETE " + at + b"\n\n",
        b"OPTIONS /sync/v1/packets\n\n",
        b"POST /sync/v1/hello\nDekat-Nonce: n\nDekat-Signature: " + mine + b"\n\n" + hi,
        b"GET /sync/v1/time\nDekat-Nonce: n\n\n",
        b"POST /sync/v1/inbox\n\n" + cbor2.dumps({"items": [message, b""]}),
        b"POST /sync/v1/events\n\n" + _events(world)[0][1:],
        b"GET /sync/v1/feed?epoch=e&after=0&all=0&wait=0\n\n",
        b"GET /sync/v1/blobs/" + sha256(BLOB).hexdigest().encode() + b"\nRange: bytes=5-\n\n",
        b"POST " + at + b"\nX-HTTP-Method-Override: PATCH\n" + tus + b"\na",
        b"GET /sync/v1/other\nAuthorization: Bearer a.b\nTus-Resumable: 0.2\n\n",
    ]


def _reply(_: World) -> list[bytes]:
    head = b"HTTP/1.1 200 OK\r\nDekat-Signature: AA==\r\nUpload-Offset: 5\r\n"
    return [
        head + b"Content-Length: 4\r\n\r\nbody" + head + b"\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\nHTTP/1.0 302 Found\r\nLocation: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
    ]


def _centre(world: World) -> list[bytes]:
    bodies = [{"now": AT}, {"answers": [{"receipt": "a.b"}]}, {"ledger_seq": 1}, {}, {}, {"code": "sync.item.conflict"}]
    good = [bytes([which]) + b"\0\xc8" + _json(body) for which, body in enumerate(bodies)]
    return [*good, b"\6\0\xc8" + _welcome(world)[0][1:], b"\5\1\x99" + _json({"code": "sync.wire.checksum"})]


def _stick_word(world: World) -> list[bytes]:
    own = world.own.node
    file = stick_word.make_word(station=own, last_seq=3, now=NOW)
    return _both(file, base64.b64decode(json.loads(file)["statement"]))


def _stick_centre(world: World) -> list[bytes]:
    home = b"dekat/" + world.station.name.encode()
    position = _json({"epoch": "e", "seqs": {KECAMATAN: 0, "*": 0}, "blobs": ["0" * 64]})
    files = {
        home + b"/packets/00000001-a.dkp": world.sealed(b"isi", kind="later/9"),
        home + b"/messages/00000002-b.dkp": b"DKP1",
        home + b"/events/00000001-00000001.zst": _events(world)[0][1:],
        home + b"/position.json": position,
        home + b"/receipts/x.txt": b"a.b",
        b"dekat/stik.json": _json({"dekat": "stick/1", "node": world.station.name}),
        b"dekat/other/packets/x.dkp": b"",
    }
    return [_stick(files), _stick({home + b"/packets": b"->"})]


def _stick_station(world: World) -> list[bytes]:
    home = b"dekat/centre"
    own = world.own.node.seal_key
    files = {
        b"dekat/stik.json": _json({"dekat": "stick/1", "node": "centre"}),
        home + b"/receipts/x.txt": _receipt(world)[0][1:],
        home + b"/feed/000001.dkf": own.seal(_feed(world)[0][1:], info=b"dekat/stick/feed/1"),
        home + b"/blobs/" + b"0" * 64 + b".dkb": own.seal(b"a", info=b"dekat/stick/blob/1"),
        b"tanda-terima-1.json": _json({"dekat": "receipts/1", "receipts": {"x": "a.b"}}),
    }
    return [_stick(files)]


def _stick(files: dict[bytes, bytes]) -> bytes:
    return b"\0\0".join(name + b"\0" + content for name, content in files.items())


def _device(world: World) -> list[bytes]:
    return _both(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", b'[{"error": {"errorCode": "0"}}]')


def _stream(_: World) -> list[bytes]:
    jpeg = as_jpeg(Image.new("L", (8, 8)))
    part = b"--BoundaryString\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n" % (len(jpeg), jpeg)
    return _both(b"HTTP/1.1 200 OK\r\n\r\n" + part * 2, part * 2)


_IDENTITY = {"serialNo": "serial", "make": "m", "model": "m", "type": "Finger", "deviceSubType": "Slap"}


def _sbi_info(_: World) -> list[bytes]:
    facts = {"deviceId": "d", "deviceSubId": ["1"], "deviceStatus": "Ready", "env": "", "digitalId": _IDENTITY}
    raw = base64.urlsafe_b64encode(
        _json({**facts, "digitalId": base64.urlsafe_b64encode(_json(_IDENTITY)).decode().rstrip("=")})
    )
    return _both(_json({"deviceInfo": raw.decode().rstrip("="), "error": {"errorCode": "0"}}), _json(facts))


def _sbi_capture(_: World) -> list[bytes]:
    data = {
        "digitalId": _IDENTITY, "transactionId": "0193-recording-1", "bioType": "Finger", "timestamp": AT,
        "bioSubType": "Left Thumb", "qualityScore": "80", "requestedScore": 40, "bioValue": "FIR",
    }  # fmt: skip
    item = {"specVersion": "0.9.5", "data": data, "hash": "00", "error": {"errorCode": "0"}}
    return _both(_json({"biometrics": [{"specVersion": "0.9.5", "data": "a.b.c"}]}), _json({"biometrics": [item] * 2}))


def _sbi_record(_: World) -> list[bytes]:
    grey, colour = Image.new("L", (24, 32), 90), Image.new("RGB", (24, 32), (9, 90, 200))
    made = []
    for image in (as_jpeg2000(grey), as_jpeg(grey)):
        made.append(iso.finger_record(Position.LEFT_THUMB, image, score=70, captured_at=NOW))
        made.append(
            iso.iris_record(Position.LEFT_IRIS, image, score=70, captured_at=NOW, centre=(9, 9), diameter=9)
        )  # fmt: skip
    return [*made, iso.face_record(as_jpeg2000(colour), score=70, captured_at=NOW)]


def _ipp(_: World) -> list[bytes]:
    printer = [Attribute(Tag.ENUM, "printer-state", (3,)), Attribute(Tag.TEXT, "printer-device-id", ("MFG:a;SN:b;",))]
    job = [
        Attribute(Tag.INTEGER, "job-id", (1,)), Attribute(Tag.NAME, "job-name", ("a",)),
        Attribute(Tag.ENUM, "job-state", (9,)), Attribute(Tag.KEYWORD, "job-state-reasons", ("none", "job-incoming")),
    ]  # fmt: skip
    said = encode(Status.OK, 1, [(Section.PRINTER, printer), (Section.JOB, job)])
    return [bytes([4 + which]) + said for which in range(4)]


def _national(_: World) -> list[bytes]:
    receipt = {"recording_id": ID, "content_sha256": "00", "received_at": AT, "signature": "00" * 64}
    statuses = {"statuses": [{"status": "RECEIVED_AT_CENTRAL", "at": AT}]}
    return [b"\4" + _json(receipt), b"\5" + _json(statuses), b"\6{}", b"\0HTTP/1.1 500 No\r\n\r\n"]


def _request(_: World) -> list[bytes]:
    said = {"dekat": "recovery-request/1", "id": REQUEST, "node": "n", "username": "u", "wrapped": "AAAA"}
    return [_json(said)]


def _recovery_answer(_: World) -> list[bytes]:
    sealed = base64.b64encode(bytes(76)).decode()
    said = {"dekat": "recovery-answer/1", "request": REQUEST, "node": "n", "approved_by": [ID], "sealed": sealed}
    return [_json({**said, "signature": "AAAA"})]


def _stamp(_: World) -> list[bytes]:
    made = stamp.Stamp("ID-9911", NOW, ITEM, "FAMILY_CARD", "4071", "SK", 4, bytes(16), "7K3QX91BZT")
    raw = stamp.encode(made, STAMP_KEY)
    return _both(raw, stamp.as_code(raw, address="https://cek.dekat.example").encode())


def _enrolment(world: World) -> list[bytes]:
    said = {
        "node": NEW_NODE, "kecamatan": "99.09.09", "verify_key": NEW_KEY.verify_key.text,
        "seal_key": world.own.node.seal_key.raw.hex(), "incarnation": bytes(16).hex(),
    }  # fmt: skip
    return _both(_json({"said": base64.b64encode(_json(said)).decode(), "proof": "00", "signature": ""}), _json(said))


def _admission(_: World) -> list[bytes]:
    said = {"centre": {"name": "centre"}, "voice": 1, "certificate": {"a": 1}, "recovery_key": ""}
    return _both(_json({"answer": base64.b64encode(_json(said)).decode(), "proof": "00"}), _json(said))


def _next_key(world: World) -> list[bytes]:
    said = {
        "node": world.station.name, "incarnation": world.station.incarnation.hex(), "from_seq": 1,
        "verify_key": NEW_KEY.verify_key.text, "seal_key": world.own.node.seal_key.raw.hex(), "proof": "",
    }  # fmt: skip
    return _both(_json(said), _json(said))


def _next_life(world: World) -> list[bytes]:
    return [_json({"node": world.station.name, "from": world.station.incarnation.hex(), "incarnation": "ab" * 16})]


def _certificate(world: World) -> list[bytes]:
    said = {
        "node": world.station.name, "voice": 2, "incarnation": bytes(16).hex(), "verify_key": NEW_KEY.verify_key.text,
    }  # fmt: skip
    return _both(_json({"certificate": said, "signature": ""}), _json(said))


def _centre_keys(_: World) -> list[bytes]:
    said = _json({"centre": "centre", "number": 2, "former": "@", "next": NEW_KEY.verify_key.text})
    return _both(said + b"\0" + b"00" * 64, said)


def _asset_list(_: World) -> list[bytes]:
    head = ["Nama Barang", "Nomor Pabrik", "Harga (Rp)", "Tanggal BAST Pemasok", "Kecamatan"]
    row = ["Set perekaman", "A-1", "128.500.000", "05/02/2021", "Wringin"]
    book = Workbook()
    for cells in (["KIB B"], head, row):
        book.worksheets[0].append(cells)
    out = BytesIO()
    book.save(out)
    text = "\n".join(";".join(cells) for cells in (head, row))
    return [out.getvalue(), text.encode(), text.encode("utf-16")]


def _signature(_: World) -> list[bytes]:
    return [b'[[{"x":1,"y":2},{"x":30,"y":4.5}],[]]', b"[]", b""]


def _label(_: World) -> list[bytes]:
    code = zxingcpp.create_barcode("DEKAT-ALAT:R-1", zxingcpp.BarcodeFormat.QRCode)
    image = memoryview(zxingcpp.write_barcode_to_image(code, scale=4))
    return [as_jpeg(Image.frombytes("L", (image.shape[1], image.shape[0]), bytes(image)))]


def _checked_paper(world: World) -> list[bytes]:
    photo, scan = _label(world)[0], BytesIO()
    with Image.open(BytesIO(photo)) as picture:
        picture.save(scan, "PDF")
    return [photo, scan.getvalue()]


def _ended_list(_: World) -> list[bytes]:
    made = status_list.StatusList("ID-9911", NOW, status_list.packed([ITEM]), b"")
    return [b"\0" + status_list.encode(made, STAMP_KEY), b"\1" + made.superseded]


def _paper(_: World) -> list[bytes]:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return [out.getvalue(), as_jpeg(Image.new("L", (16, 16), 128))]


def _video(_: World) -> list[bytes]:
    return [mp4(12), webm(12), webm(12, has_duration=False)]


SEEDS: dict[str, Callable[[World], list[bytes]]] = {
    "reading": _reading, "envelope": _envelope, "header": _header, "unpacking": _unpacking, "message": _message,
    "recording": _recording, "feed": _feed, "block": _block, "events": _events, "receipt": _receipt, "pass": _pass,
    "hello": _hello, "welcome": _welcome, "answer": _answer, "wire": _wire, "reply": _reply, "centre": _centre,
    "stick_word": _stick_word, "stick_centre": _stick_centre, "stick_station": _stick_station, "sbi_http": _device,
    "sbi_stream": _stream,
    "sbi_info": _sbi_info, "sbi_capture": _sbi_capture, "sbi_record": _sbi_record, "ipp": _ipp,
    "enrolment": _enrolment, "admission": _admission, "next_key": _next_key, "next_life": _next_life,
    "certificate": _certificate, "centre_keys": _centre_keys, "asset_list": _asset_list, "paper": _paper,
    "signature": _signature, "label": _label,
    "national": _national, "recovery_request": _request, "recovery_answer": _recovery_answer, "stamp": _stamp,
    "video": _video, "ended_list": _ended_list, "checked_paper": _checked_paper,
}  # fmt: skip
