"""What the steps need of the heavy engines and the world: protocols only.

`recordings` imports no codec and no model: the real ones live in `workers/engines/` and are handed to
`recordings.factory`. Sound is a numpy array of shape
(frames, channels), int16 or int32 (24-bit samples in the upper bits), at the rate of its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from redaction.model import Channel, Finding, Transcript, Window

Samples = NDArray[np.int16] | NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFacts:
    """What a recording's headers say. `frames` and `seconds` are None where a stream does not tell."""

    container: str
    codec: str
    rate: int
    channels: int
    bits: int  # 16, or 24 where the source holds more than 16: the masked FLAC keeps it
    frames: int | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Uptime:
    """How long this machine has run, by a counter that setting its clock does not move; `boot` names its start."""

    boot: str
    seconds: float


class Clock(Protocol):
    """Where now comes from; tests and the demo move it."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""

    def uptime(self) -> Uptime | None:
        """Return how long the machine has run; None for a clock that is not the real one."""


class AudioCodec(Protocol):
    """Containers and codecs. Decoding streams in blocks; nothing is spooled to disk."""

    def probe(self, source: BinaryIO) -> SoundFacts:
        """Read the headers of a seekable file. Raises BadAudio (slug) when it is not sound we take."""

    def decode(self, source: BinaryIO) -> Iterator[Samples]:
        """Yield the samples in blocks of about a second, exactly as the codec decodes them. Raises BadAudio."""

    def encode_flac(  # noqa: PLR0913 - the shape of sound is three numbers
        self,
        blocks: Iterable[Samples],
        *,
        rate: int,
        channels: int,
        bits: int,
        out: BinaryIO,
        frames: int | None = None,
    ) -> int:
        """Write FLAC without any metadata; returns the number of frames written.

        `frames`, where it is known ahead, goes into the header: a sealed object cannot be corrected at its start.
        """

    def encode_wav(self, blocks: Iterable[Samples], *, rate: int, channels: int, bits: int, out: BinaryIO) -> int:
        """Write PCM WAV without any metadata; returns the number of frames written."""


class Transcriber(Protocol):
    """Speech to words. One call at a time; the caller owns the channels' roles."""

    @property
    def name(self) -> str:
        """The model's name, as stored beside what it made."""

    @property
    def for_trying_only(self) -> bool:
        """True for the demo model: wherever its words are shown, this is said."""

    def transcribe(self, blocks: Iterable[Samples], *, rate: int, channels: Sequence[Channel], language: str) -> Heard:
        """Transcribe every channel. Raises SpeechFailed (slug) rather than return nothing for speech."""

    def listen_again(
        self,
        blocks: Iterable[Samples],
        *,
        rate: int,
        channels: Sequence[Channel],
        language: str,
        around: Sequence[Window],
    ) -> Transcript:
        """Transcribe with another configuration only near `around`; times stay those of the recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A transcript and where voice activity detection heard speech: per channel, (start, end) in seconds."""

    transcript: Transcript
    speech: tuple[tuple[tuple[float, float], ...], ...]


class Detector(Protocol):
    """Words to findings; built once (presidio loads slowly), used for every call."""

    def detect(
        self, transcript: Transcript, *, known: Mapping[str, Any] | None = None, own_numbers: Sequence[str] = ()
    ) -> tuple[Finding, ...]:
        """Find personal data. Raises rather than return less than it should have looked for."""


class Tone(Protocol):
    """The sound that takes the place of what was said."""

    def samples(self, *, rate: int, bits: int) -> Samples:
        """One second of mono tone at `rate` Hz, starting and ending at a zero crossing, to be repeated."""
