"""How the station and its worker speak: one CBOR value at a time behind its length, over a private pair of sockets."""

import socket
import struct

import cbor2

_LENGTH = struct.Struct(">I")
_MOST_BYTES = 64_000_000

Said = dict[str, object]


def say(line: socket.socket, value: Said) -> None:
    """Send one value; OSError where nobody listens."""
    data = cbor2.dumps(value)
    line.sendall(_LENGTH.pack(len(data)) + data)


def hear(line: socket.socket) -> Said:
    """The next value; EOFError where the other side is gone, TimeoutError where it is too slow."""
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size))
    if length > _MOST_BYTES:
        raise EOFError
    value = cbor2.loads(_exactly(line, length))
    if not isinstance(value, dict):
        raise EOFError
    return value


def _exactly(line: socket.socket, count: int) -> bytes:
    got = bytearray()
    while len(got) < count:
        part = line.recv(count - len(got))
        if not part:
            raise EOFError
        got += part
    return bytes(got)
