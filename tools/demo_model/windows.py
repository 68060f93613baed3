"""Put utterances together into what the model will be sent: windows of one channel, with everything known about them.

A window holds one or many utterances with pauses (long, short, none: voice activity detection cuts pauses out),
telephone sound (band, mu-law, noise, level), clips cut at word edges, stretches replaced by the masking tone, or no
speech at all. It carries the tokens to write, where in time each token lies, and the phoneme of every 20 ms.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from random import Random

import numpy as np
from scipy.signal import butter, lfilter, resample_poly

from tools.demo_model.dataset import Item
from tools.demo_model.features import RATE, Array, log_mel
from tools.demo_model.sounds import tone, unspoken
from tools.demo_model.tokens import Codec

FRAME = 0.02  # seconds for one encoder position
CHUNK = 8  # seconds of speech that the model is given at once: this small model hears short windows better
PHONES = (
    "_ a & o u e i y Y I p t k d g b f s s2 h v j l r m n N ; ai ou ie &y uo yY iu oi au &i eu yi ui ey ei w S z N2"
).split()
# Speed, pitch and resonances together, so that other mouths are not foreign: speech is stretched by UP / DOWN.
_STRETCHES = ((1, 1), (1, 1), (1, 1), (4, 5), (5, 6), (10, 11), (19, 20), (20, 19), (11, 10), (8, 7))
_HIGH_PASS = butter(2, 300, "highpass", fs=8000)


@dataclass
class Window:
    """Features (80, frames), tokens with prompt and end, spans of each written token, labels of each 20 ms."""

    mels: Array
    tokens: list[int]
    spans: list[tuple[int, int]]
    phones: np.ndarray
    frames: np.ndarray
    words: list[str] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)


@dataclass
class _Track:
    """A window under construction, 8 or 16 kHz."""

    rate: int
    stretch: tuple[int, int] = (1, 1)
    sound: list[Array] = field(default_factory=list)
    length: int = 0
    words: list[str] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    phones: list[tuple[float, int]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return self.length / self.rate

    def silence(self, seconds: float) -> None:
        count = int(seconds * self.rate)
        self.phones.append((self.seconds, 0))
        self.sound.append(np.zeros(count, np.float32))
        self.length += count

    def add(self, item: Item, gain: float, first: int, last: int) -> None:
        begin = 0.0 if first == 0 else item.starts[first]
        finish = item.seconds if last == len(item.words) - 1 else item.ends[last]
        up, down = self.stretch
        slower, shift = up / down, self.seconds - begin * up / down
        sound = item.sound[int(begin * item.rate) : int(finish * item.rate)].astype(np.float32) * (gain / 32768)
        if item.rate * down != self.rate * up:
            sound = resample_poly(sound, self.rate * up, item.rate * down).astype(np.float32)
        for at in range(first, last + 1):
            self.words.append(item.words[at])
            self.starts.append(item.starts[at] * slower + shift)
            self.ends.append(item.ends[at] * slower + shift)
        for label, time in item.phones:
            if begin - 0.02 <= time < finish:
                known = 0 if label.startswith("_") else PHONES.index(label) if label in PHONES else -100
                self.phones.append((max(time * slower + shift, self.seconds), known))
        self.sound.append(sound)
        self.length += len(sound)
        self.phones.append((self.seconds, 0))


class Assembler:
    """Draws windows from a pool of utterances."""

    def __init__(self, items: list[Item], codec: Codec, seed: int) -> None:
        """Utterances are kept by voice, sorted by length."""
        self.codec = codec
        self.rng = Random(seed)
        self.noise = np.random.default_rng(seed)
        self.by_voice: dict[str, list[Item]] = {}
        for item in items:
            self.by_voice.setdefault(item.voice, []).append(item)
        for pool in self.by_voice.values():
            pool.sort(key=lambda item: item.seconds)
        self.lengths = {voice: [item.seconds for item in pool] for voice, pool in self.by_voice.items()}

    def window(self, seconds: float, padded: int = 0) -> Window:
        """A window of at most `seconds`, its features padded with nothing to at least `padded` frames of 10 ms."""
        rng = self.rng
        track = _Track(16000 if rng.random() < 0.12 else 8000, rng.choice(_STRETCHES))
        quiet = rng.random() < 0.05
        if quiet:
            track.silence(rng.uniform(0.5, seconds))
        else:
            self._talk(track, seconds)
        sound = np.concatenate(track.sound)
        if track.words and rng.random() < 0.18:
            _with_tone(track, sound, rng)
        elif quiet:
            sound += unspoken(len(sound), track.rate, rng)
        sound = self._telephone(sound, track.rate)
        if track.rate != RATE:
            sound = resample_poly(sound, RATE, track.rate).astype(np.float32)
        return self._labelled(track, log_mel(sound), padded)

    def _talk(self, track: _Track, seconds: float) -> None:
        rng = self.rng
        voices = list(self.by_voice)
        mixed = rng.random() < 0.25
        voice = rng.choice(voices)
        level = 10 ** (rng.uniform(-14, 6) / 20)
        track.silence(rng.choice((0.0, rng.uniform(0, 0.4), rng.uniform(0, min(1.2, seconds / 4)))))
        while True:
            if mixed:
                voice = rng.choice(voices)
            room = (seconds - track.seconds - 0.05) * track.stretch[1] / track.stretch[0]
            fitting = bisect_right(self.lengths[voice], room)
            if fitting == 0 or (track.words and room < 1.0):
                break
            low = int(fitting * 0.5) if not track.words and seconds < 12 else 0
            item = self.by_voice[voice][rng.randrange(low, fitting)]
            first, last = 0, len(item.words) - 1
            if last > 1 and rng.random() < 0.15:
                first, last = (rng.randrange(1, last), last) if rng.random() < 0.5 else (0, rng.randrange(1, last))
            track.add(item, level * 10 ** (rng.uniform(-3, 3) / 20), first, last)
            track.silence(rng.choice((0.02, rng.uniform(0.05, 0.5), rng.uniform(0.2, 1.2))))
            if rng.random() < (0.35 if seconds < 12 else 0.02):
                break

    def _telephone(self, sound: Array, rate: int) -> Array:
        rng = self.rng
        if rate == 8000 and rng.random() < 0.5:
            sound = lfilter(*_HIGH_PASS, sound).astype(np.float32)
        if rng.random() < 0.4:
            sound = lfilter([1.0, rng.uniform(-0.4, 0.4)], [1.0], sound).astype(np.float32)
        floor = 10 ** (rng.uniform(-75, -38) / 20)
        noise = self.noise.standard_normal(len(sound), dtype=np.float32) * floor
        if rng.random() < 0.4:
            noise = lfilter([1.0], [1.0, -0.9], noise).astype(np.float32) * 0.5
        sound = np.clip(sound + noise, -1, 1)
        if rng.random() < 0.5:
            companded = np.round(np.sign(sound) * np.log1p(255 * np.abs(sound)) / np.log(256) * 127) / 127
            sound = (np.sign(companded) * (np.power(256.0, np.abs(companded)) - 1) / 255).astype(np.float32)
        return sound

    def _labelled(self, track: _Track, mels: Array, padded_to: int) -> Window:
        frames = min(3000, max(padded_to, mels.shape[1] + mels.shape[1] % 2))
        positions = frames // 2
        phones = np.zeros(positions, np.int64)
        for at, (time, label) in enumerate(track.phones):
            stop = track.phones[at + 1][0] if at + 1 < len(track.phones) else track.seconds
            phones[round(time / FRAME) : round(stop / FRAME)] = label
        labels = np.full(positions, self.codec.end, np.int64)
        tokens, spans = [], []
        for word, start, end in zip(track.words, track.starts, track.ends, strict=True):
            for token, begin, finish in self._pieces(track, word, start, end):
                first = min(int(begin / FRAME), positions - 1)
                last = max(first + 1, min(round(finish / FRAME), positions))
                labels[first:last] = token
                tokens.append(token)
                spans.append((first, last))
        after = min(int(track.ends[-1] / FRAME), positions - 1) if track.words else 0
        spans.append((after, min(after + 8, positions)))
        padded = np.zeros((mels.shape[0], frames), np.float32)
        padded[:, : min(frames, mels.shape[1])] = mels[:, :frames]
        sequence = [*self.codec.prompt, *tokens, self.codec.end]
        return Window(padded, sequence, spans, phones, labels, track.words, track.starts, track.ends)

    def _pieces(self, track: _Track, word: str, start: float, end: float) -> list[tuple[int, float, float]]:
        """Tokens of a word with times: letters are spread over the word's phonemes, which Finnish spelling allows."""
        tokens = self.codec.word(word)
        if len(tokens) == 1:
            return [(tokens[0], start, end)]
        inner = [time for time, label in track.phones if start < time < end and label > 0]
        marks = [start, *inner[1:], end] if len(inner) > 2 else [start, end]
        lengths = [max(1, len(self.codec.tokenizer.decode([token]).strip())) for token in tokens]
        total, done, out = sum(lengths), 0, []
        for token, length in zip(tokens, lengths, strict=True):
            begin = float(np.interp(done / total * (len(marks) - 1), range(len(marks)), marks))
            done += length
            out.append((token, begin, float(np.interp(done / total * (len(marks) - 1), range(len(marks)), marks))))
        return out


def _with_tone(track: _Track, sound: Array, rng: Random) -> None:
    """Replace one to three runs of words by the masking tone; the words go, the words around them stay."""
    for _ in range(rng.randrange(1, 4)):
        if len(track.words) < 3:
            return
        first = rng.randrange(len(track.words) - 1)
        last = min(first + rng.randrange(0, 12), len(track.words) - 1)
        left = track.ends[first - 1] if first else max(0.0, track.starts[0] - 0.3)
        right = track.starts[last + 1] if last + 1 < len(track.words) else min(track.seconds, track.ends[last] + 0.3)
        begin = max(left, track.starts[first] - rng.uniform(0, 0.3))
        finish = min(right, track.ends[last] + rng.uniform(0, 0.3))
        a, b = int(begin * track.rate), int(finish * track.rate)
        sound[a:b] = tone(b - a, track.rate)
        track.phones = [mark for mark in track.phones if not begin <= mark[0] < finish] + [(begin, 0), (finish, 0)]
        track.phones.sort()
        for values in (track.words, track.starts, track.ends):
            del values[first : last + 1]
