"""Where somebody speaks: Silero's voice activity detection, channel by channel, over calls of any length.

The library takes a whole call in memory; here a channel is heard in stretches that are cut in its own pauses, so that
memory stays flat and no word is cut. What is heard is kept as chunks with their place in the call.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from faster_whisper.vad import VadOptions, get_speech_timestamps

from workers.engines.resample import HEARD_RATE, Sound

LONGEST_CHUNK = 28.0
# seconds: two short of Whisper's window, so that a chunk with its padding always fits into one
_OPTIONS = VadOptions(
    threshold=0.35,  # below the usual 0.5: on the telephone a quiet speaker matters more than a little noise
    min_speech_duration_ms=90,  # "joo" is 150 ms; clicks on the line are shorter
    min_silence_duration_ms=300,
    speech_pad_ms=250,
    max_speech_duration_s=LONGEST_CHUNK,
)
_SLIGHTEST = VadOptions(threshold=0.1, min_speech_duration_ms=64, min_silence_duration_ms=300)
# for asking whether there is anything at all that might be a voice
_CONTEXT = 1 * HEARD_RATE  # of silence carried over, so that the next stretch does not start deaf


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of speech: where it starts in the call (in samples at 16 kHz) and its sound."""

    start: int
    sound: Sound

    @property
    def end(self) -> int:
        """The sample after the last one."""
        return self.start + len(self.sound)


class ChannelEar:
    """Collects one channel's sound and gives its speech in chunks."""

    def __init__(self, longest: float = LONGEST_CHUNK) -> None:
        """Cut speech without a pause after `longest` seconds at most, at a short silence where there is one."""
        self._options = replace(_OPTIONS, max_speech_duration_s=longest)
        self._parts: list[Sound] = []
        self._start = 0  # where the held sound starts in the call
        self.held = 0

    def feed(self, sound: Sound) -> None:
        """Take the next samples. Raises ValueError unless they are finite float32: others would sound like silence."""
        if sound.dtype != np.float32 or sound.ndim != 1 or not np.isfinite(sound).all():
            raise ValueError("sound is one channel of finite float32")
        self._parts.append(sound)
        self.held += len(sound)

    def peek(self) -> tuple[int, Sound]:
        """Return where the held sound starts in the call (samples at 16 kHz), and the sound."""
        if len(self._parts) != 1:
            self._parts = [np.concatenate(self._parts)] if self._parts else [np.zeros(0, dtype=np.float32)]
        return self._start, self._parts[0]

    def take_chunks(self, *, last: bool) -> list[Chunk]:
        """Find the speech in what is held. Unless this is the last time, what follows the last pause waits."""
        if not self.held:
            return []
        _, sound = self.peek()
        spans = _speech(sound, self._options)
        keep_from = len(sound) if last else _last_pause(spans, len(sound))
        chunks = [Chunk(self._start + a, sound[a:b].copy()) for a, b in spans if b <= keep_from]
        rest = sound[keep_from:].copy()
        self._start += keep_from
        self._parts, self.held = [rest], len(rest)
        return chunks


def may_hold_speech(sound: Sound) -> bool:
    """Tell whether there is the slightest sign of a voice: a model that is given a tone or noise invents words."""
    return bool(sound.any()) and bool(get_speech_timestamps(sound, _SLIGHTEST))


def _speech(sound: Sound, options: VadOptions) -> list[tuple[int, int]]:
    if not sound.any():
        return []  # digital silence is common on the other channel, and listening to it costs as much as speech
    spans = ((int(s["start"]), min(int(s["end"]), len(sound))) for s in get_speech_timestamps(sound, options))
    return [(start, end) for start, end in spans if end > start]


def _last_pause(spans: list[tuple[int, int]], length: int) -> int:
    """Where to cut: at the start of speech that may go on past the end, else shortly before the end."""
    context = max(0, length - _CONTEXT)
    if not spans:
        return context
    start, end = spans[-1]
    if end <= context:
        return context
    # a chunk that is as long as chunks get has an end of its own, and keeping it would never let go of it
    return start if start > 0 else end
