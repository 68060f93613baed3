"""The process that makes decoders: it has loaded the codecs, and no key, no setting, no database, no model.

It is a program of its own with an empty environment, started once by each process that decodes (`fenced.py`). For each
file it forks a child, which gives everything up (`confine.py`) and reads that one file; so the libraries are loaded
once, and what breaks one child has nothing of the next one's. The host itself never sees a byte of a file. It ends
when the line to whoever started it ends, and its children with it.
"""

from __future__ import annotations

import io
import json
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any, BinaryIO, cast

import numpy as np

from workers.engines import wire
from workers.engines.codec import AvCodec
from workers.engines.confine import confine, end_with_parent, name_protections
from workers.runner import Outcome, attempt

ENDED = struct.Struct("<id")
# how a child ended, as `waitpid` says it, and the seconds of CPU that it took
STARTED = struct.Struct("<i")
# the child's process id, sent when it is there
CPU_SECONDS = 30
CPU_PER_SECOND = 1 / 40
# the slowest codec takes less than a five-hundredth of the sound's length on one old core


def serve(number: int) -> None:
    """Fork a decoder for each pair of lines that comes over this one; return when it ends."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)  # a terminal and systemd tell all; the step that runs is to be finished
    signal.signal(signal.SIGCHLD, lambda *_: None)
    woken, waking = socket.socketpair()
    waking.setblocking(False)
    signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
    _warm_up()
    with socket.socket(fileno=number) as control:
        _serve(control, woken)


def _serve(control: socket.socket, woken: socket.socket) -> None:
    children: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([control, woken, *children.values()], [], [])
        if woken in ready:
            woken.recv(4096)
            _bury(children)
        for pid, line in children.items():
            if line in ready:  # nothing is ever said there: whoever asked has gone, or wants it ended
                os.kill(pid, signal.SIGKILL)
        if control in ready:
            _, given, _, _ = socket.recv_fds(control, 1, 2)
            if len(given) != 2:
                break
            pid, line = _fork(given[0], given[1])
            children[pid] = line
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _fork(work: int, status: int) -> tuple[int, socket.socket]:
    host = os.getpid()
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        os._exit(_be_a_decoder(work, host))
    os.close(work)
    line = socket.socket(fileno=status)
    _tell(line, STARTED.pack(pid))
    return pid, line


def _bury(children: dict[int, socket.socket]) -> None:
    """Take leave of the children that ended, and say how they did."""
    while children:
        pid, status, used = os.wait4(-1, os.WNOHANG)
        if not pid:
            return
        with children.pop(pid) as line:
            _tell(line, ENDED.pack(status, used.ru_utime + used.ru_stime))


def _tell(line: socket.socket, message: bytes) -> None:
    with suppress(OSError):
        line.send(message)


def _be_a_decoder(work: int, host: int) -> int:
    """Do what is asked over one line; returns the status to exit with."""
    end_with_parent(host)
    os.dup2(work, 3)
    os.closerange(4, os.sysconf("SC_OPEN_MAX"))
    line = socket.socket(fileno=3)
    tried = attempt(lambda: _answer(line))
    return 0 if tried.outcome is Outcome.DONE else 1


def _answer(line: socket.socket) -> None:
    kind, content = wire.receive(line)
    if kind != wire.ASK:
        raise wire.Broken
    asked = json.loads(content)
    codec = AvCodec(longest_seconds=asked["longest"])
    confine(cpu_seconds=CPU_SECONDS + round(asked["longest"] * CPU_PER_SECOND))
    tried = attempt(lambda: _do(line, codec, asked))
    if tried.outcome is not Outcome.DONE:
        wire.send(line, wire.REFUSED, (tried.slug or "fault").encode())
    wire.send(line, wire.END)


def _do(line: socket.socket, codec: AvCodec, asked: Mapping[str, Any]) -> None:
    if asked["what"] == "protections":
        wire.send(line, wire.FACTS, json.dumps(name_protections()).encode())
        return
    source = cast("BinaryIO", io.BufferedReader(wire.Asked(line, asked["size"]), wire.STRETCH))
    facts = codec.probe(source)
    wire.send(line, wire.FACTS, json.dumps(asdict(facts)).encode())
    if asked["what"] == "decode":
        for block in codec.decode(source):
            shape = wire.SHAPE.pack(block.shape[1], block.dtype.itemsize)
            wire.send(line, wire.SAMPLES, shape, np.ascontiguousarray(block).data.cast("B"))


def _warm_up() -> None:
    """Decode a sound of our own, good and cut off: what is loaded at first use must be there before the fence is."""
    codec, sound = AvCodec(), io.BytesIO()
    codec.encode_flac([np.zeros((800, 1), dtype=np.int16)], rate=8000, channels=1, bits=16, out=sound)
    for content in (sound.getvalue(), sound.getvalue()[:60]):
        attempt(lambda content=content: list(codec.decode(io.BytesIO(content))))  # type: ignore[misc]


def main() -> None:
    """Run as a program: the number of the line, then where modules are found."""
    serve(int(sys.argv[1]))
