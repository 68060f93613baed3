"""Decoding files from outside where they can harm nothing: in a process of their own that has nothing.

This side holds the recording and hands out its bytes; what comes back is samples, believed only as far as their shape.
A file that breaks its decoder is refused with a slug. A decoder that was stopped by somebody else (an operator, the
kernel for want of memory) is no fault of the file: `DecoderStopped`, and the step is done again.
Encoding stays here: it reads samples, which cannot lie.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, BinaryIO

import numpy as np

from recordings.engines import Samples, SoundFacts
from recordings.errors import DecoderStopped
from workers.engines import wire
from workers.engines.codec import HIGHEST_RATE, LONGEST_SECONDS, LOWEST_RATE, MOST_CHANNELS, AvCodec
from workers.engines.decoder_host import ENDED, STARTED
from workers.engines.refusals import refusal

PATIENCE, PATIENCE_PER_SECOND = 60.0, 1 / 4
# Seconds that are waited for a decoder in all, and for each second of sound: a hundred times what it takes, since
# machines are busy. The time in which nobody waits for it, because the model listens, does not count.
LEAST_CPU = 20.0
# Seconds of CPU that tell a file that cannot be decoded from a machine that had no time
FAREWELL = 10.0
# Seconds until the host says how a decoder ended
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); from workers.engines.decoder_host import main; main()"
)
_STOPPED_BY_OTHERS = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT})


class FencedCodec:
    """`recordings.engines.AudioCodec` that reads files in a process of its own. One object serves all threads."""

    def __init__(self, *, longest_seconds: float = LONGEST_SECONDS) -> None:
        """Take sounds of up to so many seconds."""
        self._longest = longest_seconds
        writer = AvCodec(longest_seconds=longest_seconds)
        self.encode_flac, self.encode_wav = writer.encode_flac, writer.encode_wav

    def probe(self, source: BinaryIO) -> SoundFacts:
        """Read the headers of a seekable file. Raises BadAudio, DecoderStopped, and what the source raises."""
        with closing(_Decoder("probe", source, self._longest)) as decoder:
            facts = list(decoder.answers(wire.FACTS))
        if len(facts) != 1:
            raise refusal("audio-breaks-decoder")
        return _facts(facts[0][1])

    def decode(self, source: BinaryIO) -> Iterator[Samples]:
        """Yield (frames, channels) blocks of a second: int16, or int32 with 24 significant bits.

        Raises BadAudio, DecoderStopped, and what the source raises.
        """
        with closing(_Decoder("decode", source, self._longest)) as decoder:
            answers = decoder.answers(wire.FACTS, wire.SAMPLES)
            kind, content = next(answers, (b"", bytearray()))
            if kind != wire.FACTS:
                raise refusal("audio-breaks-decoder")
            facts = _facts(content)
            decoder.expect(facts.seconds or self._longest)
            most, frames = self._longest * facts.rate, 0
            for kind, content in answers:
                if kind != wire.SAMPLES:
                    raise refusal("audio-breaks-decoder")
                block = _samples(content, facts)
                frames += len(block)
                if frames > most:
                    raise refusal("audio-too-long")
                yield block


def find_protections() -> dict[str, bool]:
    """Say which protections hold around a decoder on this machine: the decoder tries what it must not."""
    with closing(_Decoder("protections", None, LONGEST_SECONDS)) as decoder:
        ((_, content),) = decoder.answers(wire.FACTS)
    return {str(name): held is True for name, held in json.loads(content).items()}


class _Decoder:
    """One child that decodes one file, and the two lines to it: its work, and whether it lives."""

    def __init__(self, what: str, source: BinaryIO | None, longest: float) -> None:
        size = source.seek(0, os.SEEK_END) if source is not None else 0
        self._source = source
        self._patience = PATIENCE
        self._work, self._life = _host.fork()
        try:
            ask = {"what": what, "size": size, "longest": longest}
            wire.send(self._work, wire.ASK, json.dumps(ask).encode())
        except wire.Broken:
            pass  # the answer, which does not come, says why

    def expect(self, seconds: float) -> None:
        """Wait as long as a sound of this length explains."""
        self._patience += seconds * PATIENCE_PER_SECOND

    def answers(self, *kinds: bytes) -> Iterator[tuple[bytes, bytearray]]:
        """Give it the bytes that it asks for, and yield what else it says. Raises BadAudio, DecoderStopped."""
        while True:
            kind, content = self._next()
            if kind == wire.END:
                return
            if kind == wire.READ:
                self._give(content)
            elif kind == wire.REFUSED:
                raise refusal(content.decode("ascii", "replace"))
            elif kind in kinds:
                yield kind, content
            else:
                raise refusal("audio-breaks-decoder")

    def close(self) -> None:
        """Let it end: the host kills a child whose lines are closed."""
        self._work.close()
        self._life.close()

    def _next(self) -> tuple[bytes, bytearray]:
        begun = monotonic()
        self._work.settimeout(max(0.01, self._patience))
        try:
            return wire.receive(self._work)
        except TimeoutError:
            self._life.shutdown(socket.SHUT_WR)  # the host kills it
            status, seconds = self._wait()
            if status is not None and seconds >= LEAST_CPU:
                raise refusal("audio-takes-too-long") from None
            raise DecoderStopped from None
        except wire.Broken:
            raise self._reason() from None
        finally:
            self._patience -= monotonic() - begun

    def _give(self, content: bytearray) -> None:
        offset, count = wire.PLACE.unpack(content) if len(content) == wire.PLACE.size else (-1, 0)
        if self._source is None or offset < 0:
            raise refusal("audio-breaks-decoder")
        self._source.seek(offset)
        try:
            wire.send(self._work, wire.DATA, self._source.read(min(count, wire.STRETCH)))
        except wire.Broken:
            raise self._reason() from None

    def _reason(self) -> Exception:
        """Say why the line ended before all was said."""
        status, _ = self._wait()
        if status is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in _STOPPED_BY_OTHERS):
            return DecoderStopped()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            return refusal("audio-takes-too-long")
        return refusal("audio-breaks-decoder")

    def _wait(self) -> tuple[int | None, float]:
        """Return how it ended, as `waitpid` says it, and its seconds of CPU; None where the host is gone too."""
        self._life.settimeout(FAREWELL)
        said = b""
        try:
            while len(said) < STARTED.size + ENDED.size:
                more = self._life.recv(64)
                if not more:
                    return None, 0.0
                said += more
        except OSError:
            return None, 0.0
        status, seconds = ENDED.unpack(said[STARTED.size :])
        return status, seconds


class _Host:
    """The one process beside this one that forks decoders; started when it is first needed, and again if it died."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._owner = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def fork(self) -> tuple[socket.socket, socket.socket]:
        """Return the lines of a new decoder: to work with, and to know whether it lives. Raises DecoderStopped."""
        work, its_work = socket.socketpair()
        life, its_life = socket.socketpair()
        with its_work, its_life, self._lock:
            for _ in range(2):
                try:
                    socket.send_fds(self._line(), [b"f"], [its_work.fileno(), its_life.fileno()])
                except OSError:
                    self._control = None
                else:
                    return work, life
        work.close()
        life.close()
        raise DecoderStopped

    def _line(self) -> socket.socket:
        """Return the line to the host. One that was forked with this process is not ours: its own is started."""
        mine = self._owner == os.getpid()
        if self._control is None or not mine or self._process is None or self._process.poll() is not None:
            self._control, theirs = socket.socketpair()
            self._owner = os.getpid()
            with theirs:
                command = [sys.executable, "-I", "-S", "-c", _START, str(theirs.fileno()), json.dumps(_paths())]
                self._process = subprocess.Popen(  # noqa: S603 - built by us, by no one else
                    command,
                    env={"OPENBLAS_NUM_THREADS": "1"},  # a process with threads must not fork
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,  # FFmpeg's messages quote the file
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
        return self._control


_host = _Host()
# one for all codecs of this process


def _paths() -> list[str]:
    """Where this process finds its modules."""
    return [path or str(Path.cwd()) for path in sys.path]


def _facts(content: bytearray) -> SoundFacts:
    """Read what the headers say, from a process that may have been made to lie. Raises BadAudio."""
    try:
        facts = SoundFacts(**json.loads(content))
        if _is_fine(facts):
            return facts
    except (TypeError, ValueError):
        pass
    raise refusal("audio-breaks-decoder")


def _is_fine(facts: SoundFacts) -> bool:
    names = all(str(each).isidentifier() and len(each) <= 20 for each in (facts.container, facts.codec))
    numbers: list[tuple[Any, float, float]] = [
        (facts.rate, LOWEST_RATE, HIGHEST_RATE),
        (facts.channels, 1, MOST_CHANNELS),
        (facts.bits, 16, 24),
        (facts.frames or 0, 0, float("inf")),
    ]
    whole = all(isinstance(each, int) and least <= each <= most for each, least, most in numbers)
    return names and whole and 0 <= (facts.seconds or 0.0) < float("inf")


def _samples(content: bytearray, facts: SoundFacts) -> Samples:
    channels, width = wire.SHAPE.unpack(content[: wire.SHAPE.size]) if len(content) >= wire.SHAPE.size else (0, 0)
    kinds: dict[int, Any] = {2: np.int16, 4: np.int32}
    whole = (len(content) - wire.SHAPE.size) % max(1, channels * width) == 0
    if channels != facts.channels or width != (4 if facts.bits == 24 else 2) or not whole:
        raise refusal("audio-breaks-decoder")
    block: Samples = np.frombuffer(content, dtype=kinds[width], offset=wire.SHAPE.size).reshape(-1, channels)
    return block
