"""What comes from devices, printers, the national centre and people with files or papers."""

import http.client
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from unittest.mock import patch

from tests.make.devices import authority

from dekat.accounts import recovery
from dekat.adapters.ipp.client import IppPrinter
from dekat.adapters.national.client import HttpGateway
from dekat.adapters.sbi import exchange, iso
from dekat.adapters.sbi.answers import Expected, read_captures
from dekat.adapters.sbi.discovery import read_info
from dekat.adapters.sbi.trust import DeviceTrust, sign_jwt
from dekat.adapters.sbi.wire import encode, read_json
from dekat.documents import stamp, status_list
from dekat.duties import video
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import SLAP_FINGERS, Slap
from dekat.kernel.signing import SigningKey
from fuzz.world import ITEM, NOW, World

STAMP_KEY = stamp.StampKey(bytes(range(32)))
REQUEST = "ab" * 16
_QUESTION = exchange.Question("RCAPTURE", "/capture", None, 1.0)


class _Fed(io.BytesIO):
    """A connection on which everything already came."""

    def sendall(self, _: object) -> None:
        return

    def makefile(self, *_: object, **__: object) -> io.BytesIO:
        return io.BytesIO(self.getvalue())

    def setsockopt(self, *_: object) -> None:
        return


@contextmanager
def _answering(data: bytes) -> Iterator[None]:
    def connect(line: http.client.HTTPConnection) -> None:
        line.sock = _Fed(data)

    with patch.object(http.client.HTTPConnection, "connect", connect):
        yield


def _whole(data: bytes) -> bytes:
    """An HTTP answer; an odd first byte puts a good head before the rest."""
    if data and data[0] % 2:
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data[1:]) + data[1:]
    return data[1:]


def ask_device(_: World, data: bytes) -> None:
    """An SBI device's answer over HTTP."""
    with _answering(_whole(data)):
        exchange.ask(4501, _QUESTION)


def see_device(_: World, data: bytes) -> None:
    """An SBI device's live picture."""
    with _answering(_whole(data)):
        for _frame in islice(exchange.stream(4501, _QUESTION), 100):
            pass


def know_device(world: World, data: bytes) -> None:
    """A device's description of itself; an odd first byte signs the rest with a key that is believed."""
    answer = read_json(data[1:])
    if data and data[0] % 2 and isinstance(answer, dict):
        facts = dict(answer)
        facts["digitalId"] = _signed(answer.get("digitalId", {}))
        answer = {"deviceInfo": _signed(facts), "error": answer.get("error")}
    read_info(4501, answer, DeviceTrust(world.trust_folder), NOW)


def read_answer(world: World, data: bytes) -> None:
    """An RCAPTURE answer; an odd first byte signs its parts, so that the ISO records are reached."""
    answer = read_json(data[1:])
    if data and data[0] % 2 and isinstance(answer, dict) and isinstance(answer.get("biometrics"), list):
        answer = {"biometrics": [_signed_item(item) for item in answer["biometrics"][:4]]}
    expected = Expected(DeviceKind.FINGER, SLAP_FINGERS[Slap.THUMBS], "0193-recording-1", "", "serial")
    read_captures(answer, expected, DeviceTrust(world.trust_folder), NOW)


def read_film(_: World, data: bytes) -> None:
    """The video of an instruction: how long it is, by its container."""
    video.read_video(data)


def read_record(_: World, data: bytes) -> None:
    """An ISO/IEC 19794 record and the picture in it."""
    iso.open_image(iso.read_record(data))


def ask_printer(_: World, data: bytes) -> None:
    """A printer's answer; the first byte chooses the question, the rest is the IPP message or the whole answer."""
    printer = IppPrinter("ipp://printer.invalid/ipp/print")
    which = data[0] if data else 0
    with _answering(_whole(bytes([which >> 2]) + data[1:])):
        (printer.report, lambda: printer.job(1), printer.jobs, lambda: printer.create("a"))[which % 4]()


def ask_national(_: World, data: bytes) -> None:
    """The national centre's answer; the first byte chooses the question."""
    gateway = HttpGateway("http://national.invalid", SigningKey(bytes(32)).verify_key)
    which = data[0] if data else 0
    questions = (
        lambda: gateway.submit(recording_id=ITEM, nik="9901010101010001", content=b"a"),
        lambda: gateway.statuses(ITEM),
        gateway.ping_ms,
    )
    with _answering(_whole(bytes([which >> 2]) + data[1:])):
        questions[which % 4 % 3]()


def read_request(_: World, data: bytes) -> None:
    """A station's request for recovery, as the centre reads it."""
    recovery.read_request(data.decode("utf-8", "replace"))


def read_recovery_answer(_: World, data: bytes) -> None:
    """The centre's answer to it, as the locked station reads it."""
    recovery._read_answer(data.decode("utf-8", "replace"), REQUEST)


def read_stamp(_: World, data: bytes) -> None:
    """The stamp in a QR code, and the address that a telephone read."""
    keys = {stamp.key_id(STAMP_KEY.public): STAMP_KEY.public}
    if data and data[0] % 2:
        stamp.decode(stamp.from_code(data[1:].decode("latin1")), keys)
    else:
        stamp.decode(data[1:], keys)


def read_ended_list(_: World, data: bytes) -> None:
    """The list of ended documents, as a station takes it; an odd first byte has the target sign the rest."""
    keys = {stamp.key_id(STAMP_KEY.public): STAMP_KEY.public}
    if data and data[0] % 2:
        made = status_list.StatusList("ID-9911", NOW, data[1:6], data[6:])
        status_list.decode(status_list.encode(made, STAMP_KEY), keys)
    else:
        status_list.decode(data[1:], keys)


def _signed(value: object) -> str:
    ca = authority()
    return sign_jwt(value, ca.key, [ca.certificate])  # type: ignore[arg-type]


def _signed_item(item: object) -> object:
    if not isinstance(item, dict):
        return item
    payload = item.get("data")
    if isinstance(payload, dict):
        payload = {**payload, "digitalId": _signed(payload.get("digitalId", {}))}
        if isinstance(raw := payload.get("bioValue"), str):
            payload["bioValue"] = encode(raw.encode("latin1", "replace"))
    return {**item, "data": _signed(payload)}
