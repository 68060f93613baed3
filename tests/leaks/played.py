"""Runs `vaiti` as it is, but that the speech model hears canaries, and that steps fail with one in what is raised.

`python -m tests.leaks.played serve` and so on. How long a call is says which step fails.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import workers.service
from recordings.steps.index import Index
from recordings.steps.search import Search
from tests.integration.fakes import DigitDetector, Playback, said
from tests.leaks.canaries import IDENTITY_CODE, canary
from workers.engines.codec import AvCodec
from workers.main import run

FAILS = {"transcribe": 7, "detect": 8, "mask": 9, "index": 10}
# Seconds of the call whose step fails.
DOUBTFUL, KILLING = 11, 12
# Seconds of the call in whose masked sound something is heard, and of the one that kills who transcribes it.
SPOKEN = f"olen {canary('sanottu')} tunnus {IDENTITY_CODE} kiitos"
BREAKS = canary("rikkova")
# A search for this is a fault of ours.


class Fault(Exception):
    """Its text holds what it should not, as any library's may."""


def fail(step: str, seconds: float | None) -> None:
    if round(seconds or 0) == FAILS[step]:
        raise Fault(f"cannot do {canary(step)} of {IDENTITY_CODE}") from ValueError(canary(step))


class Voice(Playback):
    """Hears a canary, and lets other things of its process go wrong meanwhile."""

    def transcribe(self, *args: Any, **more: Any) -> Any:
        heard = super().transcribe(*args, **more)
        fail("transcribe", heard.transcript.duration)
        if round(heard.transcript.duration or 0) == KILLING:
            os.kill(os.getpid(), signal.SIGKILL)
        _let_things_go_wrong()
        return heard

    def listen_again(self, *args: Any, **more: Any) -> Any:
        heard = super().listen_again(*args, **more)
        doubtful = round(heard.duration or 0) == DOUBTFUL
        return replace(heard, words=tuple(said(f"308 {canary('kuultu')}", start=2.9))) if doubtful else heard


class Detector(DigitDetector):
    """Finds canaries, however they are cased."""

    def detect(self, transcript: Any, **more: Any) -> Any:
        fail("detect", transcript.duration)
        names = [word.text for word in transcript.words if "kanäriä" in word.text.casefold()]
        return super().detect(transcript, **{**more, "known": {"name": names}})


def _let_things_go_wrong() -> None:
    value = canary("muualla")
    thread = threading.Thread(target=int, args=(value,))
    thread.start()
    thread.join()
    warnings.warn(value, UserWarning, stacklevel=1)
    for name in ("sqlalchemy.engine", "rq.worker", "urllib3.connectionpool", "presidio-analyzer", "faster_whisper"):
        try:
            int(value)
        except ValueError:
            logging.getLogger(name).exception("cannot read %s", value)


@contextmanager
def _failing() -> Iterator[None]:
    """Put the failures where the engines are built."""
    index, search, encode = Index.__call__, Search.__call__, AvCodec.encode_flac

    def fail_index(self: Index, recording: Any) -> Any:
        fail("index", recording.seconds)
        return index(self, recording)

    def fail_search(self: Search, scope: Any, query: str, **more: Any) -> Any:
        if query == BREAKS:
            raise Fault(query)
        return search(self, scope, query, **more)

    def fail_mask(self: AvCodec, blocks: Any, **more: Any) -> Any:
        fail("mask", (more["frames"] or 0) / more["rate"])
        return encode(self, blocks, **more)

    setattr(Index, "__call__", fail_index)  # noqa: B010 - a type checker knows better than to do this
    setattr(Search, "__call__", fail_search)  # noqa: B010
    setattr(AvCodec, "encode_flac", fail_mask)  # noqa: B010
    engines: Any = workers.service
    engines.transcriber_builder = lambda *_, **__: lambda: Voice(words=said(SPOKEN))
    engines.detector_builder = lambda *_, **__: Detector
    yield


if __name__ == "__main__":
    with _failing():
        run()
