"""A small TCP proxy before a real server, which does to connections what networks do.

Debian has no package of such a proxy (toxiproxy is not in it), and what is kept on PyPI drives one that is written in
Go; this one needs sixty lines.
"""

import asyncio
import random
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

PIECE = 1 << 16
Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Proxy:
    """What it does may be changed at any time, and counts for connections that are open too."""

    upstream: str | tuple[str, int]
    port: int = 0
    cut_answer_to: tuple[bytes, ...] = ()
    # Where these were asked on one connection, in this order, the server's next answer reaches nobody.
    resets: float = 0.0  # share of the pieces, in either direction, that end their connection instead
    delay: float = 0.0  # seconds that each piece waits
    silent: bool = False  # connections are taken and stay open, and nothing passes
    cuts: int = 0  # how many answers were cut, or connections reset
    draw: random.Random = field(default_factory=lambda: random.Random(1))

    async def serve(self, started: Event, ended: asyncio.Event) -> None:
        """Serve until told to end."""
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await ended.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if isinstance(self.upstream, str):
                beyond = await asyncio.open_unix_connection(self.upstream)
            else:
                beyond = await asyncio.open_connection(*self.upstream)
        except OSError:
            _reset(writer)
            return
        asked = _Asked()
        there = asyncio.ensure_future(self._pass(reader, beyond[1], asked, is_question=True))
        back = asyncio.ensure_future(self._pass(beyond[0], writer, asked, is_question=False))
        try:
            await asyncio.wait([there, back], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (there, back):
                task.cancel()
            _reset(writer)
            beyond[1].close()

    async def _pass(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, asked: "_Asked", *, is_question: bool
    ) -> None:
        with suppress(OSError):
            while piece := await source.read(PIECE):
                while self.silent:  # noqa: ASYNC110 - set from another thread
                    await asyncio.sleep(0.02)
                if self.delay:
                    await asyncio.sleep(self.delay)
                if is_question:
                    asked.note(piece, self.cut_answer_to)
                if (not is_question and asked.is_all) or self.draw.random() < self.resets:
                    self.cuts += 1
                    return
                target.write(piece)
                await target.drain()


class _Asked:
    """How much of what is looked for was asked on one connection."""

    def __init__(self) -> None:
        self._found = 0
        self.is_all = False

    def note(self, piece: bytes, wanted: tuple[bytes, ...]) -> None:
        for each in wanted[self._found :]:
            place = piece.find(each)
            if place < 0:
                break
            piece = piece[place:]
            self._found += 1
        self.is_all = bool(wanted) and self._found >= len(wanted)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close as a network that lost the connection does: with RST."""
    taken = writer.get_extra_info("socket")
    with suppress(OSError):
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@contextmanager
def running_proxy(upstream: str | tuple[str, int]) -> Iterator[Proxy]:
    """Put a proxy before a server: a Unix socket's path, or host and port."""
    proxy, started, loops = Proxy(upstream), Event(), list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]()

    async def run() -> None:
        ended = asyncio.Event()
        loops.append((asyncio.get_running_loop(), ended))
        await proxy.serve(started, ended)

    thread = Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    assert started.wait(30)
    yield proxy
    loop, ended = loops[0]
    loop.call_soon_threadsafe(ended.set)
    thread.join(30)
