"""How long the server waits for the first lines of a request: uvicorn alone would wait for ever."""

from __future__ import annotations

import asyncio
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle


class Protocol(H11Protocol):
    """HTTP/1.1 that hangs up on who has begun a connection, or a request, and does not go on with it."""

    seconds = 10.0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begins to wait."""
        super().connection_made(cast(asyncio.Transport, transport))
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Waits on until the head of a request is whole."""
        super().data_received(data)
        if self._between():
            self._wait()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no more."""
        self._stop()
        super().connection_lost(exc)

    def _between(self) -> bool:
        """Whether no request is being answered."""
        cycle: RequestResponseCycle | None = self.cycle  # none before the first request
        return cycle is None or cycle.response_complete

    def _wait(self) -> None:
        self._timer = self._timer or self.loop.call_later(self.seconds, self._late)

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _late(self) -> None:
        self._timer = None
        if self._between():
            self.transport.close()


def patient(limit: float) -> type[Protocol]:
    """The protocol, with so many seconds."""
    return type("Patient", (Protocol,), {"seconds": limit})
