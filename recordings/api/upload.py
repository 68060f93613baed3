"""A push's body, parsed while it streams: facts, then sound in one file or two. Nothing is spooled: clear sound
touches no disk.

Frameworks' own form parsers write a large part into a temporary file, in clear. Here python-multipart's low-level
parser is fed chunk by chunk and what it finds is handed on; sync code pulls it from a thread, so a slow disk slows the
sender and nothing piles up in memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING

import anyio.from_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from recordings.errors import FactsInvalid, LegMissing, MultipartInvalid
from recordings.facts import MAX_FACTS_BYTES, LegStarts
from recordings.legs import join_legs

if TYPE_CHECKING:  # it exists for type checkers only
    from python_multipart.multipart import MultipartCallbacks

_DATA, _BEGIN, _END, _FINISHED = "data", "begin", "end", "finished"
_AUDIO, _AGENT, _CUSTOMER = b"audio", b"audio_agent", b"audio_customer"
_MAX_HEADER = 4_096
_MAX_HEADERS = 8
_AT_ONCE = 1 << 19
# Bytes that are handed from the server's loop to the thread that reads them: each handing over costs a switch.


def find_boundary(content_type: str) -> bytes:
    """Return the boundary of a multipart/form-data content type. Raises MultipartInvalid."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise MultipartInvalid
    return boundary


def pull(stream: AsyncIterator[bytes]) -> Iterator[bytes]:
    """Yield an asynchronous stream's chunks in a worker thread. Raises MultipartInvalid when the sender goes away."""

    async def take(enough: int) -> bytes | None:
        taken, size = list[bytes](), 0
        async for chunk in stream:
            taken.append(chunk)
            size += len(chunk)
            if size >= enough:
                break
        return b"".join(taken) or None

    enough = 1  # the facts come first, and may refuse the rest
    while True:
        try:
            chunk = anyio.from_thread.run(take, enough)
        except ClientDisconnect:
            raise MultipartInvalid from None
        if chunk is None:
            return
        yield chunk
        enough = _AT_ONCE


class PushBody:
    """The parts of one push, in order. Read the facts, ask whether two files follow, read the sound; each once."""

    def __init__(self, chunks: Iterable[bytes], boundary: bytes) -> None:
        """`chunks` are the request's body."""
        self._events = _parse(chunks, boundary)

    def read_facts(self) -> bytes:
        """Return the first part's content. Raises MultipartInvalid, FactsInvalid when it is too long."""
        self._expect("facts")
        document = b""
        for piece in self._read_part():
            document += piece
            if len(document) > MAX_FACTS_BYTES:
                raise FactsInvalid([("facts", "too_long")])
        return document

    def is_in_legs(self) -> bool:
        """Tell whether the sound comes as two files. Raises MultipartInvalid, LegMissing."""
        event, name = next(self._events, (_FINISHED, b""))
        if name == _CUSTOMER:
            raise LegMissing
        if event != _BEGIN or name not in {_AUDIO, _AGENT}:
            raise MultipartInvalid
        return name == _AGENT

    def read_audio(self, starts: LegStarts | None) -> Iterator[bytes]:
        """Yield the sound: one part's content, or with `starts` both, joined; check that the body ends after it.

        Raises MultipartInvalid, LegMissing, BadAudio.
        """
        if starts is None:
            yield from self._read_part()
        else:
            legs = [("agent", starts.agent, self._read_part()), ("customer", starts.customer, self._read_second())]
            yield from join_legs(legs)
        if next(self._events, None) != (_FINISHED, b""):
            raise MultipartInvalid

    def _read_second(self) -> Iterator[bytes]:
        following = next(self._events, None)
        if following == (_FINISHED, b""):
            raise LegMissing
        if following != (_BEGIN, _CUSTOMER):
            raise MultipartInvalid
        yield from self._read_part()

    def _expect(self, name: str) -> None:
        if next(self._events, None) != (_BEGIN, name.encode()):
            raise MultipartInvalid

    def _read_part(self) -> Iterator[bytes]:
        for event, content in self._events:
            if event == _END:
                return
            if event != _DATA:
                break
            yield content
        raise MultipartInvalid  # the body stopped in the middle of the part


def _parse(chunks: Iterable[bytes], boundary: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield (event, content): a part's beginning with its name, its data, its end, and the end of the body."""
    found: deque[tuple[str, bytes]] = deque()
    parser = MultipartParser(
        boundary, _Listener(found).callbacks(), max_header_count=_MAX_HEADERS, max_header_size=_MAX_HEADER
    )
    try:
        for chunk in chunks:
            parser.write(chunk)
            while found:
                yield found.popleft()
        parser.finalize()
    except FormParserError:
        raise MultipartInvalid from None
    yield from found


class _Listener:
    """Collects what the parser calls back. A part's file name is never read: telephony puts numbers in it."""

    def __init__(self, found: deque[tuple[str, bytes]]) -> None:
        self._found = found
        self._field = b""
        self._value = b""
        self._name = b""

    def callbacks(self) -> MultipartCallbacks:
        """Return the parser's callbacks."""
        return {
            "on_part_begin": self._forget_headers,
            "on_header_field": self._add_field,
            "on_header_value": self._add_value,
            "on_header_end": self._end_header,
            "on_headers_finished": lambda: self._found.append((_BEGIN, self._name)),
            "on_part_data": lambda data, start, end: self._found.append((_DATA, data[start:end])),
            "on_part_end": lambda: self._found.append((_END, b"")),
            "on_end": lambda: self._found.append((_FINISHED, b"")),
        }

    def _forget_headers(self) -> None:
        self._name = self._field = self._value = b""

    def _add_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._name = parse_options_header(self._value)[1].get(b"name", b"")
        self._field = self._value = b""
