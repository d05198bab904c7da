"""Whoever has not said yet who they are gets a minute for the head of their question, and no more."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

# A station's whole head is some 600 bytes: under a second at 8 kbit/s.
HEAD_S = 60.0


class HeadInTime(H11Protocol):
    """A connection that is closed when a head begins and does not end; a body may take as long as it needs."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Stop waiting when a question is there; begin when only a part of its head is."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()
        elif self._patience is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._patience = self.loop.call_later(HEAD_S, self.transport.close)

    def _stop(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
