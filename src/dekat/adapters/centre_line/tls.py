"""TLS for a line that breaks often: the centre's own CA, short hand-shakes, and no deadline while bytes move."""

import select
import socket
import ssl
import time
from functools import cache
from pathlib import Path

from dekat.adapters.centre_line.trouble import CentreUnreachable, Intercepted, NotTheCentre
from dekat.adapters.centre_line.vitals import vitals

# A dead clock battery must not cut a station off: validity in time is not asked of the pinned certificate.
_NO_CHECK_TIME = 0x200000
# A hand-shake in which no byte moves for so long is over.
STILL_S = 5.0
_LOOK_EVERY_S = 0.25
_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE")
# Resuming costs 300 bytes of the way out, which is the narrow one, and saves what a whole hand-shake brings beyond 250:
# it is worth it where the centre shows a chain of certificates, and not where one small one of its own CA.
_WORTH_RESUMING_BYTES = 800
# What one TLS 1.3 record adds to its content.
RECORD_EXTRA = 22


class Tls:
    """One context for every connection of this process, with the last session of each host where that is worth it."""

    def __init__(self, ca_file: Path | None) -> None:
        self._context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
        self._context.minimum_version = ssl.TLSVersion.TLSv1_3
        if ca_file is not None:
            self._context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
        self._sessions: dict[str, ssl.SSLSession] = {}
        self._are_brief: set[str] = set()

    def secured(self, connected: socket.socket, host: str) -> ssl.SSLSocket:
        """Shake hands, with the last session where one is kept: then no certificate travels.

        Refuses: line.centre.unreachable, line.centre.intercepted, line.centre.not_the_centre.
        """
        wrapped = self._context.wrap_socket(
            connected, server_hostname=host, do_handshake_on_connect=False, session=self._sessions.get(host)
        )
        try:
            _shake_hands(wrapped)
        except ssl.SSLCertVerificationError as error:
            wrapped.close()
            raise Intercepted from error
        except ssl.SSLError as error:
            wrapped.close()
            # A hotspot answers a hand-shake with its log-in page in the clear.
            raise (NotTheCentre if error.reason in _NO_TLS else CentreUnreachable) from error
        except (OSError, CentreUnreachable) as error:
            wrapped.close()
            raise CentreUnreachable from error
        now = vitals(wrapped)
        if now and not wrapped.session_reused and now.received_bytes < _WORTH_RESUMING_BYTES:
            self._are_brief.add(host)
        return wrapped

    def remember(self, wrapped: ssl.SSLSocket, host: str) -> None:
        """Keep the newest session, where resuming is worth it; the server gives it after the hand-shake."""
        session = wrapped.session
        if session is not None and session.has_ticket and host not in self._are_brief:
            self._sessions[host] = session


@cache
def tls_for(ca_file: Path | None) -> Tls:
    """The same for all lines of this process: a session belongs to its context."""
    return Tls(ca_file)


def _shake_hands(wrapped: ssl.SSLSocket) -> None:
    moved_at, moved = time.monotonic(), -1
    while True:
        try:
            wrapped.do_handshake()
        except ssl.SSLWantReadError:
            select.select([wrapped], [], [], _LOOK_EVERY_S)
        except ssl.SSLWantWriteError:
            select.select([], [wrapped], [], _LOOK_EVERY_S)
        else:
            return
        now = vitals(wrapped)
        if now and now.acked_bytes + now.received_bytes != moved:
            moved_at, moved = time.monotonic(), now.acked_bytes + now.received_bytes
        if time.monotonic() - moved_at > STILL_S:
            raise CentreUnreachable
