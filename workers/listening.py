"""Connections that are taken and then say nothing: uvicorn waits for a request's first lines for ever, this does not.

Whoever reaches the port could otherwise hold every connection that the process may have, without a key (slow-loris).
How long a body may pause is the application's own limit (recordings/api/patience.py). Nor does an answer wait here for
the one before it to be confirmed.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 20.0
# From a connection's beginning, or a later request's first byte, until all of a request's headers are there.


class PromptProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, which closes a connection whose headers do not come in time."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait: after TLS, whose handshake asyncio limits itself."""
        super().connection_made(transport)
        # Headers and body are two writes. asyncio leaves Nagle's algorithm on where a socket of ours was handed to it,
        # and the second write then waits for the other side's delayed acknowledgement: 40 ms for each request.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; a byte now and then moves no deadline."""
        super().data_received(data)
        cycle: Any = self.cycle  # None before the first request, which its stub does not say
        if cycle is None or cycle.response_complete:
            self._wait()
        else:
            self._end_wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline with the connection."""
        self._end_wait()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(HEADER_SECONDS, self._give_up)

    def _end_wait(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        self.transport.close()
