"""Speech with true times from espeak-ng, through its C library.

The library reports when each word and each phoneme starts (sample number), so that the true times of words inside
fluent speech are known without listening. It holds global state: one synthesiser per process. 5 s of speech take
about 10 ms. Debian: `apt-get install libespeak-ng1 espeak-ng-data`.
"""

import ctypes
import re
from dataclasses import dataclass
from math import gcd

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

VOICES = ("fi", "fi+m1", "fi+m3", "fi+m4", "fi+m7", "fi+f1", "fi+f2", "fi+f4")
HELD_OUT_VOICES = ("fi+m2", "fi+f3")

_END, _WORD, _PHONEME = 0, 1, 7
_SYNCHRONOUS, _PHONEME_EVENTS, _UTF8 = 2, 1, 1
_RATE, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7
_SILENCE = 0.005  # of full scale


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True)
class Voice:
    """How one utterance is spoken. Rate in words a minute, pitch and range 0..100, gap in units of 10 ms."""

    name: str = "fi"
    rate: int = 150
    pitch: int = 50
    range: int = 50
    gap: int = 0


@dataclass(frozen=True)
class Speech:
    """Mono sound at `rate` hertz in -1..1, its words, and times in seconds."""

    samples: npt.NDArray[np.float32]
    rate: int
    words: list[str]
    starts: list[float]
    ends: list[float]
    phones: list[tuple[str, float]]


class Synthesiser:
    """espeak-ng in this process."""

    def __init__(self) -> None:
        """Load the library and set the callback that collects sound and events."""
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self.rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, _PHONEME_EVENTS))
        self._sound: list[npt.NDArray[np.int16]] = []
        self._events: list[tuple[int, int, int, str]] = []
        self._callback = _Callback(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, wave: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]") -> int:
        if count > 0:
            self._sound.append(np.ctypeslib.as_array(wave, (count,)).copy())
        at = 0
        while events[at].type != _END:
            event = events[at]
            label = event.id.string.decode("utf-8", "replace") if event.type == _PHONEME else ""
            self._events.append((event.type, event.text_position, event.sample, label))
            at += 1
        return 0

    def say(self, text: str, voice: Voice) -> Speech | None:
        """Speak a text; None when the library merged or dropped words, so that no wrong time is ever taught."""
        samples = self._samples(text, voice)
        return _with_times(text, samples, self.rate, self._events) if len(samples) else None

    def loud(self, text: str, voice: Voice) -> npt.NDArray[np.float32]:
        """Speak a text and return its sound without the silence at both ends; empty where nothing is said."""
        samples = self._samples(text, voice)
        heard = np.flatnonzero(np.abs(samples) > _SILENCE)
        return samples[heard[0] : heard[-1] + 1] if len(heard) else samples[:0]

    def _samples(self, text: str, voice: Voice) -> npt.NDArray[np.float32]:
        self._sound.clear()
        self._events.clear()
        library = self._library
        library.espeak_SetVoiceByName(voice.name.encode())
        for number, value in (
            (_RATE, voice.rate),
            (_PITCH, voice.pitch),
            (_RANGE, voice.range),
            (_WORD_GAP, voice.gap),
        ):
            library.espeak_SetParameter(number, value, 0)
        data = text.encode()
        library.espeak_Synth(data, len(data) + 1, 0, 1, 0, _UTF8, None, None)
        if not self._sound:
            return np.zeros(0, np.float32)
        return np.concatenate(self._sound).astype(np.float32) / np.float32(32768)


def _with_times(
    text: str, samples: npt.NDArray[np.float32], rate: int, events: list[tuple[int, int, int, str]]
) -> Speech | None:
    words = [(match.start() + 1, match.group()) for match in re.finditer(r"[^\s,.?!]+", text)]
    # after a pause the library may report the space before a word (alone, or besides the word), and a 0 for nothing
    reported = [(position, sample) for kind, position, sample, _ in events if kind == _WORD and position > 0]
    begins = {position + 1: sample for position, sample in reported if text[position - 1] == " "}
    begins |= {position: sample for position, sample in reported if text[position - 1] != " "}
    if [position for position, _ in words] != sorted(begins):
        return None
    phones = [(label, sample / rate) for kind, _, sample, label in events if kind == _PHONEME]
    starts = [begins[position] / rate for position, _ in words]
    ends = []
    for at, start in enumerate(starts):
        limit = starts[at + 1] if at + 1 < len(starts) else len(samples) / rate
        silent = [time for label, time in phones if label.startswith("_") and start < time <= limit]
        ends.append(silent[0] if silent else limit)
    if any(end - start < 0.02 for start, end in zip(starts, ends, strict=True)):
        return None
    return Speech(samples, rate, [word for _, word in words], starts, ends, phones)


def resampled(samples: npt.NDArray[np.float32], source: int, target: int) -> npt.NDArray[np.float32]:
    """The same sound at another rate (polyphase filter)."""
    common = gcd(source, target)
    return np.asarray(resample_poly(samples, target // common, source // common), np.float32)
