"""What a process that decodes and the one that asked for it say to each other, over a pair of sockets.

A message is one letter, a length and that many bytes. The one that decodes has no file: it asks for bytes of the
recording (`READ`) and is given them decrypted, so that they are never on a disk, and formats that seek can be read.
"""

from __future__ import annotations

import socket
import struct

from storage.seekable import SeekableReader

ASK = b"q"  # to the decoder: what is to be done, JSON
READ = b"r"  # from the decoder: an offset and a count
DATA = b"d"  # to the decoder: the bytes that were asked for
FACTS = b"f"  # from the decoder: JSON
SAMPLES = b"s"  # from the decoder: channels, bytes of a sample, two empty bytes, then the samples
REFUSED = b"x"  # from the decoder: a slug
END = b"z"  # from the decoder: all was said

LONGEST = 16 * 2**20
# bytes of a message: a second of the highest rate is a tenth of it, and a lying length must not fill the memory
STRETCH = 256 * 1024
# bytes that are asked for at once: four of the vault's pieces, so that a call costs few questions

_HEAD = struct.Struct("<cI")
PLACE = struct.Struct("<QI")
SHAPE = struct.Struct("<BBxx")


class Broken(Exception):
    """The other side is gone, or says something that is no message."""


def send(line: socket.socket, kind: bytes, *parts: bytes | bytearray | memoryview) -> None:
    """Send one message. Raises Broken when nobody listens any more."""
    buffers = [_HEAD.pack(kind, sum(len(part) for part in parts)), *parts]
    try:
        for buffer in buffers:
            line.sendall(buffer)
    except OSError as gone:
        raise Broken from gone


def receive(line: socket.socket) -> tuple[bytes, bytearray]:
    """Wait for one message. Raises Broken at the end of the line, TimeoutError as the socket does."""
    kind, length = _HEAD.unpack(_exactly(line, _HEAD.size))
    if length > LONGEST:
        raise Broken
    return kind, _exactly(line, length)


def _exactly(line: socket.socket, count: int) -> bytearray:
    buffer = bytearray(count)
    view, have = memoryview(buffer), 0
    while have < count:
        try:
            got = line.recv_into(view[have:])
        except TimeoutError:
            raise
        except OSError as gone:
            raise Broken from gone
        if not got:
            raise Broken
        have += got
    return buffer


class Asked(SeekableReader):
    """The recording as the decoder sees it: bytes that somebody else holds."""

    def __init__(self, line: socket.socket, size: int) -> None:
        """Read `size` bytes over this line."""
        super().__init__(size)
        self._line = line

    def _at(self, position: int) -> tuple[int, bytes]:
        send(self._line, READ, PLACE.pack(position, STRETCH))
        kind, content = receive(self._line)
        if kind != DATA:
            raise Broken
        return position, bytes(content)
