"""A sender that stops in the middle of its body is not waited for: to the handlers it is one that went away."""

from __future__ import annotations

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_SECONDS = 60.0
# Until a body's first byte, and between two pieces of it. Only waiting for the sender counts, never our own disk.


class Patience:
    """ASGI middleware: gives a body that pauses for too long up."""

    def __init__(self, app: ASGIApp, *, seconds: float = BODY_SECONDS) -> None:
        """`seconds` is how long a body may pause."""
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and its body piece by piece."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_more = True

        async def receive_in_time() -> Message:
            nonlocal has_more
            if not has_more:  # what comes after the body is the sender's leaving, and may take as long as the answer
                return await receive()
            message: Message = {"type": "http.disconnect"}
            with anyio.move_on_after(self._seconds):
                message = await receive()
            has_more = message["type"] == "http.request" and bool(message.get("more_body"))
            return message

        await self._app(scope, receive_in_time, send)
