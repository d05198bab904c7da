"""One question to one device over loopback HTTP, with the protocol's own verbs and time limits."""

import http.client
import json
import socket
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from dekat.adapters.sbi.refusals import AnswerUnreadable, DeviceSilent, DeviceUnplugged
from dekat.adapters.sbi.wire import HOST, read_json

ASK_S = 5.0  # MOSIPDISC and MOSIPDINFO, as MOSIP's own client
CAPTURE_S = 40.0  # RCAPTURE, as MOSIP's own client
PROBE_S = 0.3  # is anything listening? on loopback a living port accepts in well under a millisecond
_LARGEST_ANSWER = 64 * 1024 * 1024
_LARGEST_FRAME = 4 * 1024 * 1024
_LONGEST_LINE = 4096
_LARGEST_HEAD = 64 * 1024  # of one part of a live picture, and whatever stands before it
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True)
class Question:
    """A verb, its path and its JSON."""

    verb: str
    path: str
    body: dict[str, Any] | None
    limit_s: float


def is_listening(port: int) -> bool:
    """Say whether anything accepts a connection on the port."""
    try:
        socket.create_connection((HOST, port), timeout=PROBE_S).close()
    except OSError:
        return False
    return True


def ask(port: int, question: Question) -> Any:
    """The device's answer as JSON.

    Refuses: sbi.device.silent, sbi.device.unplugged, sbi.answer.unreadable.
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=question.limit_s)
    try:
        _send(connection, question)
        response = connection.getresponse()
        body = response.read(_LARGEST_ANSWER)
    except TimeoutError as error:
        raise DeviceSilent from error
    except (OSError, http.client.IncompleteRead) as error:
        raise DeviceUnplugged from error
    except http.client.HTTPException as error:
        raise AnswerUnreadable(part="HTTP") from error
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise AnswerUnreadable(part=f"HTTP {response.status}")
    return read_json(body)


def stream(port: int, question: Question) -> Generator[bytes, None, None]:
    """JPEG frames until the device stops or the caller closes the iterator.

    Refuses: sbi.device.silent, sbi.device.unplugged, sbi.answer.unreadable.
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=question.limit_s)
    try:
        _send(connection, question)
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise AnswerUnreadable(part=f"HTTP {response.status}")
        while frame := _frame(response):
            yield frame
    except TimeoutError as error:
        raise DeviceSilent from error
    except (OSError, http.client.HTTPException) as error:
        raise DeviceUnplugged from error
    finally:
        connection.close()


def _send(connection: http.client.HTTPConnection, question: Question) -> None:
    body = json.dumps(question.body).encode() if question.body is not None else b""
    connection.request(question.verb, question.path, body, {"Content-Type": "application/json"})


def _frame(response: http.client.HTTPResponse) -> bytes:
    """The next JPEG, or nothing at the end; the length is read from the part's head, in whatever case of letters."""
    length = read = 0
    while line := response.readline(_LONGEST_LINE):
        read += len(line)
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
        if length and not line.strip():
            return _whole_frame(response, length)
        if read > _LARGEST_HEAD:
            raise AnswerUnreadable(part="STREAM")  # an endless stream of something else
    return b""


def _whole_frame(response: http.client.HTTPResponse, length: int) -> bytes:
    if length > _LARGEST_FRAME:
        raise AnswerUnreadable(part="STREAM")
    frame = response.read(length)
    if len(frame) < length:
        raise DeviceUnplugged
    if not frame.startswith(_JPEG):
        raise AnswerUnreadable(part="STREAM")
    return frame
