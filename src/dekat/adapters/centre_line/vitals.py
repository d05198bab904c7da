"""What the kernel knows of a connection, where it tells (Linux): whether the other side still acknowledges."""

import socket
import struct
import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import fcntl
    import termios

# `struct tcp_info`: segments sent and not acknowledged; milliseconds since the last acknowledgement; segments sent
# again; payload bytes acknowledged and received; the shortest round trip in µs.
_UNACKED_AT, _LAST_ACK_AT, _RESENT_AT, _ACKED_AT, _RECEIVED_AT = 24, 56, 100, 120, 128
_LEAST_RTT_AT, _INFO_BYTES, _NO_RTT_US = 148, 152, 0xFFFFFFFF


@dataclass(frozen=True)
class Vitals:
    """A connection at one instant; the byte counts also cover what TLS adds.

    Facts: `least_rtt_s` is 0 until the kernel measured one, which a repeated first packet does not allow.
    """

    unacked_segments: int
    since_ack_s: float
    acked_bytes: int
    received_bytes: int
    resent_segments: int
    least_rtt_s: float


def vitals(connection: socket.socket) -> Vitals | None:
    """Ask the kernel; None where it does not tell."""
    if sys.platform != "linux":
        return None
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
    if len(info) < _INFO_BYTES:
        return None
    (unacked,) = struct.unpack_from("I", info, _UNACKED_AT)
    (last_ack_ms,) = struct.unpack_from("I", info, _LAST_ACK_AT)
    (acked,) = struct.unpack_from("Q", info, _ACKED_AT)
    (received,) = struct.unpack_from("Q", info, _RECEIVED_AT)
    (resent,) = struct.unpack_from("I", info, _RESENT_AT)
    (least_rtt_us,) = struct.unpack_from("I", info, _LEAST_RTT_AT)
    least_rtt_s = 0.0 if least_rtt_us == _NO_RTT_US else least_rtt_us / 1e6
    return Vitals(unacked, last_ack_ms / 1000, acked, received, resent, least_rtt_s)


def taken_bytes(connection: socket.socket) -> int | None:
    """How many bytes the kernel was given since the connection began, acknowledged or not, TLS included.

    Facts: never less than it is; what is acknowledged meanwhile counts twice.
    """
    if sys.platform != "linux":
        return None
    (waiting,) = struct.unpack("i", fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4)))
    now = vitals(connection)
    return now.acked_bytes + waiting if now else None
